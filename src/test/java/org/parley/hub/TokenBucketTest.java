package org.parley.hub;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenBucketTest {
    /** Not 0: {@link System#nanoTime} may be anything, negative too. */
    private static final long START = -TimeUnit.HOURS.toNanos(1);

    private static long at(long millis) {
        return START + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void letsABurstThroughAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(10, 3, START);
        assertThat(new long[] {bucket.take(at(0)), bucket.take(at(0)), bucket.take(at(0))})
                .containsOnly(0);
        assertThat(bucket.take(at(0))).isEqualTo(100);
        assertThat(bucket.take(at(60))).isEqualTo(40);
        assertThat(bucket.take(at(100))).isZero();
        assertThat(bucket.take(at(100))).isEqualTo(100);
    }

    @Test
    void hasATokenWhenItSaysSo() {
        TokenBucket bucket = new TokenBucket(7, 1, START);
        long now = 0;
        for (int i = 0; i < 100; i++) {
            assertThat(bucket.take(at(now))).as("token %d", i).isZero();
            now += bucket.take(at(now));
        }
        assertThat(now).isBetween(100 * 1_000L / 7, 100 * 1_000L / 7 + 200);
    }

    @Test
    void savesNoMoreThanABurst() {
        TokenBucket bucket = new TokenBucket(1_000, 2, START);
        bucket.take(at(0));
        long later = TimeUnit.DAYS.toMillis(1);
        assertThat(bucket.take(at(later))).isZero();
        assertThat(bucket.take(at(later))).isZero();
        assertThat(bucket.take(at(later))).isEqualTo(1);
    }

    @Test
    void asksForNoLessThanAMillisecond() {
        TokenBucket bucket = new TokenBucket(100_000, 1, START);
        bucket.take(START);
        assertThat(bucket.take(START)).isEqualTo(1);
    }
}

package org.parley.dashboard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.parley.hub.ManualNanos;

import static org.assertj.core.api.Assertions.assertThat;

class MemoizedTest {
    private final ManualNanos nanos = new ManualNanos();
    private final AtomicInteger asked = new AtomicInteger();
    private final Memoized<Integer> memoized = new Memoized<>(asked::incrementAndGet, nanos);

    @Test
    void asksItsSourceOnceASecond() {
        assertThat(memoized.get()).isEqualTo(1);
        nanos.advance(999, TimeUnit.MILLISECONDS);
        assertThat(memoized.get()).isEqualTo(1);
        nanos.advance(1, TimeUnit.MILLISECONDS);
        assertThat(memoized.get()).isEqualTo(2);
    }

    @Test
    void isRenewedForAllOnDemand() {
        memoized.get();
        nanos.advance(500, TimeUnit.MILLISECONDS);
        assertThat(memoized.renewed()).isEqualTo(2);
        nanos.advance(999, TimeUnit.MILLISECONDS);
        assertThat(memoized.get()).isEqualTo(2);
    }
}

package org.parley.hub;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AllowanceTest {
    private static final long START = 17;

    private static Limits limits(int perSecond, int burst) {
        Limits normal = Limits.DEFAULT;
        return new Limits(
                normal.roomsPerConnection(),
                normal.membersPerRoom(),
                perSecond,
                burst,
                normal.appendQueue(),
                normal.appendQueueBytes(),
                normal.pageMessages(),
                normal.pageBytes());
    }

    @Test
    void letsABurstThroughAndThenTellsHowLongToWait() {
        Allowance allowance = new Allowance(limits(10, 3));
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.take("ada", START)).isZero();
        }
        assertThat(allowance.take("ada", START)).isEqualTo(100);
        assertThat(allowance.take("ada", START + TimeUnit.MILLISECONDS.toNanos(100)))
                .isZero();
        assertThat(allowance.take("ada", START + TimeUnit.MILLISECONDS.toNanos(100)))
                .isPositive();
    }

    @Test
    void countsEachUserAlone() {
        Allowance allowance = new Allowance(limits(10, 1));
        assertThat(allowance.take("ada", START)).isZero();
        assertThat(allowance.take("ada", START)).isPositive();
        assertThat(allowance.take("bob", START)).isZero();
    }

    @Test
    void hasNoLimitWhereNoneIsSet() {
        Allowance allowance = new Allowance(limits(0, 1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(allowance.take("ada", START)).isZero();
        }
    }
}

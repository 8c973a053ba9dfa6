package org.parley.hub;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CountersTest {
    private final Counters counters = new Counters();

    @Test
    void countsAnswersThatSayWhyARequestFailedByTheirCode() {
        counters.answered(new Delivery.Failed("1", ErrorCode.BUSY, "no"));
        counters.answered(new Delivery.Failed("2", ErrorCode.BUSY, "no"));
        counters.answered(new Delivery.Left("3", "lobby"));
        assertThat(counters.failed(ErrorCode.BUSY)).isEqualTo(2);
        assertThat(counters.failed(ErrorCode.LIMIT)).isZero();
    }

    @Test
    void countsWhoHasToWait() {
        assertThat(counters.limited(0)).isZero();
        assertThat(counters.rateLimited()).isZero();
        assertThat(counters.limited(5)).isEqualTo(5);
        assertThat(counters.rateLimited()).isOne();
    }

    @Test
    void tellsTimesToWhoeverMeasuresNow() {
        List<String> told = new ArrayList<>();
        counters.measurements().appended(1, 2);
        counters.measureBy(new Measurements() {
            @Override
            public void appended(int messages, long nanos) {
                told.add(messages + " in " + nanos);
            }

            @Override
            public void delivered(long nanos) {
                told.add("after " + nanos);
            }
        });
        counters.measurements().appended(3, 4);
        counters.measurements().delivered(5);
        assertThat(told).containsExactly("3 in 4", "after 5");
    }
}

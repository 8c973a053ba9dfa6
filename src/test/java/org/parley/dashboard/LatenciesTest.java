package org.parley.dashboard;

import java.time.Duration;

import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatenciesTest {
    private final Timer timer = Timer.builder("t")
            .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(100))
            .register(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    private final Latencies latencies = new Latencies(timer);

    @Test
    void knowsNothingOfASecondInWhichNothingWas() {
        latencies.look();
        assertThat(latencies.millis(0.5)).isNull();
    }

    @Test
    void findsTheQuantilesOfWhatWasSinceTheLookBefore() {
        record(1_000, Duration.ofMillis(50));
        latencies.look();
        assertThat(latencies.millis(0.5)).isBetween(10.0, 100.0);
        record(98, Duration.ofNanos(500_000));
        record(2, Duration.ofMillis(60));
        latencies.look();
        assertThat(latencies.millis(0.5)).isBetween(0.4, 0.6);
        assertThat(latencies.millis(0.99)).isBetween(10.0, 100.0);
        latencies.look();
        assertThat(latencies.millis(0.99)).isNull();
    }

    @Test
    void saysTheLastBoundOfWhatIsBeyondIt() {
        record(10, Duration.ofSeconds(3));
        latencies.look();
        assertThat(latencies.millis(0.5)).isEqualTo(100);
    }

    private void record(int times, Duration time) {
        for (int i = 0; i < times; i++) {
            timer.record(time);
        }
    }
}

package org.parley.auth;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SignInLimitTest {
    private final SettableClock clock = new SettableClock();

    @Test
    void letsThirtyThroughAndThenOneEachTwoSeconds() {
        SignInLimit limit = new SignInLimit(30, clock);
        for (int i = 0; i < 30; i++) {
            assertThat(limit.take("192.0.2.1")).isZero();
        }
        assertThat(limit.take("192.0.2.1")).isEqualTo(Duration.ofSeconds(2));
        assertThat(limit.take("192.0.2.2")).isZero();
        clock.pass(Duration.ofSeconds(2));
        assertThat(limit.take("192.0.2.1")).isZero();
        assertThat(limit.take("192.0.2.1")).isPositive();
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        SignInLimit limit = new SignInLimit(1, clock);
        assertThat(limit.take("2001:db8::1")).isZero();
        assertThat(limit.take("[2001:db8::ffff]")).isPositive();
        assertThat(limit.take("2001:db8:0:1::1")).isZero();
    }

    @Test
    void canBeOff() {
        SignInLimit limit = new SignInLimit(0, clock);
        for (int i = 0; i < 1000; i++) {
            assertThat(limit.take("192.0.2.1")).isZero();
        }
    }
}

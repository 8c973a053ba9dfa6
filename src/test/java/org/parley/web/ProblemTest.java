package org.parley.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTest {
    @Test
    void isTheJsonOfRfc9457() {
        assertThat(new Problem(426, "version", "Say \"13\".").json())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Upgrade Required\",\"status\":426,"
                        + "\"detail\":\"Say \\\"13\\\".\",\"code\":\"version\"}");
    }

    @Test
    void tellsWhenToComeBackInWholeSecondsRoundedUp() throws Exception {
        FakeResponse answer = new FakeResponse();
        Problem.of(new Refused(Reason.TOO_MANY_REQUESTS, "Too many.", Duration.ofMillis(1_001)))
                .write(answer.response());
        assertThat(answer.status).isEqualTo(429);
        assertThat(answer.headers).containsEntry("Retry-After", "2");
        assertThat(answer.body()).contains("\"code\":\"too_many_requests\"");
    }

    @Test
    void asksForACredential() throws Exception {
        FakeResponse answer = new FakeResponse();
        Problem.of(new Refused(Reason.EXPIRED, "The token has expired.", Duration.ZERO))
                .write(answer.response());
        assertThat(answer.headers)
                .containsEntry("WWW-Authenticate", "Bearer")
                .doesNotContainKey("Retry-After")
                .containsEntry("Content-Length", String.valueOf(answer.body().length()));
    }
}

package org.parley.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.hub.Delivery;
import org.parley.hub.ErrorCode;
import org.parley.hub.Message;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemTest {
    @Test
    void isTheJsonOfRfc9457() {
        assertThat(new Problem(426, "version", "Say \"13\".").json())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Upgrade Required\",\"status\":426,"
                        + "\"detail\":\"Say \\\"13\\\".\",\"name\":\"version\",\"retryable\":false}");
    }

    @Test
    void tellsWhenToComeBackInWholeSecondsRoundedUp() throws Exception {
        FakeResponse answer = new FakeResponse();
        Problem.of(new Refused(Reason.TOO_MANY_REQUESTS, "Too many.", Duration.ofMillis(1_001)))
                .write(answer.response());
        assertThat(answer.status).isEqualTo(429);
        assertThat(answer.headers).containsEntry("Retry-After", "2");
        assertThat(answer.body()).contains("\"name\":\"too-many-requests\",\"retryable\":true");
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

    @Test
    void hasTheNumberAndNameOfTheProtocol() {
        assertThat(Problem.of(ErrorCode.OVERLOADED, "Too much.").json())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                        + "\"detail\":\"Too much.\",\"code\":201,\"name\":\"overloaded\",\"retryable\":true}");
    }

    @Test
    void hasTheValueThatAConflictIsAbout() {
        Message current = new Message(7, 0, 1_000, "k", new User("user::1", "Ci", false), "x-s", "{\"on\":true}");
        Problem problem = Problem.of(new Delivery.Failed("id", "state.a", ErrorCode.CONFLICT, "Not 3.", 0, current));
        assertThat(problem.status()).isEqualTo(409);
        assertThat(problem.retryAfter()).isZero();
        assertThat(problem.json())
                .endsWith("\"code\":114,\"name\":\"conflict\",\"retryable\":false,"
                        + "\"current\":{\"seq\":7,\"time\":1000,\"id\":\"k\",\"from\":\"user::1\",\"name\":\"Ci\","
                        + "\"kind\":\"x-s\",\"body\":{\"on\":true}}}");
    }

    /** Adding a code means to choose its status. */
    @ParameterizedTest
    @CsvSource({
        "MALFORMED,400",
        "UNKNOWN_TYPE,400",
        "INVALID,400",
        "TOO_LARGE,413",
        "FORBIDDEN,403",
        "NOT_JOINED,409",
        "NO_TARGET,404",
        "NOT_AUTHOR,403",
        "CONFLICT,409",
        "UNSUPPORTED,422",
        "NOT_SEALED,422",
        "UNAUTHORIZED,401",
        "LIMIT,429",
        "UNAVAILABLE,503",
        "OVERLOADED,503",
        "BUSY,429",
        "RATE_LIMITED,429",
        "ABORTED,503",
        "INTERNAL,500"
    })
    void hasAStatusForEachCode(ErrorCode code, int status) {
        Problem problem = Problem.of(code, "So.");
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.retryAfter().isZero()).isEqualTo(!code.retryable());
    }
}

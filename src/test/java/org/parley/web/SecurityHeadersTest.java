package org.parley.web;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecurityHeadersTest {
    @Test
    void setsExactlyThese() throws Exception {
        FakeResponse answer = new FakeResponse();
        AtomicBoolean passed = new AtomicBoolean();
        new SecurityHeaders()
                .doFilter(
                        FakeRequest.of("GET", "/").request(),
                        answer.response(),
                        (request, response) -> passed.set(true));
        assertThat(passed).isTrue();
        assertThat(answer.headers)
                .isEqualTo(Map.of(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
                                + " font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self';"
                                + " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
                                + " require-trusted-types-for 'script'; trusted-types lit-html parley-url",
                        "X-Content-Type-Options",
                        "nosniff",
                        "Cache-Control",
                        "no-cache",
                        "Referrer-Policy",
                        "no-referrer"));
    }
}

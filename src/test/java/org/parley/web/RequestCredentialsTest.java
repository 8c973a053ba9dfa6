package org.parley.web;

import org.junit.jupiter.api.Test;

import org.parley.auth.Credentials;

import static org.assertj.core.api.Assertions.assertThat;

class RequestCredentialsTest {
    @Test
    void findsEachCredential() {
        Credentials found = RequestCredentials.of(FakeRequest.of("GET", "/hub")
                .header("Authorization", "bEARER  abc ")
                .header("Sec-WebSocket-Protocol", "parley.v1,parley.bearer.ZGVm")
                .cookie("session", "no")
                .cookie("parley", "ghi")
                .query("q=1&token=a%2Bb&token=second")
                .request());
        assertThat(found.bearer()).contains("abc");
        assertThat(found.subprotocol()).contains("ZGVm");
        assertThat(found.cookie()).contains("ghi");
        assertThat(found.query()).contains("a+b");
        assertThat(found.withoutCookie().cookie()).isEmpty();
    }

    @Test
    void findsNothingInOtherThings() {
        Credentials found = RequestCredentials.of(FakeRequest.of("GET", "/hub")
                .header("Authorization", "Basic abc")
                .header("Sec-WebSocket-Protocol", "parley.v1")
                .cookie("parley2", "x")
                .cookie("parley", "")
                .query("mytoken=x&q")
                .request());
        assertThat(found).isEqualTo(Credentials.NONE);
        assertThat(RequestCredentials.of(FakeRequest.of("GET", "/hub").request()))
                .isEqualTo(Credentials.NONE);
    }

    @Test
    void readsAHeaderThatComesTwice() {
        assertThat(RequestCredentials.subprotocols(FakeRequest.of("GET", "/hub")
                        .header("Sec-WebSocket-Protocol", "a, b")
                        .header("Sec-WebSocket-Protocol", "c")
                        .request()))
                .containsExactly("a", "b", "c");
    }

    @Test
    void keepsABrokenEscape() {
        assertThat(RequestCredentials.of(
                                FakeRequest.of("GET", "/hub").query("token=%zz").request())
                        .query())
                .contains("%zz");
    }
}

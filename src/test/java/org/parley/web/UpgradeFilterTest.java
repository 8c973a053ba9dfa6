package org.parley.web;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Authenticator;
import org.parley.auth.Identity;
import org.parley.auth.Mode;
import org.parley.auth.Origins;
import org.parley.auth.ParleyPrincipal;
import org.parley.auth.SettableClock;
import org.parley.auth.SignIns;
import org.parley.auth.TestDatabase;
import org.parley.auth.TokenSettings;
import org.parley.auth.Tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class UpgradeFilterTest {
    private static final String ADDRESS = "192.0.2.7";
    private static final String SECRET = "a secret of more than thirty-two bytes";

    private final SettableClock clock = new SettableClock();
    private final FakeResponse answer = new FakeResponse();
    private HttpServletRequest passed;

    @TempDir
    Path directory;

    private SignIns signIns;
    private UpgradeFilter filter;
    private Identity ada;
    private String cookie;
    private String token;

    @BeforeEach
    void open() throws Exception {
        signIns = new SignIns(TestDatabase.in(directory), clock, new SecureRandom());
        Tokens tokens = new Tokens(
                new TokenSettings(Optional.of(SECRET), Optional.empty(), Optional.empty(), Optional.empty()), clock);
        filter = new UpgradeFilter(
                new Authenticator(Mode.BOTH, signIns, tokens, 0, clock), new Origins(Set.of("https://app.example")));
        ada = signIns.signIn("Ada");
        cookie = signIns.cookie(ada);
        token = token(Map.of("*", "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hub", "/files"})
    void handsTheIdentityOn(String path) throws Exception {
        send(FakeRequest.handshake(path).cookie("parley", cookie));
        assertThat(passed.getUserPrincipal()).isEqualTo(new ParleyPrincipal(ada, ADDRESS));
        assertThat(passed.getUserPrincipal().getName()).isEqualTo(ada.user().id());
        assertThat(passed.isUserInRole("admin")).isFalse();
    }

    @Test
    void showsTheDashboardToAdministratorsAndToTheMachineItself() throws Exception {
        send(FakeRequest.handshake("/ws/dashboard").cookie("parley", cookie));
        assertRefused(403, "dashboard");
        send(FakeRequest.handshake("/ws/dashboard").from("127.0.0.1").header("X-Forwarded-For", "203.0.113.9"));
        assertRefused(403, "dashboard");
        send(FakeRequest.handshake("/ws/dashboard").from("127.0.0.1"));
        assertThat(passed).isNotNull();
        send(FakeRequest.handshake("/ws/dashboard").header("Authorization", "Bearer " + token));
        assertThat(passed.isUserInRole("admin")).isTrue();
    }

    @Test
    void takesTheSubprotocolsTokenWithOrWithoutOrigin() throws Exception {
        String offered = "parley.v1, parley.bearer."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(UTF_8));
        send(FakeRequest.handshake("/hub")
                .without("Origin")
                .without("Sec-WebSocket-Protocol")
                .header("Sec-WebSocket-Protocol", offered));
        assertThat(passed.getUserPrincipal().getName()).isEqualTo("user::42");
        assertThat(passed.isUserInRole("admin")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hub", "/files", "/ws/dashboard", "/api/session", "/api/anything"})
    void refusesAForeignOriginWhateverTheCredential(String path) throws Exception {
        send(FakeRequest.handshake(path)
                .without("Origin")
                .header("Origin", "http://evil.example")
                .header("Authorization", "Bearer " + token)
                .cookie("parley", cookie));
        assertRefused(403, "origin");
    }

    @Test
    void refusesTwoOrigins() throws Exception {
        send(FakeRequest.handshake("/hub")
                .header("Origin", "http://chat.example")
                .cookie("parley", cookie));
        assertRefused(403, "origin");
    }

    @Test
    void letsAnOriginOfTheSettingThrough() throws Exception {
        send(FakeRequest.handshake("/hub")
                .without("Origin")
                .header("Origin", "https://app.example")
                .cookie("parley", cookie));
        assertThat(passed).isNotNull();
    }

    @Test
    void takesNoCookieWithoutAnOrigin() throws Exception {
        send(FakeRequest.handshake("/hub").without("Origin").cookie("parley", cookie));
        assertRefused(401, "missing");
        assertThat(answer.body()).contains("Without the header Origin only a token counts.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "8", "", "13, 8", "013"})
    void upgradesVersion13Only(String version) throws Exception {
        send(FakeRequest.handshake("/hub")
                .without("Sec-WebSocket-Version")
                .header("Sec-WebSocket-Version", version)
                .cookie("parley", cookie));
        assertRefused(426, "version");
        assertThat(answer.headers).containsEntry("Sec-WebSocket-Version", "13");
    }

    @Test
    void answersAnOrdinaryGetWith426() throws Exception {
        send(FakeRequest.of("GET", "/hub").cookie("parley", cookie));
        assertRefused(426, "version");
    }

    @Test
    void wantsTheSubprotocolOfTheHubOnly() throws Exception {
        send(FakeRequest.handshake("/hub").without("Sec-WebSocket-Protocol").cookie("parley", cookie));
        assertRefused(400, "subprotocol");
        send(FakeRequest.handshake("/files").without("Sec-WebSocket-Protocol").cookie("parley", cookie));
        assertThat(passed).isNotNull();
    }

    @Test
    void saysWhyNobodyIsSignedIn() throws Exception {
        send(FakeRequest.handshake("/hub"));
        assertRefused(401, "missing");
        send(FakeRequest.handshake("/hub").cookie("parley", cookie + "x"));
        assertRefused(401, "invalid");
        signIns.revoke(ada);
        send(FakeRequest.handshake("/hub").cookie("parley", cookie));
        assertRefused(401, "revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void wantsSomebodyForWhatChangesState(String method) throws Exception {
        send(FakeRequest.of(method, "/api/anything").header("Origin", "http://chat.example"));
        assertRefused(401, "missing");
        send(FakeRequest.of(method, "/api/anything").cookie("parley", cookie));
        assertRefused(401, "missing");
        send(FakeRequest.of(method, "/api/anything")
                .header("Origin", "http://chat.example")
                .cookie("parley", cookie));
        assertThat(passed.getUserPrincipal()).isEqualTo(new ParleyPrincipal(ada, ADDRESS));
    }

    @Test
    void letsTheSessionResourceDecideAndTellsItTheOutcome() throws Exception {
        FakeRequest signIn = FakeRequest.of("POST", "/api/session").header("Origin", "http://chat.example");
        send(signIn);
        assertThat(passed).isNotNull();
        assertThat(signIn.attribute(UpgradeFilter.AUTHENTICATION)).isInstanceOf(Refused.class);

        FakeRequest withoutOrigin = FakeRequest.of("DELETE", "/api/session").cookie("parley", cookie);
        send(withoutOrigin);
        assertThat(withoutOrigin.attribute(UpgradeFilter.AUTHENTICATION)).isInstanceOf(Refused.class);
    }

    @Test
    void countsTheCookieOfAGetWithoutOriginSinceBrowsersSendNone() throws Exception {
        FakeRequest who = FakeRequest.of("GET", "/api/session").cookie("parley", cookie);
        send(who);
        assertThat(who.attribute(UpgradeFilter.AUTHENTICATION)).isEqualTo(new Authenticated(ada));
        assertThat(passed.getUserPrincipal()).isEqualTo(new ParleyPrincipal(ada, ADDRESS));
        send(FakeRequest.of("GET", "/api/anything"));
        assertThat(passed).isNotNull();
    }

    private void send(FakeRequest request) throws Exception {
        passed = null;
        filter.doFilter(request.request(), answer.response(), (next, response) -> passed = (HttpServletRequest) next);
    }

    private void assertRefused(int status, String name) {
        assertThat(passed).isNull();
        assertThat(answer.status).isEqualTo(status);
        assertThat(answer.contentType).isEqualTo("application/problem+json");
        assertThat(answer.body()).contains("\"name\":\"" + name + "\",").contains("\"status\":" + status);
        assertThat(answer.headers).containsEntry("X-Content-Type-Options", "nosniff");
    }

    private String token(Map<String, String> rooms) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject("42")
                        .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                        .claim("rooms", rooms)
                        .build());
        jwt.sign(new MACSigner(SECRET));
        return jwt.serialize();
    }
}

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

import org.parley.auth.Audience;
import org.parley.auth.Audiences;
import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Authenticator;
import org.parley.auth.CallerPrincipal;
import org.parley.auth.Identity;
import org.parley.auth.Mode;
import org.parley.auth.Origins;
import org.parley.auth.ParleyPrincipal;
import org.parley.auth.SettableClock;
import org.parley.auth.SignIns;
import org.parley.auth.Stranger;
import org.parley.auth.TestDatabase;
import org.parley.auth.TokenSettings;
import org.parley.auth.Tokens;
import org.parley.auth.Visitor;

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
    private Authenticator authenticator;
    private UpgradeFilter filter;
    private Identity ada;
    private String cookie;
    private String token;

    @BeforeEach
    void open() throws Exception {
        signIns = new SignIns(TestDatabase.in(directory), clock, new SecureRandom());
        Tokens tokens = new Tokens(
                new TokenSettings(Optional.of(SECRET), Optional.empty(), Optional.empty(), Optional.empty()), clock);
        authenticator = new Authenticator(Mode.BOTH, signIns, tokens, 0, clock);
        filter = new UpgradeFilter(authenticator, new Origins(Set.of("https://app.example")), Audiences.DEFAULT);
        ada = signIns.signIn("Ada");
        cookie = signIns.cookie(ada);
        token = token(Map.of("*", "admin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hub", "/files"})
    void handsTheIdentityOn(String path) throws Exception {
        send(FakeRequest.handshake(path)
                .without("Sec-WebSocket-Protocol")
                .header("Sec-WebSocket-Protocol", path.equals("/hub") ? "parley.v1" : "parley.files.v1")
                .cookie("parley", cookie));
        assertPassedAsAda();
        assertThat(passed.getUserPrincipal().getName()).isEqualTo(ada.user().id());
        assertThat(passed.isUserInRole("admin")).isFalse();
    }

    private UpgradeFilter showing(Audience dashboard, Audience metrics) {
        return new UpgradeFilter(authenticator, new Origins(Set.of()), new Audiences(dashboard, metrics));
    }

    private static FakeRequest local(FakeRequest request) {
        return request.without("Origin").from("127.0.0.1").at("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/dashboard", "/api/dashboard", "/metrics"})
    void showsFiguresToAdministratorsAndToTheMachineItself(String path) throws Exception {
        String name = path.equals("/metrics") ? "metrics" : "dashboard";
        send(FakeRequest.handshake(path).cookie("parley", cookie));
        assertRefused(403, name);
        send(FakeRequest.handshake(path).without("Origin").from("127.0.0.1"));
        assertRefused(403, name);
        send(local(FakeRequest.handshake(path)).header("X-Forwarded-For", "203.0.113.9"));
        assertRefused(403, name);
        send(FakeRequest.handshake(path).header("Authorization", "Bearer nonsense"));
        assertThat(answer.status).isEqualTo(401);
        send(local(FakeRequest.handshake(path)));
        assertThat(passed).isNotNull();
        send(FakeRequest.handshake(path).header("Authorization", "Bearer " + token));
        assertThat(passed.isUserInRole("admin")).isTrue();
    }

    @Test
    void showsFiguresToWhomTheSettingsName() throws Exception {
        filter = showing(Audience.ADMIN, Audience.OPEN);
        send(local(FakeRequest.handshake("/ws/dashboard")));
        assertRefused(403, "dashboard");
        send(FakeRequest.of("GET", "/metrics"));
        assertThat(passed).isNotNull();
        filter = showing(Audience.USER, Audience.ADMIN);
        send(FakeRequest.handshake("/ws/dashboard"));
        assertRefused(403, "dashboard");
        send(FakeRequest.handshake("/ws/dashboard").cookie("parley", cookie));
        assertPassedAsAda();
        send(local(FakeRequest.of("GET", "/metrics")));
        assertRefused(403, "metrics");
    }

    @Test
    void tellsWhoIsConnectedOnlyToWhoIsTrusted() throws Exception {
        filter = showing(Audience.OPEN, Audience.OPEN);
        send(FakeRequest.of("GET", "/api/dashboard").cookie("parley", cookie));
        assertThat(Audience.OPEN.trusts(caller())).isFalse();
        send(FakeRequest.of("GET", "/api/dashboard").header("Authorization", "Bearer " + token));
        assertThat(Audience.OPEN.trusts(caller())).isTrue();
        assertThat(Audience.ADMIN.trusts(caller())).isTrue();
        send(local(FakeRequest.of("GET", "/api/dashboard")));
        assertThat(Audience.LOCAL.trusts(caller())).isTrue();
        assertThat(Audience.ADMIN.trusts(caller())).isFalse();
    }

    private CallerPrincipal caller() {
        return (CallerPrincipal) passed.getUserPrincipal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws/echo", "/items/7/ws"})
    void letsTheTutorialsEndpointsBeAndSaysWhereTheirClientsComeFrom(String path) throws Exception {
        send(FakeRequest.of("GET", path)
                .header("Origin", "http://elsewhere.example")
                .header("User-Agent", "Mozilla/5.0")
                .header("X-Request-Id", "from-the-proxy"));
        assertThat(passed.getUserPrincipal())
                .isEqualTo(new Stranger(new Visitor(ADDRESS, "Mozilla/5.0", "from-the-proxy", false)));
        assertThat(passed.getRemoteUser()).isNull();
        assertThat(answer.headers).containsEntry("X-Request-Id", "from-the-proxy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "two words and more", "line\nbreak-of-the-log", "a=b c=d e=f g=h"})
    void givesAnIdOfItsOwnInsteadOfOneThatCouldBreakALine(String sent) throws Exception {
        send(FakeRequest.of("GET", "/ws").header("X-Request-Id", sent));
        assertThat(answer.headers.get("X-Request-Id")).matches("[0-9a-f]{16}");
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
    void wantsTheSubprotocolOfTheEndpoint() throws Exception {
        send(FakeRequest.handshake("/hub").without("Sec-WebSocket-Protocol").cookie("parley", cookie));
        assertRefused(400, "subprotocol");
        send(FakeRequest.handshake("/files").cookie("parley", cookie));
        assertRefused(400, "subprotocol");
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
        assertPassedAsAda();
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
        assertPassedAsAda();
        send(FakeRequest.of("GET", "/api/anything"));
        assertThat(passed).isNotNull();
    }

    private void assertPassedAsAda() {
        ParleyPrincipal principal = (ParleyPrincipal) passed.getUserPrincipal();
        assertThat(principal.identity()).isEqualTo(ada);
        assertThat(principal.visitor().address()).isEqualTo(ADDRESS);
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

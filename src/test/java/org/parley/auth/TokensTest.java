package org.parley.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.hub.User;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokensTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static RSAKey rsa;
    private static ECKey ec;
    private static KeyPair edwards;
    private static OctetKeyPair edwardsJwk;

    private final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    private Tokens tokens;

    @BeforeAll
    static void makeKeys() throws JOSEException, GeneralSecurityException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] encoded = edwards.getPublic().getEncoded();
        Base64URL x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        edwardsJwk = new OctetKeyPair.Builder(Curve.Ed25519, x).keyID("ed").build();
    }

    @AfterEach
    void close() {
        if (tokens != null) {
            tokens.close();
        }
    }

    @Test
    void takesHs256BySecret() throws Exception {
        tokens = bySecret();
        JWTClaimsSet claims = claims().claim("name", "Ada")
                .issuer("https://idp.example:8443/realm")
                .build();

        Identity identity = identity(tokens.verify(hs256(claims, SECRET)));

        assertThat(identity.user()).isEqualTo(new User("user:https%3A//idp.example%3A8443/realm:42", "Ada", false));
        assertThat(identity.expires()).isEqualTo(clock.millis() + 60_000);
        assertThat(identity.signIn()).isNull();
        assertThat(identity.access().mayWrite("anything")).isTrue();
        assertThat(identity.access().admin()).isFalse();
    }

    @Test
    void takesPublishedKeysFromAFile() throws Exception {
        tokens = byKeys(file(rsa, ec, edwardsJwk));
        assertThat(identity(tokens.verify(signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa))))
                        .user()
                        .id())
                .isEqualTo("user::42");
        identity(tokens.verify(signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec))));
        identity(tokens.verify(ed25519("EdDSA", "ed")));
        identity(tokens.verify(ed25519("Ed25519", "ed")));
        identity(tokens.verify(signed(JWSAlgorithm.RS256, null, new RSASSASigner(rsa))));
    }

    @Test
    void refusesAChangedTokenOfEachAlgorithm() throws Exception {
        tokens = byKeys(file(rsa, ec, edwardsJwk));
        for (String token : List.of(
                signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa)),
                signed(JWSAlgorithm.ES256, "ec", new ECDSASigner(ec)),
                ed25519("EdDSA", "ed"))) {
            String[] parts = token.split("\\.");
            String other = Base64URL.encode(claims().subject("root").build().toString())
                    .toString();
            assertThat(reason(tokens.verify(parts[0] + "." + other + "." + parts[2])))
                    .isEqualTo(Reason.INVALID);
            assertThat(reason(tokens.verify(parts[0] + "." + parts[1] + "."))).isEqualTo(Reason.INVALID);
            assertThat(reason(tokens.verify(parts[0] + "." + parts[1] + ".AAAA")))
                    .isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void refusesAnEd25519SignatureOfAnotherKey() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        tokens = byKeys(file(edwardsJwk));
        assertThat(reason(tokens.verify(ed25519("EdDSA", "ed", other)))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAPublicKeyUsedAsTheSecret() throws Exception {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(rsa.toPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        JWTClaimsSet claims = claims().build();
        tokens = byKeys(file(rsa));
        for (byte[] confused : List.of(
                pem.getBytes(UTF_8),
                rsa.toPublicKey().getEncoded(),
                rsa.toPublicJWK().toJSONString().getBytes(UTF_8))) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(), claims);
            jwt.sign(new MACSigner(confused));
            assertThat(reason(tokens.verify(jwt.serialize()))).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void refusesAlgorithmsThatAreNotListed() throws Exception {
        tokens = new Tokens(
                new TokenSettings(
                        Optional.of(SECRET.repeat(2)), Optional.of(file(rsa)), Optional.empty(), Optional.empty()),
                clock);
        SignedJWT hs512 = new SignedJWT(new JWSHeader(JWSAlgorithm.HS512), claims().build());
        hs512.sign(new MACSigner(SECRET.repeat(2)));
        assertThat(reason(tokens.verify(hs512.serialize()))).isEqualTo(Reason.INVALID);
        assertThat(reason(tokens.verify(signed(JWSAlgorithm.PS256, "rsa", new RSASSASigner(rsa)))))
                .isEqualTo(Reason.INVALID);
        identity(tokens.verify(signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa))));
        identity(tokens.verify(hs256(claims().build(), SECRET.repeat(2))));
    }

    @Test
    void refusesUnsignedTokens() throws Exception {
        tokens = bySecret();
        JWTClaimsSet claims = claims().build();
        assertThat(reason(tokens.verify(new PlainJWT(claims).serialize()))).isEqualTo(Reason.INVALID);
        for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"NONE\"}", "{\"alg\":\"nOnE\"}", "{}")) {
            String unsigned = Base64URL.encode(header) + "." + Base64URL.encode(claims.toString()) + ".";
            assertThat(reason(tokens.verify(unsigned))).isEqualTo(Reason.INVALID);
            assertThat(reason(tokens.verify(unsigned + "AAAA"))).isEqualTo(Reason.INVALID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a.b.c", "e30.e30.e30", "\u0000", "a.b.c.d.e", "eyJhbGciOiJIUzI1NiJ9..", "[]"})
    void refusesWhatIsNoToken(String token) {
        tokens = bySecret();
        assertThat(reason(tokens.verify(token))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesHugeAndDeeplyNestedTokens() {
        tokens = bySecret();
        assertThat(reason(tokens.verify("a".repeat(10_000_000)))).isEqualTo(Reason.INVALID);
        String nested = Base64URL.encode("[".repeat(5_000)).toString();
        assertThat(reason(tokens.verify(nested + ".e30.e30"))).isEqualTo(Reason.INVALID);
        String header = Base64URL.encode("{\"alg\":\"HS256\",\"x\":" + "[".repeat(4_000))
                .toString();
        assertThat(reason(tokens.verify(header + ".e30.e30"))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAnotherSecret() throws Exception {
        tokens = bySecret();
        assertThat(reason(tokens.verify(hs256(claims().build(), SECRET + "!")))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesAnExpiredTokenToTheMillisecondAndSaysSo() throws Exception {
        tokens = bySecret();
        String token = hs256(claims().build(), SECRET);
        clock.pass(Duration.ofSeconds(60).minusMillis(1));
        identity(tokens.verify(token));
        clock.pass(Duration.ofMillis(1));
        assertThat(reason(tokens.verify(token))).isEqualTo(Reason.EXPIRED);
        clock.pass(Duration.ofDays(1));
        assertThat(reason(tokens.verify(token))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void wantsSubjectAndExpiry() throws Exception {
        tokens = bySecret();
        assertThat(reason(tokens.verify(hs256(claims().subject(null).build(), SECRET))))
                .isEqualTo(Reason.INVALID);
        assertThat(reason(tokens.verify(hs256(claims().expirationTime(null).build(), SECRET))))
                .isEqualTo(Reason.INVALID);
        for (String subject : List.of("", "a\u0000b", "x".repeat(256))) {
            assertThat(reason(tokens.verify(hs256(claims().subject(subject).build(), SECRET))))
                    .isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void refusesATokenOfTheFutureButForgivesAMinute() throws Exception {
        tokens = bySecret();
        Date soon = Date.from(clock.instant().plusSeconds(59));
        Date later = Date.from(clock.instant().plusSeconds(61));
        identity(tokens.verify(hs256(claims().notBeforeTime(soon).build(), SECRET)));
        assertThat(reason(tokens.verify(hs256(claims().notBeforeTime(later).build(), SECRET))))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void checksIssuerAndAudienceWhenTheyAreSet() throws Exception {
        tokens = new Tokens(
                new TokenSettings(Optional.of(SECRET), Optional.empty(), Optional.of("idp"), Optional.of("parley")),
                clock);
        identity(tokens.verify(
                hs256(claims().issuer("idp").audience(List.of("x", "parley")).build(), SECRET)));
        for (JWTClaimsSet wrong : List.of(
                claims().issuer("idp").audience("other").build(),
                claims().issuer("idp").build(),
                claims().issuer("other").audience("parley").build(),
                claims().audience("parley").build())) {
            assertThat(reason(tokens.verify(hs256(wrong, SECRET)))).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void makesNoTwoUsersTheSame() throws Exception {
        tokens = bySecret();
        String one = hs256(claims().issuer("a").subject("b:c").build(), SECRET);
        String other = hs256(claims().issuer("a:b").subject("c").build(), SECRET);
        assertThat(identity(tokens.verify(one)).user().id())
                .isNotEqualTo(identity(tokens.verify(other)).user().id());
    }

    @Test
    void readsRooms() throws Exception {
        tokens = bySecret();
        JWTClaimsSet claims =
                claims().claim("rooms", Map.of("team.*", "rw", "news", "r")).build();
        Identity identity = identity(tokens.verify(hs256(claims, SECRET)));
        assertThat(identity.access().mayWrite("team.a")).isTrue();
        assertThat(identity.access().mayWrite("news")).isFalse();
        JWTClaimsSet wrong = claims().claim("rooms", List.of("news")).build();
        assertThat(reason(tokens.verify(hs256(wrong, SECRET)))).isEqualTo(Reason.INVALID);
    }

    @Test
    void knowsAccessTokensAndRefusesOtherTypes() throws Exception {
        tokens = bySecret();
        for (Map.Entry<String, Boolean> type : Map.of("JWT", true, "jwt", true, "at+jwt", true, "logout+jwt", false)
                .entrySet()) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(new JOSEObjectType(type.getKey()))
                            .build(),
                    claims().build());
            jwt.sign(new MACSigner(SECRET));
            assertThat(tokens.verify(jwt.serialize()) instanceof Authenticated)
                    .as(type.getKey())
                    .isEqualTo(type.getValue());
        }
    }

    @Test
    void fetchesPublishedKeysOnceAndOutlivesTheIssuer() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        byte[] keys = new JWKSet(rsa).toString().getBytes(UTF_8);
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        tokens = byKeys(URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks"));
        String token = signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa));
        for (int i = 0; i < 100; i++) {
            identity(tokens.verify(token));
        }
        assertThat(fetches).hasValue(1);

        issuer.stop(0);
        assertThat(tokens.verify(signed(JWSAlgorithm.ES256, "unknown", new ECDSASigner(ec))))
                .isInstanceOf(Refused.class);
        identity(tokens.verify(token));
    }

    @Test
    void doesNotFetchForEachUnknownKey() throws Exception {
        AtomicInteger fetches = new AtomicInteger();
        byte[] keys = new JWKSet(rsa).toString().getBytes(UTF_8);
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/jwks", exchange -> {
            fetches.incrementAndGet();
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        tokens = byKeys(URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/jwks"));
        for (int i = 0; i < 50; i++) {
            assertThat(tokens.verify(signed(JWSAlgorithm.ES256, "unknown-" + i, new ECDSASigner(ec))))
                    .isInstanceOf(Refused.class);
        }
        issuer.stop(0);
        assertThat(fetches.get()).isLessThanOrEqualTo(2);
    }

    @Test
    @Timeout(15)
    void doesNotWaitForAnIssuerThatHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            tokens = byKeys(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/jwks"));
            String token = signed(JWSAlgorithm.RS256, "rsa", new RSASSASigner(rsa));
            for (int i = 0; i < 5; i++) {
                assertThat(reason(tokens.verify(token))).isEqualTo(Reason.UNAVAILABLE);
            }
        }
    }

    @Test
    void takesNoTokenWithoutAKey() throws Exception {
        tokens = new Tokens(TokenSettings.NONE, clock);
        assertThat(reason(tokens.verify(hs256(claims().build(), SECRET)))).isEqualTo(Reason.NOT_ACCEPTED);
    }

    @Test
    void refusesSettingsThatCannotWork() {
        assertThatThrownBy(() -> new Tokens(settings("short", null), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32")
                .hasMessageNotContaining("short");
        assertThatThrownBy(() -> byKeys(URI.create("ftp://x/jwks"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> byKeys(URI.create("jwks.json"))).isInstanceOf(IllegalArgumentException.class);
        assertThat(settings(SECRET, null).toString()).doesNotContain(SECRET);
    }

    private Tokens bySecret() {
        return new Tokens(settings(SECRET, null), clock);
    }

    private Tokens byKeys(URI jwks) {
        return new Tokens(settings(null, jwks), clock);
    }

    private static TokenSettings settings(String secret, URI jwks) {
        return new TokenSettings(
                Optional.ofNullable(secret), Optional.ofNullable(jwks), Optional.empty(), Optional.empty());
    }

    private URI file(JWK... keys) throws IOException {
        Path file = directory.resolve("jwks.json");
        return Files.writeString(file, new JWKSet(List.of(keys)).toString()).toUri();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("42")
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private static String hs256(JWTClaimsSet claims, String secret) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer) throws JOSEException {
        SignedJWT jwt =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims().build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private String ed25519(String algorithm, String keyId) throws GeneralSecurityException {
        return ed25519(algorithm, keyId, edwards);
    }

    private String ed25519(String algorithm, String keyId, KeyPair pair) throws GeneralSecurityException {
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + keyId + "\"}";
        String input = Base64URL.encode(header) + "."
                + Base64URL.encode(claims().build().toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(UTF_8));
        return input + "." + Base64URL.encode(signature.sign());
    }

    private static Identity identity(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Authenticated.class);
        return ((Authenticated) outcome).identity();
    }

    private static Reason reason(Authentication outcome) {
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).reason();
    }
}

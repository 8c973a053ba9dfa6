package org.parley;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** Tokens that the server under test accepts: HS256 by the secret it was started with, good for ten minutes. */
public final class TestTokens {
    private static final long SECONDS = 600;

    private TestTokens() {}

    /** Every room, no administration; the user is {@code user::<subject>}, named as the subject. */
    public static String of(String subject) {
        return signed(claims(subject).build());
    }

    /** @param rooms from pattern to right, see {@code org.parley.auth.Tokens} */
    public static String of(String subject, Map<String, String> rooms) {
        return signed(claims(subject).claim("rooms", rooms).build());
    }

    public static String admin(String subject) {
        return of(subject, Map.of("*", "admin"));
    }

    /** The user is {@code user:<issuer>:<subject>}, the issuer percent-encoded. */
    public static String issuedBy(String issuer, String subject) {
        return signed(claims(subject).issuer(issuer).build());
    }

    public static String expired(String subject) {
        return expiringIn(subject, Duration.ofSeconds(-SECONDS));
    }

    /** Whole seconds: a JWT has no finer ones. */
    public static String expiringIn(String subject, Duration time) {
        return signed(claims(subject)
                .expirationTime(Date.from(Instant.now().plus(time)))
                .build());
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .expirationTime(Date.from(Instant.now().plusSeconds(SECONDS)));
    }

    private static String signed(JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            jwt.sign(new MACSigner(ParleyServer.property("parley.test.token.secret")));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new AssertionError("The test's secret does not sign", e);
        }
    }
}

package org.parley.bench.scenario;

import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import org.parley.bench.server.Servers;

/** Bearer tokens, one user a connection: signing ten thousand guests in would take longer than most scenarios. */
final class Tokens {
    private static final long SECONDS = 3600;

    private Tokens() {}

    static String of(int connection) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.HS256),
                    new JWTClaimsSet.Builder()
                            .subject("user" + connection)
                            .expirationTime(Date.from(Instant.now().plusSeconds(SECONDS)))
                            .build());
            jwt.sign(new MACSigner(Servers.TOKEN_SECRET));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.parley.auth;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyConverter;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Which key may have signed a token. The algorithm decides where the key comes from: HS256 is only ever checked with the
 * shared secret and the others only with the issuer's public keys, so that nobody can pass off a public key, which
 * everybody has, as the secret (RFC 8725 section 2.1).
 */
final class TokenKeys implements JWSKeySelector<SecurityContext>, AutoCloseable {
    private static final int MIN_SECRET_BYTES = 32;
    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 1_000;
    private static final int MAX_JWKS_BYTES = 256 * 1024;
    private static final long FRESH_MILLIS = MINUTES.toMillis(5);
    private static final long REFRESH_AHEAD_MILLIS = MINUTES.toMillis(1);
    private static final long WAIT_FOR_REFRESH_MILLIS = SECONDS.toMillis(2);
    private static final long BETWEEN_FETCHES_MILLIS = SECONDS.toMillis(30);
    private static final long OUTAGE_MILLIS = HOURS.toMillis(4);

    private static final Set<JWSAlgorithm> PUBLIC =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private final Optional<Key> secret;
    private final Optional<JWKSource<SecurityContext>> published;

    TokenKeys(TokenSettings settings) {
        this.secret = settings.secret().map(TokenKeys::secret);
        this.published = settings.jwks().map(TokenKeys::published);
    }

    boolean none() {
        return secret.isEmpty() && published.isEmpty();
    }

    @Override
    public List<? extends Key> selectJWSKeys(JWSHeader header, SecurityContext context) throws KeySourceException {
        JWSAlgorithm algorithm = header.getAlgorithm();
        if (algorithm.equals(JWSAlgorithm.HS256)) {
            return secret.stream().toList();
        }
        if (published.isEmpty() || !PUBLIC.contains(algorithm)) {
            return List.of();
        }
        JWKSelector selector = new JWKSelector(JWKMatcher.forJWSHeader(header));
        return publicKeys(published.get().get(selector, context));
    }

    JWSVerifierFactory verifiers() {
        return new DefaultJWSVerifierFactory() {
            @Override
            public com.nimbusds.jose.JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
                return Ed25519.ALGORITHMS.contains(header.getAlgorithm())
                                && key instanceof java.security.PublicKey edwards
                        ? new Ed25519(edwards)
                        : super.createJWSVerifier(header, key);
            }
        };
    }

    private static List<Key> publicKeys(List<JWK> matching) throws KeySourceException {
        List<Key> keys = new ArrayList<>();
        for (JWK jwk : matching) {
            if (jwk instanceof OctetKeyPair edwards) {
                keys.add(edwards(edwards));
            } else {
                keys.addAll(KeyConverter.toJavaKeys(List.of(jwk.toPublicJWK())));
            }
        }
        return keys;
    }

    private static Key edwards(OctetKeyPair jwk) throws KeySourceException {
        try {
            return Ed25519.publicKey(jwk);
        } catch (JOSEException e) {
            throw new KeySourceException("A key of the issuer cannot be used: " + e.getMessage(), e);
        }
    }

    private static Key secret(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("The secret for tokens has " + bytes.length + " bytes; HS256 needs "
                    + MIN_SECRET_BYTES + " or more (RFC 7518 section 3.2)");
        }
        return new SecretKeySpec(bytes, "HmacSHA256");
    }

    /**
     * Whoever brings an unknown key id makes the server look again, so fetches are bounded in time, size and rate; a
     * refresh runs ahead of time on a thread of its own, and an issuer that is away for hours locks nobody out.
     */
    private static JWKSource<SecurityContext> published(URI jwks) {
        DefaultResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_JWKS_BYTES);
        return JWKSourceBuilder.create(url(jwks), retriever)
                .cache(FRESH_MILLIS, WAIT_FOR_REFRESH_MILLIS)
                .refreshAheadCache(REFRESH_AHEAD_MILLIS, true)
                .rateLimited(BETWEEN_FETCHES_MILLIS)
                .outageTolerant(OUTAGE_MILLIS)
                .build();
    }

    private static URL url(URI jwks) {
        if (jwks.getScheme() == null || !Set.of("https", "http", "file").contains(jwks.getScheme())) {
            throw new IllegalArgumentException("The JWKS '" + jwks + "' is no https:, http: or file: address");
        }
        try {
            return jwks.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("The JWKS '" + jwks + "' is no https:, http: or file: address", e);
        }
    }

    @Override
    public void close() {
        if (published.isPresent() && published.get() instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The refreshing of the issuer's keys did not stop", e);
            }
        }
    }
}

package org.parley.auth;

import java.net.URI;
import java.util.Optional;

/**
 * Which tokens to believe.
 *
 * @param secret shared secret for HS256, at least 32 bytes of UTF-8 (RFC 7518 section 3.2)
 * @param jwks where the issuer's public keys are (RFC 7517): {@code https:}, {@code http:} or {@code file:}
 * @param issuer what {@code iss} must be; empty = any
 * @param audience what {@code aud} must contain; empty = a token for any audience, or none, is taken
 */
public record TokenSettings(
        Optional<String> secret, Optional<URI> jwks, Optional<String> issuer, Optional<String> audience) {
    /** No key at all: every token is refused. */
    public static final TokenSettings NONE =
            new TokenSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "TokenSettings[secret=" + (secret.isPresent() ? "set" : "none") + ", jwks=" + jwks + ", issuer=" + issuer
                + ", audience=" + audience + "]";
    }
}

package org.parley.auth;

import java.util.Objects;
import java.util.Optional;

/**
 * What came with a request, each part as it was sent.
 *
 * @param bearer the token of {@code Authorization: Bearer} (RFC 6750 section 2.1)
 * @param subprotocol what followed {@code parley.bearer.} in {@code Sec-WebSocket-Protocol}: a token, base64url
 * @param cookie the value of the cookie {@value Authenticator#COOKIE}
 * @param query the query parameter {@code token}: the last resort, since URLs end up in logs
 */
public record Credentials(
        Optional<String> bearer, Optional<String> subprotocol, Optional<String> cookie, Optional<String> query) {
    public static final Credentials NONE =
            new Credentials(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Credentials {
        Objects.requireNonNull(bearer, "bearer");
        Objects.requireNonNull(subprotocol, "subprotocol");
        Objects.requireNonNull(cookie, "cookie");
        Objects.requireNonNull(query, "query");
    }

    /** The same without the cookie: for a request that no page of ours is known to have sent. */
    public Credentials withoutCookie() {
        return new Credentials(bearer, subprotocol, Optional.empty(), query);
    }

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "Credentials[bearer=" + bearer.isPresent() + ", subprotocol=" + subprotocol.isPresent() + ", cookie="
                + cookie.isPresent() + ", query=" + query.isPresent() + "]";
    }
}

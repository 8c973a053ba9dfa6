package org.parley.auth;

import java.util.Set;

/**
 * What this package needs to be told.
 *
 * @param mode {@code parley.auth}
 * @param tokens which tokens to believe
 * @param origins {@code parley.origins}: origins besides the server's own, each {@code scheme://host[:port]}
 * @param signInsPerMinute how many sign-ins one address gets a minute; 0 = no limit
 */
public record AuthSettings(Mode mode, TokenSettings tokens, Set<String> origins, int signInsPerMinute) {
    /** Guests, and no tokens for want of a key; only the server's own pages; 30 sign-ins a minute. */
    public static final AuthSettings DEFAULT = new AuthSettings(Mode.BOTH, TokenSettings.NONE, Set.of(), 30);

    public AuthSettings {
        origins = Set.copyOf(origins);
        if (signInsPerMinute < 0) {
            throw new IllegalArgumentException("signInsPerMinute is " + signInsPerMinute + ", not 0 or more");
        }
        if (mode == Mode.TOKEN && tokens.secret().isEmpty() && tokens.jwks().isEmpty()) {
            throw new IllegalArgumentException("Nobody could sign in: with tokens only, a secret or a JWKS is needed");
        }
    }
}

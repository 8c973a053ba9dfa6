package org.parley.auth;

/** Which credentials a server takes: the setting {@code parley.auth}. */
public enum Mode {
    /** Anybody signs in with a name. */
    GUEST,
    /** Only who brings a token. */
    TOKEN,
    BOTH;

    boolean guests() {
        return this != TOKEN;
    }

    boolean tokens() {
        return this != GUEST;
    }
}

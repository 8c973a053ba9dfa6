package org.parley.auth;

/** Who may see figures of the server. Administrators always may. */
public enum Audience {
    /** Whoever sits at the machine itself. */
    LOCAL,
    /** Nobody else. */
    ADMIN,
    /** Whoever has signed in or has a token. */
    USER,
    /** Everybody. */
    OPEN;

    /** @param local whether the request comes from the machine itself */
    public boolean admits(Authentication outcome, boolean local) {
        return administrator(outcome)
                || switch (this) {
                    case LOCAL -> local;
                    case ADMIN -> false;
                    case USER -> outcome instanceof Authentication.Authenticated;
                    case OPEN -> true;
                };
    }

    /** Whether it may see who is connected, and from where, besides. */
    public boolean trusts(CallerPrincipal caller) {
        return caller.administrator() || caller.visitor().local() && this != ADMIN;
    }

    private static boolean administrator(Authentication outcome) {
        return outcome instanceof Authentication.Authenticated authenticated
                && authenticated.identity().access().admin();
    }
}

package org.parley.auth;

import java.security.Principal;

/** Whoever sends a request, as the container hands it on, up to {@code Session.getUserPrincipal()}. */
public sealed interface CallerPrincipal extends Principal permits ParleyPrincipal, Stranger {
    /** Where the request came from. */
    Visitor visitor();

    /** Whether it administers the server. */
    boolean administrator();

    /** When its credential ends, ms since 1970; 0: never. */
    long expires();
}

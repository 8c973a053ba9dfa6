package org.parley.auth;

import java.security.Principal;

/** Somebody who need not say who it is, as the container hands it on, up to {@code Session.getUserPrincipal()}. */
public record Stranger(Visitor visitor) implements Principal {
    @Override
    public String getName() {
        return "";
    }
}

package org.parley.auth;

import java.security.Principal;

/**
 * An {@link Identity} as the container hands it on, up to {@code Session.getUserPrincipal()}.
 *
 * @param identity never null
 * @param address where the request came from, as the server sees it; what connections are counted by
 */
public record ParleyPrincipal(Identity identity, String address) implements Principal {
    /** The id of the user, not the display name: names are labels. */
    @Override
    public String getName() {
        return identity.user().id();
    }
}

package org.parley.auth;

import java.security.Principal;

/**
 * An {@link Identity} as the container hands it on, up to {@code Session.getUserPrincipal()}.
 *
 * @param identity never null
 * @param visitor where the request came from
 */
public record ParleyPrincipal(Identity identity, Visitor visitor) implements Principal {
    /** The id of the user, not the display name: names are labels. */
    @Override
    public String getName() {
        return identity.user().id();
    }
}

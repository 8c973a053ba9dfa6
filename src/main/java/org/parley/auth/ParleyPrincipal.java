package org.parley.auth;

import java.security.Principal;

/**
 * An {@link Identity} as the container hands it on, up to {@code Session.getUserPrincipal()}.
 *
 * @param identity never null
 */
public record ParleyPrincipal(Identity identity) implements Principal {
    /** The id of the user, not the display name: names are labels. */
    @Override
    public String getName() {
        return identity.user().id();
    }
}

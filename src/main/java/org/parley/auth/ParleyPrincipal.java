package org.parley.auth;

/**
 * A {@link CallerPrincipal} that has proved who it is.
 *
 * @param identity never null
 * @param visitor where the request came from
 */
public record ParleyPrincipal(Identity identity, Visitor visitor) implements CallerPrincipal {
    /** The id of the user, not the display name: names are labels. */
    @Override
    public String getName() {
        return identity.user().id();
    }

    @Override
    public boolean administrator() {
        return identity.access().admin();
    }

    @Override
    public long expires() {
        return identity.expires();
    }
}

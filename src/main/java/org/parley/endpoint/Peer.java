package org.parley.endpoint;

import org.parley.auth.Identity;
import org.parley.hub.Access;
import org.parley.hub.User;

/**
 * Who is at the other end.
 *
 * @param user whose messages these are
 * @param access what the credential allows
 * @param expires when the credential ends, ms since 1970; 0: never
 * @param address where the connection comes from; what connections are counted by; null: not counted
 */
public record Peer(User user, Access access, long expires, String address) {

    /** Somebody the container let in without asking: the tutorials' endpoints. */
    public static Peer unknown(User user) {
        return new Peer(user, Access.EVERY_ROOM, 0, null);
    }

    static Peer of(Identity identity, String address) {
        return new Peer(identity.user(), identity.access(), identity.expires(), address);
    }

    boolean expired(long now) {
        return expires > 0 && now >= expires;
    }
}

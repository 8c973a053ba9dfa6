package org.parley.endpoint;

import org.parley.auth.CallerPrincipal;
import org.parley.auth.Identity;
import org.parley.auth.Visitor;
import org.parley.hub.Access;
import org.parley.hub.User;

/**
 * Who is at the other end.
 *
 * @param user whose messages these are
 * @param access what the credential allows
 * @param expires when the credential ends, ms since 1970; 0: never
 * @param visitor where the connection comes from; null: not known
 * @param counted whether it counts among the connections from its address
 */
public record Peer(User user, Access access, long expires, Visitor visitor, boolean counted) {

    /**
     * Somebody at an endpoint that does not ask who it is.
     *
     * @param caller null: the container did not tell
     */
    static Peer unknown(User user, CallerPrincipal caller) {
        return caller == null
                ? new Peer(user, Access.EVERY_ROOM, 0, null, false)
                : new Peer(user, Access.EVERY_ROOM, caller.expires(), caller.visitor(), false);
    }

    static Peer of(Identity identity, Visitor visitor) {
        return new Peer(identity.user(), identity.access(), identity.expires(), visitor, true);
    }

    /** What connections are counted by; null: not counted. */
    String countedBy() {
        return counted && visitor != null ? visitor.address() : null;
    }

    boolean expired(long now) {
        return expires > 0 && now >= expires;
    }
}

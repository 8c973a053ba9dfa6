package org.parley.endpoint;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;

import org.parley.auth.CallerPrincipal;
import org.parley.hub.Broadcast;
import org.parley.hub.User;

/** Takes over the sessions of endpoints that speak something simpler than {@code parley.v1}. */
@ApplicationScoped
public class Exchanges {
    @Inject
    Connections connections;

    @Inject
    EndpointSettings settings;

    @Inject
    RequestPool pool;

    /** Takes over a session in its {@code @OnOpen}; nobody but its peer is told anything. */
    public Exchange open(Session session) {
        return open(session, "", delivery -> null);
    }

    /**
     * Takes over a session that will join rooms.
     *
     * @param name what others read; a label
     */
    public Exchange open(Session session, String name, Broadcast.Encoding<Frame> encoding) {
        User user = new User("guest:" + session.getId(), name, true);
        SocketConnection connection = connections.open(session, Peer.unknown(user, caller(session)), encoding);
        return new Exchange(connection, settings.messageBytes(), pool);
    }

    private static CallerPrincipal caller(Session session) {
        return session.getUserPrincipal() instanceof CallerPrincipal caller ? caller : null;
    }
}

package org.parley.endpoint;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.Session;

import org.parley.hub.Access;
import org.parley.hub.Broadcast;
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;
import org.parley.hub.User;

/** The registry of open connections, of every endpoint: who is in the hub, and who has fallen silent. */
@ApplicationScoped
public class Connections {
    /** A send that is not through by then will not be: the peer has stopped reading, or is gone. */
    private static final long STALLED = TimeUnit.SECONDS.toNanos(10);

    private final Map<String, SocketConnection> connections = new ConcurrentHashMap<>();

    @Inject
    Hub hub;

    @Inject
    EndpointSettings settings;

    @Inject
    RequestPool pool;

    /**
     * Enters a session into the hub.
     *
     * @param batch frames that one send may take: 1 where the encoding packs messages itself
     */
    public SocketConnection open(
            Session session, User user, Access access, Broadcast.Encoding<Frame> encoding, int batch) {
        SocketConnection connection = new SocketConnection(
                session, user, access, encoding, settings.outboxBytes(), batch, pool, this::forget);
        connections.put(session.getId(), connection);
        hub.open(connection);
        return connection;
    }

    /** The session's connection is over; call it from {@code @OnClose}. */
    public void closed(Session session) {
        SocketConnection connection = connections.get(session.getId());
        if (connection != null) {
            connection.closed();
        }
    }

    private void forget(SocketConnection connection) {
        connections.remove(connection.id(), connection);
        hub.close(connection);
    }

    public Collection<SocketConnection> all() {
        return connections.values();
    }

    public int count() {
        return connections.size();
    }

    /** Ends connections whose peer has stopped reading or has said nothing for two heartbeats. Once a second. */
    public void sweep() {
        long now = System.nanoTime();
        long silence = 2 * settings.heartbeat().toNanos();
        for (SocketConnection connection : connections.values()) {
            if (connection.outbox().stalledNanos(now) > STALLED) {
                connection.disconnect(Disconnect.SLOW_CONSUMER);
            } else if (connection.silentNanos(now) > silence) {
                connection.disconnect(Disconnect.HEARTBEAT);
            }
        }
    }

    /** Ends all of them. */
    public void disconnectAll(Disconnect why) {
        connections.values().forEach(connection -> connection.disconnect(why));
    }
}

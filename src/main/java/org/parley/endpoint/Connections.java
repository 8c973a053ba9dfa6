package org.parley.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;

import org.parley.event.Event;
import org.parley.hub.Broadcast;
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;

/** The registry of open connections, of every endpoint: who is in the hub, who is one too many, who has fallen silent. */
@ApplicationScoped
public class Connections {
    /** A send that is not through by then will not be: the peer has stopped reading, or is gone. */
    private static final long STALLED = TimeUnit.SECONDS.toNanos(10);

    private static final System.Logger LOGGER = System.getLogger(Connections.class.getName());

    /** What whoever runs the server wants to know of; the others are daily business, or of the client's making. */
    private static final Set<Disconnect> UNUSUAL =
            EnumSet.of(Disconnect.SERVER_ERROR, Disconnect.SLOW_CONSUMER, Disconnect.TRY_LATER, Disconnect.REVOKED);

    /** How long closes that are under way may take when the server ends. */
    private static final long CLOSED_WITHIN = TimeUnit.SECONDS.toNanos(1);

    /** Room for what {@link Transfers} lets wait, whatever is set for frames of chat. */
    private static final int LARGE_OUTBOX = 1 << 20;

    private final Map<String, SocketConnection> connections = new ConcurrentHashMap<>();
    private final Tally users = new Tally();
    private final Tally addresses = new Tally();
    private final Traffic traffic = new Traffic();
    private volatile boolean closing;

    @Inject
    Hub hub;

    @Inject
    EndpointSettings settings;

    @Inject
    RequestPool pool;

    /**
     * Enters a session into the hub; or, if it is one too many, ends it with a code that its page can see.
     *
     * @return a connection that may have ended already
     */
    public SocketConnection open(Session session, Peer peer, Broadcast.Encoding<Frame> encoding) {
        return enter(session, peer, encoding, new Outbox.Bounds(settings.outboxBytes(), SocketConnection.BATCH));
    }

    /** The same for one that joins no rooms and sends large frames: each must be through in time, not many together. */
    SocketConnection openAlone(Session session, Peer peer) {
        return enter(session, peer, delivery -> null, new Outbox.Bounds(LARGE_OUTBOX, 1));
    }

    private SocketConnection enter(
            Session session, Peer peer, Broadcast.Encoding<Frame> encoding, Outbox.Bounds bounds) {
        SocketConnection connection =
                new SocketConnection(session, peer, encoding, bounds, pool, traffic, this::forget);
        // The tutorials' clients send nothing of their own, but every WebSocket answers a ping (RFC 6455 section
        // 5.5.2).
        session.addMessageHandler(PongMessage.class, pong -> connection.heard());
        connections.put(session.getId(), connection);
        boolean fits = users.add(peer.user().id()) <= settings.perUser();
        fits &= addresses.add(peer.countedBy()) <= settings.perAddress();
        hub.open(connection);
        Event.of("connection-opened", connection.id())
                .with("user", peer.user().id())
                .with("address", peer.visitor() == null ? null : peer.visitor().address())
                .debug(LOGGER);
        if (closing) {
            connection.disconnect(Disconnect.RESTARTING);
        } else if (connections.size() > settings.connections()) {
            connection.disconnect(Disconnect.TRY_LATER);
        } else if (!fits) {
            connection.disconnect(Disconnect.TOO_MANY_REQUESTS);
        }
        return connection;
    }

    /** The session's connection is over; call it from {@code @OnClose}. */
    public void closed(Session session) {
        SocketConnection connection = connections.get(session.getId());
        if (connection != null) {
            connection.closed();
        }
    }

    private void forget(SocketConnection connection, Disconnect why) {
        traffic.end(why);
        Event ended = Event.of("connection-ended", connection.id()).with("reason", why == null ? "peer" : why.reason());
        if (why != null && UNUSUAL.contains(why)) {
            ended.info(LOGGER);
        } else {
            ended.debug(LOGGER);
        }
        connections.remove(connection.session().getId(), connection);
        users.remove(connection.user().id());
        addresses.remove(connection.peer().countedBy());
        hub.close(connection);
    }

    public Collection<SocketConnection> all() {
        return connections.values();
    }

    public int count() {
        return connections.size();
    }

    public Traffic traffic() {
        return traffic;
    }

    /** Whether all are being ended, since the server ends. */
    public boolean closing() {
        return closing;
    }

    /**
     * Ends connections whose peer has stopped reading, has said nothing for two heartbeats, or whose token has expired;
     * asks those that have been silent for one. Once a second.
     */
    public void sweep() {
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        long heartbeat = settings.heartbeat().toNanos();
        List<SocketConnection> silent = new ArrayList<>();
        for (SocketConnection connection : connections.values()) {
            if (connection.outbox().stalledNanos(nanos) > STALLED) {
                connection.disconnect(Disconnect.SLOW_CONSUMER);
            } else if (connection.silentNanos(nanos) > 2 * heartbeat) {
                connection.disconnect(Disconnect.HEARTBEAT);
            } else if (connection.peer().expired(millis)) {
                connection.disconnect(Disconnect.TOKEN_EXPIRED);
            } else if (connection.silentNanos(nanos) > heartbeat) {
                silent.add(connection);
            }
        }
        if (!silent.isEmpty()) {
            pool.execute(() -> silent.forEach(SocketConnection::ping));
        }
    }

    /**
     * Ends all of them, now and to come, evenly over the time that {@link EndpointSettings#shutdown} says, so that their
     * clients do not come back all at once. Returns when the last close has been written, or soon after that time.
     */
    public synchronized void shutDown() {
        closing = true;
        List<SocketConnection> open = List.copyOf(connections.values());
        long pause = settings.shutdown().toNanos() / Math.max(1, open.size());
        for (SocketConnection connection : open) {
            connection.disconnect(Disconnect.RESTARTING);
            LockSupport.parkNanos(Math.min(pause, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        long limit = System.nanoTime() + CLOSED_WITHIN;
        while (open.stream().anyMatch(SocketConnection::isOpen) && System.nanoTime() < limit) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Takes connections again: the server that was about to end goes on. */
    public synchronized void reopen() {
        closing = false;
    }
}

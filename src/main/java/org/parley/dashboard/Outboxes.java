package org.parley.dashboard;

import org.parley.endpoint.Connections;
import org.parley.endpoint.SocketConnection;

/** What waits to be sent on all connections, of which there may be many thousands. */
final class Outboxes {

    /**
     * @param bytes of all connections together
     * @param longest bytes of the connection that is furthest behind
     */
    record Waiting(long bytes, long longest) {}

    private final Connections connections;
    private final Memoized<Waiting> waiting = new Memoized<>(this::sum);

    Outboxes(Connections connections) {
        this.connections = connections;
    }

    /** At most a second old. */
    Waiting look() {
        return waiting.get();
    }

    private Waiting sum() {
        long bytes = 0;
        long longest = 0;
        for (SocketConnection connection : connections.all()) {
            long size = connection.outbox().size();
            bytes += size;
            longest = Math.max(longest, size);
        }
        return new Waiting(bytes, longest);
    }
}

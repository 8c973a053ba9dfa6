package org.parley.dashboard;

import org.parley.endpoint.Connections;
import org.parley.endpoint.SocketConnection;

/** What waits to be sent on all connections; looked at once a second at most, as there may be many thousands. */
final class Outboxes {
    private static final long FRESH_NANOS = 1_000_000_000;

    /**
     * @param bytes of all connections together
     * @param longest bytes of the connection that is furthest behind
     */
    record Waiting(long bytes, long longest) {}

    private final Connections connections;
    private Waiting waiting;
    private long looked;

    Outboxes(Connections connections) {
        this.connections = connections;
    }

    /** At most a second old. */
    synchronized Waiting look() {
        long now = System.nanoTime();
        if (waiting == null || now - looked >= FRESH_NANOS) {
            looked = now;
            waiting = sum();
        }
        return waiting;
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

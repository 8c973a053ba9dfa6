package org.parley.bench.load;

import java.util.HashMap;
import java.util.Map;

/** Connections that join and then only are there. */
public final class Gathering implements AutoCloseable {
    private static final int HANDSHAKES = 64;

    private final Generator generator;
    private final Crowd crowd;
    /** What each connection was told when it joined; written on the event loop. */
    private final Map<Integer, String> joined = new HashMap<>();

    /**
     * @param rooms connection i joins room i mod {@code rooms}
     * @param atOnce handshakes that may be under way at a time
     */
    public Gathering(Generator generator, Dialect dialect, int connections, int rooms, int atOnce) {
        this.generator = generator;
        this.crowd = new Crowd(generator, dialect, connections, i -> i % rooms, atOnce);
        crowd.onJoined((wire, text) -> joined.put(wire.number, text));
    }

    public Gathering(Generator generator, Dialect dialect, int connections, int rooms) {
        this(generator, dialect, connections, rooms, HANDSHAKES);
    }

    /** @return seconds until the last one had joined */
    public double join() {
        long before = System.nanoTime();
        crowd.join();
        return (System.nanoTime() - before) / 1e9;
    }

    /** The answer to each connection's join. */
    public Map<Integer, String> joined() {
        return generator.call(() -> Map.copyOf(joined));
    }

    /** Ends all connections without a goodbye, as when a network goes away. */
    public void cut() {
        crowd.cut();
    }

    @Override
    public void close() {
        crowd.leave();
    }
}

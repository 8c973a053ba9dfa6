package org.parley.hub;

import java.time.Duration;

/**
 * Tells other nodes what this one did. A hint, never the truth: it may lose, repeat and reorder what it carries; the
 * hub finds the holes in the log. It never blocks the caller on a network, but for {@link #subscribe}.
 */
public interface Backplane extends AutoCloseable {

    /** This node's name among the others, which no other node ever has had. */
    String node();

    /** What arrives here was announced by another node. Called once, before anything else. */
    void listen(Listener listener);

    /**
     * Other nodes' announcements for the room arrive from when this returns; with the broker away, from when it is back.
     * Waits for the broker's confirmation, for two seconds at most.
     */
    void subscribe(String room);

    void unsubscribe(String room);

    /** To all nodes that have subscribed to its room; of no room: to all nodes. */
    void announce(Announcement announcement);

    State state();

    @Override
    void close();

    /** The hub's side. Called on the backplane's threads, never with an announcement of the own node. */
    interface Listener {
        /** @param node who says so */
        void announced(String node, Announcement announcement);

        /** Announcements may have been missed: look into the log now. */
        void reconnected();
    }

    /**
     * How it does.
     *
     * @param connected whether other nodes can be reached; true where there are none
     * @param lag how long the last announcement to itself took through the broker; zero where there is none
     * @param dropped announcements that were thrown away because the broker was away or too slow
     */
    record State(boolean connected, Duration lag, long dropped) {
        public static final State ALONE = new State(true, Duration.ZERO, 0);
    }
}

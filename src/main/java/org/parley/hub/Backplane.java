package org.parley.hub;

import java.time.Duration;
import java.util.List;

/**
 * Tells other nodes what this one did. A hint, never the truth: it may lose, repeat and reorder what it carries; the
 * hub finds the holes in the log. It never blocks the caller on a network.
 */
public interface Backplane extends AutoCloseable {

    /** What arrives here was published on another node. Called once, before anything else. */
    void listen(Listener listener);

    /**
     * Other nodes' announcements for the room arrive from when this returns; with the broker away, from when it is back.
     *
     */
    void subscribe(String room);

    void unsubscribe(String room);

    /** Numbered messages that were committed here, ascending and without holes. */
    void committed(String room, String epoch, List<Message> messages);

    /** Messages of an ephemeral room. */
    void published(String room, List<Message> messages);

    void signalled(String room, Signal signal);

    State state();

    @Override
    void close();

    /** The hub's side. Called on the backplane's threads, never with an announcement of the own node. */
    interface Listener {
        void committed(String room, String epoch, List<Message> messages);

        void published(String room, List<Message> messages);

        void signalled(String room, Signal signal);

        /** Announcements may have been missed: look into the log now. */
        void reconnected();
    }

    /** Something that is worth telling only now, such as typing. */
    record Signal(User from, String kind, String body) {}

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

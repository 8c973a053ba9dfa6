package org.parley.backplane;

import java.io.IOException;
import java.util.Collection;

/** A connection to a broker over which texts are received. */
interface Receiver extends AutoCloseable {
    /** Where what is received goes, on the thread of {@link #run}. */
    interface Events {
        /** What is sent to the channel from now on is heard; once for each time that it was asked for. */
        void confirmed(String channel);

        void heard(String text);
    }

    /** How long a connection may be silent: each node sends itself something more often. */
    int SILENCE_MILLIS = 6_000;

    /**
     * Listens to these channels, and to those that are asked for later, until the connection breaks, is silent for too
     * long or is closed.
     */
    void run(Collection<String> channels, Events events) throws IOException;

    /** Any thread, once a channel of {@link #run} was confirmed; does not wait for the confirmation. */
    void subscribe(String channel) throws IOException;

    /** Any thread, as {@link #subscribe}. */
    void unsubscribe(String channel) throws IOException;

    /** Any thread; {@link #run} ends. */
    @Override
    void close();
}

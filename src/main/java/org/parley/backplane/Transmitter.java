package org.parley.backplane;

import java.io.IOException;
import java.util.List;

/** A connection to a broker over which texts are sent. Used by one thread. */
interface Transmitter extends AutoCloseable {
    /** A text for all who listen to the channel. */
    record Parcel(String channel, String text) {}

    /** In their order; returns when the broker has them. */
    void send(List<Parcel> parcels) throws IOException;

    @Override
    void close();
}

package org.parley.endpoint;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

import org.parley.hub.Disconnect;

/** What went over the wire since the start, and how connections ended. Thread-safe, cheap to count. */
public final class Traffic {
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final LongAdder[] ended = new LongAdder[Disconnect.values().length];

    Traffic() {
        Arrays.setAll(ended, why -> new LongAdder());
    }

    void receive(int bytes) {
        received.add(bytes);
    }

    void send(int bytes) {
        sent.add(bytes);
    }

    /** @param why null if the peer went, or the network */
    void end(Disconnect why) {
        (why == null ? left : ended[why.ordinal()]).increment();
    }

    /** Payload of data frames that came, in bytes (RFC 6455 section 5.2). */
    public long received() {
        return received.sum();
    }

    /** Payload of data frames handed to the container, in bytes. */
    public long sent() {
        return sent.sum();
    }

    /** Connections that their peer, or the network, ended. */
    public long left() {
        return left.sum();
    }

    /** Connections that the server ended for that reason. */
    public long ended(Disconnect why) {
        return ended[why.ordinal()].sum();
    }
}

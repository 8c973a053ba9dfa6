package org.parley.hub;

import java.util.concurrent.atomic.LongAdder;

/** What the hub has done since it started. Read by whoever shows figures; written by the hub only. */
public final class Counters {
    final LongAdder joined = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder delivered = new LongAdder();

    Counters() {}

    /** Subscriptions begun. */
    public long joined() {
        return joined.sum();
    }

    /** Messages taken in, of all classes of rooms. */
    public long published() {
        return published.sum();
    }

    /** Messages handed to connections: one message to a hundred readers counts a hundred. */
    public long delivered() {
        return delivered.sum();
    }
}

package org.parley.hub;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What the hub has done since it started. Read by whoever shows figures; written by the hub and what speaks for it. */
public final class Counters {
    final LongAdder joined = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder resumed = new LongAdder();
    final LongAdder unrecovered = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder[] failed = new LongAdder[ErrorCode.values().length];
    private volatile Measurements measurements = Measurements.NONE;

    Counters() {
        Arrays.setAll(failed, code -> new LongAdder());
    }

    /** From now on times go there. */
    public void measureBy(Measurements to) {
        measurements = to;
    }

    Measurements measurements() {
        return measurements;
    }

    /** Counts an answer that says why a request failed; others are not counted. */
    public void answered(Delivery answer) {
        if (answer instanceof Delivery.Failed because) {
            failed[because.code().ordinal()].increment();
        }
    }

    /** Counts a wait that is not over; what a token bucket answered. */
    long limited(long wait) {
        if (wait > 0) {
            rateLimited.increment();
        }
        return wait;
    }

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

    /** Joins that named a position to go on from. */
    public long resumed() {
        return resumed.sum();
    }

    /** Resumes that could not go on from there: their client was told of a hole. */
    public long unrecovered() {
        return unrecovered.sum();
    }

    /** Publishes and signals refused because their connection sent too many. */
    public long rateLimited() {
        return rateLimited.sum();
    }

    /** Requests answered with that error. */
    public long failed(ErrorCode code) {
        return failed[code.ordinal()].sum();
    }
}

package org.parley.dashboard;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What costs too much to find out for each who asks: found out once a second at most, for all of them. Thread-safe. */
final class Memoized<T> implements Supplier<T> {
    private static final long FRESH_NANOS = 1_000_000_000;

    private final Supplier<T> source;
    private final LongSupplier nanos;
    private T value;
    private long found;

    /** @param source never gives null */
    Memoized(Supplier<T> source) {
        this(source, System::nanoTime);
    }

    /** @param nanos the time as {@link System#nanoTime} tells it */
    Memoized(Supplier<T> source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /** At most a second old. */
    @Override
    public synchronized T get() {
        return value == null || nanos.getAsLong() - found >= FRESH_NANOS ? renewed() : value;
    }

    /** Found out now. */
    synchronized T renewed() {
        found = nanos.getAsLong();
        value = source.get();
        return value;
    }
}

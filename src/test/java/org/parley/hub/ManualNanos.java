package org.parley.hub;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** {@link System#nanoTime} in a test's hands; it begins negative, as the real one may. */
public final class ManualNanos implements LongSupplier {
    private final AtomicLong now = new AtomicLong(-TimeUnit.HOURS.toNanos(1));

    @Override
    public long getAsLong() {
        return now.get();
    }

    public void advance(long amount, TimeUnit unit) {
        now.addAndGet(unit.toNanos(amount));
    }
}

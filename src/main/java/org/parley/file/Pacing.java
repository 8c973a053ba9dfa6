package org.parley.file;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The pace of all transfers of this server together. While people chat, files get an eighth of the time: whoever has worked
 * for a file then rests for seven times as long. When nobody has said anything for a while, they get all of it.
 *
 * <p>A share of the time and not a rate, since what a disk and a processor can do is not known. Thread-safe.
 */
public final class Pacing {
    private static final int REST = 7;
    /** A disk that hung for a minute is no reason to rest for seven. */
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long QUIET = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier said;
    private final LongSupplier nanos;

    // Guarded by this
    private long seen;
    private long heard;
    private long free;

    /** @param said how many messages people have sent; that it is less for a moment means nothing */
    public Pacing(LongSupplier said) {
        this(said, System::nanoTime);
    }

    /**
     * As {@link #Pacing(LongSupplier)}.
     *
     * @param nanos the time as {@link System#nanoTime} tells it
     */
    public Pacing(LongSupplier said, LongSupplier nanos) {
        this.said = said;
        this.nanos = nanos;
        this.seen = said.getAsLong();
        this.free = nanos.getAsLong();
        this.heard = free - QUIET;
    }

    /**
     * Work for a file is done.
     *
     * @param worked nanoseconds that it took
     * @return nanoseconds for which nothing more is to be done for the same file; 0: go on
     */
    public synchronized long rest(long worked) {
        long now = nanos.getAsLong();
        if (!chatting(now)) {
            free = now;
            return 0;
        }
        // Behind the rest that others take: the share is one of all transfers together.
        free = now + Math.max(0, free - now) + REST * Math.min(worked, LONGEST);
        return free - now;
    }

    /**
     * Whether people chat. Work for a file is then to be done in small pieces: what they say waits for the one that is under
     * way.
     */
    public synchronized boolean chatting() {
        return chatting(nanos.getAsLong());
    }

    private boolean chatting(long now) {
        long count = said.getAsLong();
        if (count > seen) {
            seen = count;
            heard = now;
        }
        return now - heard < QUIET;
    }
}

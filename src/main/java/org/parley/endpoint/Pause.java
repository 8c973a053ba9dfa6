package org.parley.endpoint;

import org.parley.file.FilePool;

/** One connection's rests from transfers, as {@link org.parley.file.Pacing} wants them. {@link #after} is for one thread at a time. */
final class Pause {
    private final FilePool pool;
    private final Runnable over;
    private volatile boolean resting;

    /** @param over called after each rest; it must not block */
    Pause(FilePool pool, Runnable over) {
        this.pool = pool;
        this.over = over;
    }

    /** @param begun when the work that is now done was begun, as {@link System#nanoTime} told it */
    void after(long begun) {
        long rest = pool.pacing().rest(System.nanoTime() - begun);
        if (rest > 0 && !resting) {
            resting = true;
            pool.timer().once(rest, this::end);
        }
    }

    private void end() {
        resting = false;
        over.run();
    }

    boolean resting() {
        return resting;
    }
}

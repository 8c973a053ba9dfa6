package org.parley.file;

import java.util.concurrent.Executor;

/**
 * Runs what files wait for, in few threads of its own and at a pace of its own: a slow disk under uploads holds up no join
 * and no history.
 *
 * @param pacing of all of it
 */
public record FilePool(Executor executor, Timer timer, Pacing pacing) implements Executor {
    /** Runs a task that never blocks, once, after so many nanoseconds. */
    @FunctionalInterface
    public interface Timer {
        void once(long nanos, Runnable task);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }
}

package org.parley.endpoint;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * What one connection asked for, done in the order it came: at once in the callback where that cannot block and nothing
 * waits, else by a pool, one task at a time.
 *
 * <p>{@link #run} and {@link #submit} are called by the container's callbacks only, one at a time.
 */
final class SerialQueue {
    private static final int CAPACITY = 64;

    private final Executor executor;
    // Guarded by this
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(4);
    private boolean running;

    SerialQueue(Executor executor) {
        this.executor = executor;
    }

    /**
     * A task that never blocks.
     *
     * @return false if too many are waiting
     */
    boolean run(Runnable task) {
        synchronized (this) {
            if (running) {
                return enqueue(task);
            }
        }
        // Nothing else can start meanwhile: only this callback submits.
        task.run();
        return true;
    }

    /**
     * A task that may wait for a disk or a database.
     *
     * @return false if too many are waiting
     */
    boolean submit(Runnable task) {
        synchronized (this) {
            if (running) {
                return enqueue(task);
            }
            running = true;
        }
        execute(task);
        return true;
    }

    private boolean enqueue(Runnable task) {
        if (waiting.size() >= CAPACITY) {
            return false;
        }
        waiting.add(task);
        return true;
    }

    private void execute(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } finally {
                next();
            }
        });
    }

    private void next() {
        Runnable task;
        synchronized (this) {
            task = waiting.poll();
            running = task != null;
        }
        if (task != null) {
            execute(task);
        }
    }
}

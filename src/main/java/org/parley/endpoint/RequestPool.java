package org.parley.endpoint;

import java.util.concurrent.Executor;

/** Runs what a container's callback must not: requests that wait for a disk or a database, and closes that block. */
public record RequestPool(Executor executor) implements Executor {
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }
}

package org.parley.file;

import java.util.concurrent.Executor;

/** Runs what files wait for, in few threads of its own: a slow disk under uploads holds up no join and no history. */
public record FilePool(Executor executor) implements Executor {
    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }
}

package org.parley.endpoint;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Holds answers back while the container has more messages of the same peer at hand, so that they go out in one write.
 *
 * <p>Undertow 2.3 hands over the frames that it has read one by one, each by a task at the end of its I/O thread's queue,
 * and looks at no other connection while there is more to read. A peer that is answered at once writes its next message
 * into that loop, and all others wait for it. Its I/O threads are {@link Executor}s of that queue (XNIO 3.8), which shows
 * when the loop is over: a task that stood behind the next frame's has run, and there was no frame.
 *
 * <p>On other threads, and so on other containers, nothing is held back. Thread-safe.
 */
final class Cork implements Runnable {
    /** So many, or so many bytes of them, are not held back any longer. */
    static final int MOST = SocketConnection.BATCH;

    static final int MOST_BYTES = 16 * 1024;

    private final Runnable flush;
    // Guarded by this
    private Executor loop;
    private int held;
    private int heldBytes;
    private boolean another;

    /** @param flush sends what waits; called without locks */
    Cork(Runnable flush) {
        this.flush = flush;
    }

    /** Another answer, of so many bytes, waits to be sent. */
    void answered(int bytes) {
        if (!(Thread.currentThread() instanceof Executor thread && hold(thread, bytes))) {
            flush.run();
        }
    }

    private synchronized boolean hold(Executor thread, int bytes) {
        another = true;
        held++;
        heldBytes += bytes;
        if (held >= MOST || heldBytes >= MOST_BYTES) {
            forget();
            return false;
        }
        return loop != null || watch(thread);
    }

    private boolean watch(Executor thread) {
        try {
            thread.execute(this);
            loop = thread;
            return true;
        } catch (RejectedExecutionException e) {
            // The thread is being shut down: nothing comes after this.
            loop = null;
            return false;
        }
    }

    /** In the loop: behind what the container was about to hand over when this was put there. */
    @Override
    public void run() {
        if (!hasMore()) {
            flush.run();
        }
    }

    private synchronized boolean hasMore() {
        if (another) {
            another = false;
            return watch(loop);
        }
        loop = null;
        forget();
        return false;
    }

    private void forget() {
        held = 0;
        heldBytes = 0;
    }
}

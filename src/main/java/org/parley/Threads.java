package org.parley;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.parley.event.Event;

/**
 * Parley's pools. They are its own, on the server's threads, so that they end with the application and a slow disk in one
 * does not hold up the other.
 */
final class Threads implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("org.parley");
    /** Requests that wait for a disk or a peer at once. */
    private static final int REQUESTS = 16;

    /** Transfers that wait for the disk at once: files must not take what chat needs. */
    private static final int FILES = 4;

    private static final long PATIENCE_SECONDS = 5;

    private final ThreadFactory factory;
    private final ThreadPoolExecutor deliveries;
    private final ThreadPoolExecutor requests;
    private final ThreadPoolExecutor files;
    private final ScheduledThreadPoolExecutor timer;
    /** For what may wait for the database: while that is away, nothing else is to be late. */
    private final ScheduledThreadPoolExecutor waitingTimer;

    private Thread writer;

    Threads(ThreadFactory factory) {
        this.factory = factory;
        deliveries = pool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        requests = pool(REQUESTS);
        files = pool(FILES);
        timer = timer();
        waitingTimer = timer();
    }

    private ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, factory);
        made.setRemoveOnCancelPolicy(true);
        // What somebody still wants to do later, when there is no later, is left out.
        made.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return made;
    }

    /** Unbounded queues: what enters is bounded by rooms and by each connection's serial queue. */
    private ThreadPoolExecutor pool(int size) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    ExecutorService deliveries() {
        return deliveries;
    }

    ExecutorService requests() {
        return requests;
    }

    ExecutorService files() {
        return files;
    }

    void every(long period, TimeUnit unit, Runnable task) {
        timer.scheduleWithFixedDelay(() -> guarded(task), period, period, unit);
    }

    /** For a task that may wait for the database. */
    void everyWaiting(long period, TimeUnit unit, Runnable task) {
        waitingTimer.scheduleWithFixedDelay(() -> guarded(task), period, period, unit);
    }

    void once(long delay, TimeUnit unit, Runnable task) {
        timer.schedule(() -> guarded(task), delay, unit);
    }

    /** A task that throws would never be run again, and nobody would know. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Event.of("timer-failed").error(LOGGER, e);
        }
    }

    void startWriter(Runnable task) {
        writer = factory.newThread(task);
        writer.start();
    }

    /** Whether the writer has not ended, as it may only after it was told to. */
    boolean writing() {
        return writer != null && writer.isAlive();
    }

    /** Waits until the writer, which was told to end, has stored and answered what waits. */
    void joinWriter() {
        try {
            if (writer != null) {
                writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        waitingTimer.shutdownNow();
        deliveries.shutdown();
        requests.shutdown();
        files.shutdown();
        try {
            if (!deliveries.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    || !requests.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    || !files.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Event.of("threads-did-not-end").warn(LOGGER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deliveries.shutdownNow();
        requests.shutdownNow();
        files.shutdownNow();
    }
}

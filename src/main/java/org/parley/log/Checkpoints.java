package org.parley.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

import org.parley.event.Event;

/**
 * Copies the write-ahead log of SQLite back into its database on a thread of its own, so that no append waits for it. A
 * passive checkpoint hinders nobody but cannot start the file over while readers or the writer are busy; once the file
 * is large, the writer is made to wait for what is left of it.
 */
final class Checkpoints implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Checkpoints.class.getName());
    private static final long INTERVAL_MS = 250;
    private static final int REPEATS = 2;

    private final DataSource database;
    private final DataSource writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private final int large;
    private volatile LongConsumer worked = nanos -> {};

    // Guarded by lock
    private boolean dirty;
    private boolean closed;

    /**
     * @param writer the pool of the one connection that writes
     * @param large pages of a write-ahead log that is to be started over
     */
    Checkpoints(DataSource database, DataSource writer, int large, ThreadFactory threads) {
        this.database = database;
        this.writer = writer;
        this.large = large;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** @param worked told how many nanoseconds each one took */
    void onWork(LongConsumer worked) {
        this.worked = worked;
    }

    /** Something was committed. */
    void committed() {
        lock.lock();
        try {
            if (!dirty) {
                dirty = true;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitCommit()) {
                long begun = System.nanoTime();
                checkpoint();
                worked.accept(System.nanoTime() - begun);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return false when closed */
    private boolean awaitCommit() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(INTERVAL_MS);
            while (!closed && (left > 0 || !dirty)) {
                if (left > 0) {
                    left = changed.awaitNanos(left);
                } else {
                    changed.await();
                }
            }
            dirty = false;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void checkpoint() {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            long pages = pages(statement, "PASSIVE");
            // What is committed meanwhile is less than what was copied: the next one has less to do, and the writer to
            // wait for.
            for (int again = 0; pages > large && again < REPEATS; again++) {
                pages = pages(statement, "PASSIVE");
            }
            if (pages > large) {
                startOver(statement);
            }
        } catch (SQLException e) {
            // The write-ahead log grows until it can be copied into the database.
            Event.of("checkpoint-failed").with("reason", e.getMessage()).warn(LOG);
        }
    }

    /**
     * Takes the writer's place meanwhile, so that the next append wakes up as soon as this is done. The file keeps its
     * size: cutting it off and letting it grow again made appends wait for 150 ms every few seconds.
     */
    private void startOver(Statement statement) throws SQLException {
        Connection nobodyWrites = writer.getConnection();
        try {
            pages(statement, "RESTART");
        } finally {
            nobodyWrites.close();
        }
    }

    /** @return how many pages the write-ahead log had */
    private static long pages(Statement statement, String mode) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
            return row.getLong("log");
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

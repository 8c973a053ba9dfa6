package org.parley.dashboard;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.parley.hub.Census;

/**
 * Whether this node does what it is for. Degraded is not down: a node that is cut off from the others, or has little disk
 * left, still serves those who are here, and would be missed.
 */
public final class Health {
    /** Below this nothing is stored any more soon. */
    private static final long LITTLE_DISK = 512L << 20;

    private static final long NO_DISK = 16L << 20;
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** From good to bad. */
    public enum Status {
        UP,
        DEGRADED,
        DOWN;

        /** As in JSON. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What one look at one thing found. */
    public record Check(String name, Status status) {}

    /** All of them, and the worst. */
    public record Report(Status status, List<Check> checks) {
        static Report of(List<Check> checks) {
            Status worst =
                    checks.stream().map(Check::status).max(Enum::compareTo).orElse(Status.UP);
            return new Report(worst, checks);
        }

        /** Whether the node is to be used. */
        public boolean usable() {
            return status != Status.DOWN;
        }
    }

    private final Census census;
    private final BooleanSupplier files;
    private final BooleanSupplier writing;
    private final BooleanSupplier ending;
    private final Optional<File> disk;
    private volatile boolean databaseUp = true;
    private volatile boolean filesUp = true;
    private volatile long asked = System.nanoTime() - FRESH_NANOS;

    /**
     * @param files whether the store of files answers; may wait for it
     * @param writing whether the thread that stores messages lives
     * @param ending whether the server is about to end
     * @param disk where the embedded database lies, if it is used
     */
    public Health(
            Census census,
            BooleanSupplier files,
            BooleanSupplier writing,
            BooleanSupplier ending,
            Optional<Path> disk) {
        this.census = census;
        this.files = files;
        this.writing = writing;
        this.ending = ending;
        this.disk = disk.map(Path::toFile);
    }

    /** Whether a restart would help. Never waits. */
    public Report live() {
        return Report.of(List.of(check("writer", writing.getAsBoolean() ? Status.UP : Status.DOWN)));
    }

    /** Whether clients should be sent here. May wait for the database. */
    public Report ready() {
        askDatabase();
        return Report.of(List.of(
                check("database", databaseUp ? Status.UP : Status.DOWN),
                check("files", filesUp ? Status.UP : Status.DEGRADED),
                check("backplane", census.backplane().connected() ? Status.UP : Status.DEGRADED),
                check("disk", disk.map(Health::space).orElse(Status.UP)),
                check("append-queue", queue()),
                check("server", ending.getAsBoolean() ? Status.DOWN : Status.UP)));
    }

    private static Check check(String name, Status status) {
        return new Check(name, status);
    }

    private static Status space(File directory) {
        long free = directory.getUsableSpace();
        if (free < NO_DISK) {
            return Status.DOWN;
        }
        return free < LITTLE_DISK ? Status.DEGRADED : Status.UP;
    }

    /** Being overloaded is no reason to send all clients elsewhere, where they would be the next overload. */
    private Status queue() {
        return census.appendQueue() > census.appendQueueLimit() / 2 ? Status.DEGRADED : Status.UP;
    }

    /** Asks the database, unless it was asked within the last second: whoever asks for health costs it no more. */
    synchronized void askDatabase() {
        if (System.nanoTime() - asked >= FRESH_NANOS) {
            databaseUp = census.logAnswers();
            filesUp = files.getAsBoolean();
            asked = System.nanoTime();
        }
    }

    /** Whether it answered when it was asked last. */
    boolean databaseUp() {
        return databaseUp;
    }
}

package org.parley.log;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Removes what is not kept any longer, in transactions so small that appends do not notice. */
final class Trimming {
    /** How long an idempotency key lives. */
    static final Duration KEY_LIFE = Duration.ofHours(24);

    private static final int ROOMS = 200;
    private static final int ROWS = 500;
    private static final int KEYS = 1_000;

    /** Joined with its oldest row, so that a room with nothing to trim costs one row each. */
    private static final String CANDIDATES = "SELECT r.id, r.name, r.last, r.first, m.time FROM room r"
            + " JOIN message m ON m.room_id = r.id AND m.seq = r.first"
            + " WHERE r.id > ? AND r.class = 'LOG' ORDER BY r.id LIMIT ?";

    private static final String YOUNGER =
            "SELECT seq FROM message" + " WHERE room_id = ? AND seq BETWEEN ? AND ? AND time >= ? ORDER BY seq LIMIT 1";
    private static final String LAST_TRIMMED = "SELECT n FROM message WHERE room_id = ? AND seq = ?";
    private static final String DELETE = "DELETE FROM message WHERE room_id = ? AND seq < ?";
    private static final String DELETE_REACTIONS = "DELETE FROM reaction WHERE room_id = ? AND target < ?";
    private static final String UPDATE = "UPDATE room SET first = ?, trimmed_n = ? WHERE id = ?";
    private static final String KEY_RANGE = "SELECT min(number), max(number) FROM"
            + " (SELECT number FROM idempotency WHERE number > ? ORDER BY number LIMIT ?) AS oldest";
    private static final String DELETE_KEYS = "DELETE FROM idempotency WHERE number BETWEEN ? AND ? AND stored < ?";

    private final Database database;
    private final Rooms rooms;
    private final Function<String, Retention> retention;

    Trimming(Database database, Rooms rooms, Function<String, Retention> retention) {
        this.database = database;
        this.rooms = rooms;
        this.retention = retention;
    }

    private record Candidate(long id, String name, long last, long first, long oldest) {}

    /** @return how many messages were removed */
    long trim(Instant now) throws SQLException {
        sweepKeys(now.minus(KEY_LIFE).toEpochMilli());
        long trimmed = 0;
        List<Candidate> candidates = candidates(0);
        while (!candidates.isEmpty()) {
            for (Candidate candidate : candidates) {
                trimmed += trim(candidate, now);
            }
            candidates = candidates(candidates.get(candidates.size() - 1).id());
        }
        return trimmed;
    }

    private List<Candidate> candidates(long afterId) throws SQLException {
        try (Transaction transaction = database.read()) {
            return transaction.query(
                    CANDIDATES,
                    row -> new Candidate(
                            row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                    afterId,
                    ROOMS);
        }
    }

    private long trim(Candidate candidate, Instant now) throws SQLException {
        Retention kept = retention.apply(candidate.name());
        long oldest = oldestKept(kept.maxAge(), now);
        long first = Math.max(candidate.last() - kept.maxMessages() + 1, 1);
        if (candidate.first() >= first && candidate.oldest() >= oldest) {
            return 0;
        }
        long trimmed = 0;
        long step;
        do {
            step = trimSome(candidate.name(), kept.maxMessages(), oldest);
            trimmed += step;
        } while (step == ROWS);
        return trimmed;
    }

    /** In ms since 1970; so far back that it means for ever is as good as for ever. */
    private static long oldestKept(Duration maxAge, Instant now) {
        return maxAge.compareTo(Duration.ofMillis(now.toEpochMilli())) > 0
                ? 0
                : now.minus(maxAge).toEpochMilli();
    }

    /** One transaction; a room that somebody has locked is left for the next time. */
    private long trimSome(String name, long maxMessages, long oldest) throws SQLException {
        try (Transaction transaction = database.write()) {
            Room room =
                    rooms.lock(transaction, List.of(name), Dialect.Wait.SKIP).get(name);
            if (room == null) {
                return 0;
            }
            long end = Math.min(room.first() + ROWS, room.last() + 1);
            long first = Math.min(end, firstKept(transaction, room, end, maxMessages, oldest));
            if (first <= room.first()) {
                return 0;
            }
            long n = transaction
                    .query(LAST_TRIMMED, row -> row.getLong(1), room.id, first - 1)
                    .get(0);
            transaction.update(DELETE, room.id, first);
            transaction.update(DELETE_REACTIONS, room.id, first);
            transaction.update(UPDATE, first, n, room.id);
            transaction.commit();
            return first - room.first();
        }
    }

    private static long firstKept(Transaction transaction, Room room, long end, long maxMessages, long oldest)
            throws SQLException {
        long byCount = room.last() - maxMessages + 1;
        List<Long> younger = transaction.query(YOUNGER, row -> row.getLong(1), room.id, room.first(), end - 1, oldest);
        return Math.max(byCount, younger.isEmpty() ? end : younger.get(0));
    }

    /** Keys come in the order of their numbers, so the first chunk with nothing to remove ends the sweep. */
    private void sweepKeys(long before) throws SQLException {
        long swept = 0;
        int removed;
        do {
            removed = 0;
            try (Transaction transaction = database.write()) {
                List<long[]> ranges =
                        transaction.query(KEY_RANGE, row -> new long[] {row.getLong(1), row.getLong(2)}, swept, KEYS);
                swept = ranges.get(0)[1];
                removed = transaction.update(DELETE_KEYS, ranges.get(0)[0], swept, before);
                transaction.commit();
            }
        } while (removed > 0);
    }
}

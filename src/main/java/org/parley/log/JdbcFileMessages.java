package org.parley.log;

import java.util.OptionalLong;

import org.parley.file.FileMessages;
import org.parley.hub.LogUnavailableException;

/** The messages that files hang on, in the log. */
public final class JdbcFileMessages implements FileMessages {
    private static final String FIND = "SELECT i.seq FROM idempotency i JOIN room r ON r.id = i.room_id"
            + " WHERE i.id = ? AND i.sender = ? AND r.name = ?";
    private static final String HAS = "SELECT 1 FROM message m JOIN room r ON r.id = m.room_id"
            + " WHERE r.name = ? AND m.seq = ? AND m.id = ? AND m.deleted = 0";

    private final Database database;

    public JdbcFileMessages(Database database) {
        this.database = database;
    }

    @Override
    public OptionalLong find(String room, String sender, String id) throws LogUnavailableException {
        return JdbcMessageLog.run("find a file's message", () -> {
            try (Transaction transaction = database.read()) {
                return transaction.query(FIND, row -> row.getLong(1), id, sender, room).stream()
                        .mapToLong(Long::longValue)
                        .findFirst();
            }
        });
    }

    @Override
    public boolean has(String room, long seq, String id) throws LogUnavailableException {
        return JdbcMessageLog.run("read a file's message", () -> {
            try (Transaction transaction = database.read()) {
                return !transaction
                        .query(HAS, row -> row.getInt(1), room, seq, id)
                        .isEmpty();
            }
        });
    }
}

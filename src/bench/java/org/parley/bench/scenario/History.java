package org.parley.bench.scenario;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills rooms of a SQLite file that no server has open: ten million messages in the time that publishing takes for one. */
final class History {
    private static final String NUMBERS =
            "WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < ?) ";

    private History() {}

    /** @param room exists and has no messages */
    static void fill(Path data, String room, long messages) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("chat.db"))) {
            try (Statement statement = database.createStatement()) {
                statement.execute("PRAGMA synchronous = OFF");
                statement.execute("PRAGMA cache_size = -262144");
            }
            database.setAutoCommit(false);
            long now = System.currentTimeMillis();
            update(
                    database,
                    NUMBERS + "INSERT INTO message (room_id, seq, n, time, id, sender, sender_name, guest, kind, body,"
                            + " root_before) SELECT r.id, i, i, ?, printf('%012x-%010x', ?, i), 'user::filler',"
                            + " 'filler', 0, 'text', '{\"text\":\"' || printf('%0128d', i) || '\"}', i - 1"
                            + " FROM number, room r WHERE r.name = ?",
                    messages,
                    now,
                    now,
                    room);
            // Their ids, as if all had been published within the last day.
            update(
                    database,
                    NUMBERS + "INSERT INTO idempotency (room_id, sender, id, seq, time, stored)"
                            + " SELECT r.id, 'user::filler', printf('%012x-%010x', ?, i), i, ?, ?"
                            + " FROM number, room r WHERE r.name = ?",
                    messages,
                    now,
                    now,
                    now,
                    room);
            update(
                    database,
                    "UPDATE room SET last = ?, n = ?, time = ?, last_root = ? WHERE name = ?",
                    messages,
                    messages,
                    now,
                    messages,
                    room);
            database.commit();
        }
    }

    private static void update(Connection database, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}

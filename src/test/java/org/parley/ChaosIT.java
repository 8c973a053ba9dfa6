package org.parley;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sqlite.SQLiteDataSource;

import org.parley.Transcript.Delivered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills the server, and the database under it, while people talk: what was acknowledged stays, and everybody sees the
 * same.
 *
 * <p>{@code -Dchaos.kills=…} says how often (3), {@code -Dchaos.seed=…} repeats a run's choice of moments, as far as
 * threads allow.
 */
class ChaosIT {
    private static final int KILLS = Integer.getInteger("chaos.kills", 3);
    private static final Conversation.Size SIZE = new Conversation.Size(4, 6, 4);

    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    @Test
    void keepsItsPromisesInSqlite() throws SQLException {
        ServerProcess server = servers.create("chaos-sqlite", Map.of());
        server.start();
        List<Delivered> log = survive(server, number -> {
            if (number % 5 == 4) {
                server.stop();
            } else {
                server.kill();
            }
            server.start();
        });
        server.stop();
        assertThat(Checker.differences(log, readFile(server.data().resolve("chat.db"))))
                .isEmpty();
    }

    @Test
    void keepsItsPromisesInPostgresql() {
        try (PostgresProcess database = new PostgresProcess("chaos-postgresql-database")) {
            database.start();
            ServerProcess server = servers.create("chaos-postgresql", database.properties());
            server.start();
            survive(server, number -> {
                switch (number % 4) {
                    case 0, 2 -> {
                        server.kill();
                        server.start();
                    }
                    case 1 -> {
                        database.kill();
                        database.start();
                    }
                    default -> {
                        database.stopImmediately();
                        database.start();
                    }
                }
            });
        }
    }

    private static List<Delivered> survive(ServerProcess server, IntConsumer strike) {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        try (Conversation conversation = new Conversation("ChaosIT", List.of(server), seed, SIZE)) {
            List<Delivered> log = conversation.survive(KILLS, strike);
            assertThat(conversation.everybodyCameBack()).isTrue();
            return log;
        }
    }

    private static List<Delivered> readFile(Path file) throws SQLException {
        List<Delivered> entries = new ArrayList<>();
        try (Connection connection = sqlite(file).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT r.name, r.epoch, m.seq, m.id, m.sender, m.kind, m.body"
                        + " FROM message m JOIN room r ON r.id = m.room_id ORDER BY r.name, m.seq")) {
            while (row.next()) {
                entries.add(new Delivered(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)));
            }
        }
        return entries;
    }

    /** Not by the driver's name: a database that was closed in this JVM has taken its drivers away. */
    private static SQLiteDataSource sqlite(Path file) {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + file);
        return database;
    }
}

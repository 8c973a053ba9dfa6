package org.parley;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
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
    private static final List<String> ROOMS = List.of("lobby", "kitchen", "garden");
    private static final int PUBLISHERS = 4;
    private static final int READERS = 6;
    private static final int PACE_MILLIS = 4;
    /** Of one publisher in one room; more only makes the catching up after a kill longer. */
    private static final int BACKLOG = 40;

    private static final Duration RECOVERY = Duration.ofSeconds(90);

    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final List<ProtocolClient> publishers = new ArrayList<>();
    private final List<ProtocolClient> clients = new ArrayList<>();
    private int kills;

    private interface Chaos {
        void strike(int number);
    }

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

    private List<Delivered> survive(ServerProcess server, Chaos chaos) {
        System.out.println("ChaosIT: -Dchaos.seed=" + seed + " chooses the same moments again");
        try {
            connect(server);
            IntStream.range(0, publishers.size()).forEach(this::talk);
            for (int number = 0; number < KILLS; number++) {
                // Now and then it dies again while clients are still coming back.
                if (number == 0 || random.nextInt(3) > 0) {
                    awaitProgress();
                }
                awaitRandomMoment();
                chaos.strike(number);
                kills++;
            }
            awaitProgress();
            timer.shutdown();
            return check(server);
        } finally {
            timer.shutdownNow();
            clients.forEach(ProtocolClient::close);
        }
    }

    private void connect(ServerProcess server) {
        for (int i = 0; i < PUBLISHERS + READERS; i++) {
            String name = i < PUBLISHERS ? "publisher " + i : "reader " + (i - PUBLISHERS);
            ProtocolClient client = new ProtocolClient(name, server.http(""), ROOMS, false).start();
            clients.add(client);
            if (i < PUBLISHERS) {
                publishers.add(client);
            }
        }
        await("everybody in every room").until(() -> clients.stream().allMatch(ProtocolClient::joined));
    }

    private void talk(int number) {
        ProtocolClient publisher = publishers.get(number);
        Random choice = new Random(seed + number);
        int[] count = new int[1];
        timer.scheduleAtFixedRate(
                () -> {
                    String room = ROOMS.get(choice.nextInt(ROOMS.size()));
                    if (publisher.waiting(room) < BACKLOG) {
                        publisher.publish(room, "message " + count[0]++ + " of publisher " + number);
                    }
                },
                0,
                PACE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private long acks() {
        return publishers.stream().mapToLong(p -> p.transcript().ackCount()).sum();
    }

    private void awaitProgress() {
        long before = acks();
        int more = 50 + random.nextInt(200);
        await(more + " more acks").until(() -> acks() >= before + more);
    }

    /** The moment itself is what is varied; there is no condition to wait for. */
    private void awaitRandomMoment() {
        try {
            timer.schedule(() -> {}, random.nextInt(1_500), TimeUnit.MILLISECONDS)
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<Delivered> check(ServerProcess server) {
        await("an ack for every publish")
                .until(() ->
                        publishers.stream().mapToInt(ProtocolClient::waiting).sum() == 0);
        List<Delivered> log = readLog(server);
        Map<String, Long> ends = ends(log);
        await("everybody at the end of every room").until(() -> clients.stream()
                .allMatch(client -> ROOMS.stream().allMatch(room -> client.seq(room) >= ends.get(room))));
        clients.forEach(ProtocolClient::verify);
        Checker checker =
                new Checker(clients.stream().map(ProtocolClient::transcript).toList(), log);
        List<String> violations = checker.violations();
        System.out.println("ChaosIT: " + checker.counts(kills));
        assertThat(violations).as("seed %d: %s", seed, checker.counts(kills)).isEmpty();
        assertThat(checker.gaps()).as("holes, though nothing was trimmed").isZero();
        assertThat(clients)
                .allSatisfy(c -> assertThat(c.transcript().reconnects()).isPositive());
        return log;
    }

    /** Through a client that was not there before, from each room's first message on. */
    private static List<Delivered> readLog(ServerProcess server) {
        try (ProtocolClient fresh = new ProtocolClient("archivist", server.http(""), ROOMS, true).start()) {
            await("the archivist").until(() -> fresh.joined() && fresh.caughtUp());
            fresh.verify();
            List<Delivered> delivered = fresh.transcript().delivered();
            return ROOMS.stream()
                    .flatMap(room -> delivered.stream().filter(m -> m.room().equals(room)))
                    .toList();
        }
    }

    private static Map<String, Long> ends(List<Delivered> log) {
        return log.stream().collect(Collectors.toMap(Delivered::room, Delivered::seq, Math::max));
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

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(RECOVERY).pollInterval(Duration.ofMillis(50));
    }

    /** Not by the driver's name: a database that was closed in this JVM has taken its drivers away. */
    private static SQLiteDataSource sqlite(Path file) {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + file);
        return database;
    }
}

package org.parley;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntConsumer;

import jakarta.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.Driver;

import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes that share nothing but a PostgreSQL and a backplane: what happens on one is seen on the other, and whichever
 * is killed, stopped or restarted, nothing that was acknowledged is lost, nothing comes twice, and there is one order.
 *
 * <p>{@code -Dcluster.kills=…} says how often for each backplane (1), {@code -Dchaos.seed=…} repeats a run's choice of
 * moments, as far as threads allow.
 */
class ClusterIT {
    private static final int KILLS = Integer.getInteger("cluster.kills", 1);
    private static final Conversation.Size SIZE = new Conversation.Size(10, 40, 40);

    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    private ServerProcess one;
    private ServerProcess two;
    private Conversation conversation;

    private void start(String name, PostgresProcess database, String backplane) {
        database.start();
        Map<String, String> properties = new HashMap<>(database.properties());
        properties.put("parley.backplane", backplane);
        // Fifty people come from one address.
        properties.put("parley.limits", "off");
        one = servers.create("cluster-" + name + "-one", properties);
        two = servers.create("cluster-" + name + "-two", properties);
        one.launch();
        two.launch();
        one.awaitAnswer();
        two.awaitAnswer();
    }

    @Test
    void keepsItsPromisesOverRedis() {
        try (PostgresProcess database = new PostgresProcess("cluster-redis-database");
                RedisProcess redis = new RedisProcess("pass-w0rd").start()) {
            start("redis", database, redis.url());
            ServerProcess mistaken = launchMistaken(database, redis);
            new Crossing(one, two).everything();
            saysWhatIsWrongAndNoPassword(mistaken, redis);
            goesOnWithoutRedis(redis);
            survive("redis", number -> {
                switch (number % 5) {
                    case 0 -> restart(two);
                    case 1 -> {
                        redis.kill();
                        redis.start();
                    }
                    case 2 -> {
                        database.kill();
                        database.start();
                    }
                    case 3 -> stopForAWhile(one);
                    default -> restart(one);
                }
            });
        }
    }

    @Test
    void keepsItsPromisesOverPostgresql() throws SQLException {
        try (PostgresProcess database = new PostgresProcess("cluster-postgresql-database")) {
            start("postgresql", database, "postgres");
            Crossing crossing = new Crossing(one, two);
            crossing.everything();
            aLockedRoomHoldsUpNoOther(database);
            goesOnWithoutTheDatabase(database);
            crossing.presenceOfAKilledNode();
            two.start();
            survive("postgresql", number -> {
                switch (number % 4) {
                    case 0 -> restart(one);
                    case 1 -> {
                        database.kill();
                        database.start();
                    }
                    case 2 -> stopForAWhile(two);
                    default -> {
                        database.stopImmediately();
                        database.start();
                    }
                }
            });
        }
    }

    private void survive(String name, IntConsumer strike) {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        try (Conversation talking = new Conversation("ClusterIT over " + name, List.of(one, two), seed, SIZE)) {
            conversation = talking;
            talking.survive(KILLS, strike);
        }
    }

    /** Those who were on it go on with the other one meanwhile. */
    private void restart(ServerProcess server) {
        server.kill();
        conversation.awaitProgress();
        server.start();
    }

    /** Wherever it is, in the middle of an append as well: the others go on. */
    private void stopForAWhile(ServerProcess server) {
        server.suspend();
        conversation.awaitProgress();
        server.resume();
    }

    private ServerProcess launchMistaken(PostgresProcess database, RedisProcess redis) {
        Map<String, String> properties = new HashMap<>(database.properties());
        properties.put("parley.backplane", redis.url().replace("pass-w0rd", "wr0ng"));
        ServerProcess mistaken = servers.create("cluster-redis-mistaken", properties);
        mistaken.launch();
        return mistaken;
    }

    private static void saysWhatIsWrongAndNoPassword(ServerProcess mistaken, RedisProcess redis) {
        String said =
                "Parley cannot start: The backplane " + redis.url().replace(":pass-w0rd@", "") + " cannot be used: ";
        Awaitility.await(said).atMost(Duration.ofSeconds(120)).until(() -> mistaken.log()
                .contains(said));
        mistaken.close();
        assertThat(mistaken.log()).doesNotContain("wr0ng");
    }

    private void goesOnWithoutRedis(RedisProcess redis) {
        String room = Guest.newRoom("without-");
        try (Guest ada = Guest.named(one, "Ada");
                Guest bob = Guest.named(two, "Bob")) {
            ada.join(room);
            bob.join(room);
            redis.kill();
            Crossing.awaitHealth(one, "backplane", "degraded");
            assertThat(Crossing.get(one, "/metrics")).contains("parley_backplane_up 0.0");
            Crossing.publish(ada, room, "m1", "without");
            redis.start();
            Crossing.awaitHealth(one, "backplane", "up");
            expectText(bob, 1, "without");
            Crossing.publish(ada, room, "m2", "with");
            expectText(bob, 2, "with");
        }
    }

    private static void expectText(Guest guest, int seq, String text) {
        JsonObject message = guest.expect("messages").getJsonArray("messages").getJsonObject(0);
        assertThat(message.getInt("seq")).isEqualTo(seq);
        assertThat(message.getJsonObject("body").getString("text")).isEqualTo(text);
    }

    private void goesOnWithoutTheDatabase(PostgresProcess database) {
        String room = Guest.newRoom("without-");
        String live = Guest.newRoom("live.");
        try (Guest ada = Guest.named(one, "Ada");
                Guest bob = Guest.named(one, "Bob")) {
            ada.join(room);
            ada.join(live);
            bob.join(live);
            database.kill();
            ada.sendPublish(room, "m1", "kept");
            JsonObject refusal = Crossing.await(ada, "error", frame -> true);
            assertThat(refusal.getString("name")).isEqualTo("unavailable");
            assertThat(refusal.getBoolean("retryable")).isTrue();
            ada.sendPublish(live, "m2", "now");
            Crossing.await(ada, "messages", frame -> Crossing.hasText(frame, "now"));
            Crossing.await(bob, "messages", frame -> Crossing.hasText(frame, "now"));
            Crossing.awaitHealth(one, "database", "down");
            database.start();
            Crossing.awaitHealth(one, "database", "up");
            Crossing.awaitHealth(two, "database", "up");
            Crossing.publish(ada, room, "m1", "kept");
        }
    }

    /** The lock is given back only when the others have their acks. */
    private void aLockedRoomHoldsUpNoOther(PostgresProcess database) throws SQLException {
        String locked = Guest.newRoom("locked-");
        String free = Guest.newRoom("free-");
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        try (Guest ada = Guest.named(one, "Ada");
                Guest bob = Guest.named(two, "Bob")) {
            ada.join(locked);
            ada.join(free);
            bob.join(free);
            try (Connection connection =
                            new Driver().connect(database.properties().get("parley.database.url"), properties);
                    PreparedStatement lock =
                            connection.prepareStatement("SELECT 1 FROM room WHERE name = ? FOR UPDATE")) {
                connection.setAutoCommit(false);
                lock.setString(1, locked);
                lock.execute();
                ada.sendPublish(locked, "waits", "waits");
                for (int i = 0; i < 20; i++) {
                    Crossing.publish(bob, free, "m" + i, "free");
                }
                connection.rollback();
            }
        }
    }
}

package org.parley.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.parley.RedisProcess;
import org.parley.bench.load.Generator;
import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.load.Run;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;
import org.parley.bench.server.WildFly;

/**
 * Two nodes over one PostgreSQL, with each backplane: how long a message takes to readers of its own node and to those of
 * the other one, in the same run, and how much two nodes deliver beside one. Everything shares the server's core.
 */
record Cluster(String name, boolean redis) implements Scenario {
    private static final int READERS = 100;
    private static final int PUBLISHERS = 10;
    private static final double STEADY = 100;
    private static final int WINDOW = 16;

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        stage.end(Kind.PARLEY);
        if (!redis) {
            measure(stage, "postgres", rows);
            return;
        }
        try (RedisProcess process = new RedisProcess().start()) {
            measure(stage, process.url(), rows);
        }
    }

    private void measure(Stage stage, String backplane, Consumer<Row> rows) throws IOException {
        Path data = stage.servers().data("cluster-database");
        WildFly.deleteTree(data);
        try (EmbeddedPostgres database = EmbeddedPostgres.builder()
                        .setDataDirectory(data)
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("fsync", "on")
                        .start();
                Server one = node(stage, "cluster-one", database, backplane);
                Server two = node(stage, "cluster-two", database, backplane)) {
            List<Server> both = List.of(one, two);
            Load steady = Load.room(READERS, PUBLISHERS, new Pace.Rate(STEADY), stage.warmup(), stage.seconds());
            // Not shown: it warms both up.
            load(both, steady);
            rows.accept(latencies("two nodes, 100 messages/s", load(both, steady)));
            Pace saturated = new Pace.Window(WINDOW, Pace.Until.COPIES);
            Load most = Load.room(READERS, PUBLISHERS, saturated, stage.warmup(), stage.seconds());
            rows.accept(Row.of(name, "one node, saturated", load(List.of(one), most)));
            rows.accept(Row.of(name, "two nodes, saturated", load(both, most)));
        }
    }

    private static Server node(Stage stage, String name, EmbeddedPostgres database, String backplane)
            throws IOException {
        return stage.servers()
                .parleyOnWildFly(
                        name,
                        "-Dparley.database.url=jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres",
                        "-Dparley.database.user=postgres",
                        "-Dparley.backplane=" + backplane);
    }

    private Row latencies(String label, Outcome outcome) {
        return Row.of(name, label, outcome)
                .put("other node p50 ms", Outcome.millis(outcome.elsewhere(), 50))
                .put("other node p99 ms", Outcome.millis(outcome.elsewhere(), 99));
    }

    private static Outcome load(List<Server> servers, Load load) {
        int[] ports = servers.stream().mapToInt(Server::port).toArray();
        List<Server> measured = new ArrayList<>(servers);
        try (Generator generator = new Generator(ports)) {
            return new Run(generator, Contender.hubDialect(), load, () -> measured.stream()
                            .mapToDouble(server -> server.figures().cpuSeconds())
                            .sum())
                    .run();
        }
    }
}

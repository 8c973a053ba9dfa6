package org.parley.bench.scenario;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;

import org.parley.bench.load.Dialect;
import org.parley.bench.load.Gathering;
import org.parley.bench.load.Generator;
import org.parley.bench.load.HubDialect;
import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.load.ResumeDialect;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;

/** Rooms of a thousand to ten million messages: what joining, resuming and publishing take in each. */
final class GrowthOfHistory implements Scenario {
    private static final int SMALLEST = 3;
    private static final int LARGEST = Integer.getInteger("bench.history", 7);
    private static final String NAME = "parley-history";
    /** Joins, one after the other, that are measured after as many that are not. */
    private static final int JOINS = 200;

    private static final long BACK = 100;

    @Override
    public String name() {
        return "growth-history";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        stage.end(Kind.PARLEY);
        Map<Integer, HubDialect> hubs = new HashMap<>();
        try (Server server = stage.servers().parleyOnWildFly(NAME);
                Generator generator = new Generator(server.port())) {
            for (int power = SMALLEST; power <= LARGEST; power++) {
                hubs.put(power, Contender.hubDialect());
                try (Gathering one = new Gathering(generator, hubs.get(power), 1, 1)) {
                    one.join();
                }
            }
        }
        for (int power = SMALLEST; power <= LARGEST; power++) {
            fill(stage, hubs.get(power), power);
        }
        try (Server server = stage.servers().parleyAgain(NAME)) {
            // Once for the virtual machine, once for the table.
            measure(stage, server, hubs.get(SMALLEST));
            for (int power = SMALLEST; power <= LARGEST; power++) {
                rows.accept(row(stage, server, hubs.get(power), power));
            }
        }
    }

    private static void fill(Stage stage, HubDialect hub, int power) throws IOException {
        try {
            History.fill(stage.servers().data(NAME), hub.room(0), (long) Math.pow(10, power));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private Row row(Stage stage, Server server, HubDialect hub, int power) {
        Histogram joins = joins(server, hub, JOINS);
        Map<Integer, String> position = position(server, hub);
        Histogram resumes = joins(server, new ResumeDialect(hub, position, BACK), JOINS);
        Outcome publishes = measure(stage, server, hub);
        return Row.of(name() + "-1e" + power, "Parley", publishes)
                .put("join p50 ms", Outcome.millis(joins, 50))
                .put("join p99 ms", Outcome.millis(joins, 99))
                .put("resume p50 ms", Outcome.millis(resumes, 50))
                .put("resume p99 ms", Outcome.millis(resumes, 99));
    }

    private static Outcome measure(Stage stage, Server server, Dialect dialect) {
        Pace alone = new Pace.Window(1, Pace.Until.ACK);
        return Stage.measure(server, dialect, Load.room(1, 1, alone, 1, stage.seconds()));
    }

    private static Map<Integer, String> position(Server server, HubDialect hub) {
        try (Generator generator = new Generator(server.port());
                Gathering one = new Gathering(generator, hub, 1, 1)) {
            one.join();
            return one.joined();
        }
    }

    /** @return µs from the connection's beginning to the answer with the page, of one connection at a time */
    private static Histogram joins(Server server, Dialect dialect, int number) {
        Histogram micros = new Histogram(3);
        try (Generator generator = new Generator(server.port())) {
            for (int i = 0; i < 2 * number; i++) {
                try (Gathering one = new Gathering(generator, dialect, 1, 1)) {
                    double seconds = one.join();
                    if (i >= number) {
                        micros.recordValue((long) (seconds * 1e6));
                    }
                }
            }
        }
        return micros;
    }
}

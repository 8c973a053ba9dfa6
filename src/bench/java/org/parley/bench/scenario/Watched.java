package org.parley.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.report.Medians;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;

/**
 * What twenty open dashboards cost a saturated room: rounds with and without them in turn on one warm server, each pair the
 * other way round than the one before, since a server and a shared machine drift.
 */
final class Watched implements Scenario {
    private static final int DASHBOARDS = 20;
    private static final int ROUNDS = 15;
    private static final int WINDOW = 16;

    private final List<Outcome> alone = new ArrayList<>();
    private final List<Outcome> watched = new ArrayList<>();

    @Override
    public String name() {
        return "dashboard";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        Load load = Load.room(100, 10, new Pace.Window(WINDOW, Pace.Until.COPIES), stage.warmup(), stage.seconds());
        Server server = stage.server(Kind.PARLEY);
        // The first one is much slower than the others: the server's compiler is still at work.
        stage.measure(Kind.PARLEY, Contender.hubDialect(), load);
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                alone(stage, load, rows);
                watched(stage, load, rows, server);
            } else {
                watched(stage, load, rows, server);
                alone(stage, load, rows);
            }
        }
        rows.accept(new Row(name(), "medians of " + ROUNDS)
                .put("no dashboard " + Row.DELIVERED, Medians.of(delivered(alone)))
                .put(DASHBOARDS + " dashboards " + Row.DELIVERED, Medians.of(delivered(watched)))
                .put("median of ratios", Medians.ofRatios(delivered(watched), delivered(alone))));
    }

    private void alone(Stage stage, Load load, Consumer<Row> rows) throws IOException {
        alone.add(round(stage, load, rows, "no dashboard"));
    }

    private void watched(Stage stage, Load load, Consumer<Row> rows, Server server) throws IOException {
        try (Watchers watchers = new Watchers(server.port(), DASHBOARDS)) {
            watched.add(round(stage, load, rows, DASHBOARDS + " dashboards"));
            watchers.requireSnapshots();
        }
    }

    private Outcome round(Stage stage, Load load, Consumer<Row> rows, String label) throws IOException {
        Outcome outcome = stage.measure(Kind.PARLEY, Contender.hubDialect(), load);
        rows.accept(Row.of(name(), label, outcome));
        return outcome;
    }

    private static List<Double> delivered(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::deliveredPerSecond).toList();
    }
}

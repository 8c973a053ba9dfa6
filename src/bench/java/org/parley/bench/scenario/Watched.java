package org.parley.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;

/** What twenty open dashboards cost a saturated room: rounds with and without them in turn on one warm server. */
final class Watched implements Scenario {
    private static final int DASHBOARDS = 20;
    private static final int ROUNDS = 5;
    private static final int WINDOW = 16;

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
        List<Double> ratios = new ArrayList<>();
        double[] alone = new double[ROUNDS];
        double[] watched = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            alone[round] = round(stage, load, rows, "no dashboard");
            try (Watchers watchers = new Watchers(server.port(), DASHBOARDS)) {
                watched[round] = round(stage, load, rows, DASHBOARDS + " dashboards");
                watchers.requireSnapshots();
            }
            ratios.add(watched[round] / alone[round]);
        }
        rows.accept(new Row(name(), "medians of " + ROUNDS)
                .put("no dashboard " + Row.DELIVERED, median(alone))
                .put(DASHBOARDS + " dashboards " + Row.DELIVERED, median(watched))
                .put("ratio of medians", median(watched) / median(alone))
                .put(
                        "median of ratios",
                        median(ratios.stream().mapToDouble(Double::doubleValue).toArray())));
    }

    private double round(Stage stage, Load load, Consumer<Row> rows, String label) throws IOException {
        Outcome outcome = stage.measure(Kind.PARLEY, Contender.hubDialect(), load);
        rows.accept(Row.of(name(), label, outcome));
        return outcome.deliveredPerSecond();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

package org.parley.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.report.Medians;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;

/**
 * What uploads cost a steady room: rounds without any, with four that clients pace as a line of 40 Mbit/s would, and with
 * four that only the server paces, in turn on one warm server.
 */
final class ChatBesideFiles implements Scenario {
    private static final int UPLOADS = 4;
    private static final double PACED = 5e6;
    private static final int ROUNDS = 5;
    private static final String ALONE = "no upload";

    @Override
    public String name() {
        return "files-chat";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        Load load = Load.room(100, 10, new Pace.Rate(100), stage.warmup(), stage.seconds());
        Server server = stage.server(Kind.PARLEY);
        stage.measure(Kind.PARLEY, Contender.hubDialect(), load);
        Map<String, Double> loads = new LinkedHashMap<>();
        loads.put(ALONE, null);
        loads.put(UPLOADS + " uploads of 5 MB/s", PACED);
        loads.put(UPLOADS + " uploads unpaced", 0.0);
        Map<String, List<Double>> p50 = new LinkedHashMap<>();
        Map<String, List<Double>> p99 = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (Map.Entry<String, Double> one : loads.entrySet()) {
                Row row = measure(stage, server, load, one.getKey(), one.getValue());
                rows.accept(row);
                p50.computeIfAbsent(one.getKey(), first -> new ArrayList<>()).add(figure(row, Row.P50));
                p99.computeIfAbsent(one.getKey(), first -> new ArrayList<>()).add(figure(row, Row.P99));
            }
        }
        for (String label : loads.keySet()) {
            rows.accept(new Row(name(), "medians of " + ROUNDS + ", " + label)
                    .put(Row.P50, Medians.of(p50.get(label)))
                    .put(Row.P99, Medians.of(p99.get(label)))
                    .put("p50 ÷ " + ALONE, Medians.ofRatios(p50.get(label), p50.get(ALONE)))
                    .put("p99 ÷ " + ALONE, Medians.ofRatios(p99.get(label), p99.get(ALONE))));
        }
    }

    private static double figure(Row row, String name) {
        return (Double) row.figures().get(name);
    }

    /** @param pace null for no uploads */
    private Row measure(Stage stage, Server server, Load load, String label, Double pace) throws IOException {
        if (pace == null) {
            return Row.of(name(), label, stage.measure(Kind.PARLEY, Contender.hubDialect(), load));
        }
        try (Uploaders uploaders = new Uploaders(server.port(), UPLOADS, pace)) {
            Outcome outcome = stage.measure(Kind.PARLEY, Contender.hubDialect(), load);
            return Row.of(name(), label, outcome).put("uploaded MB/s", uploaders.megabytesPerSecond());
        }
    }
}

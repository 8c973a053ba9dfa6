package org.parley.bench.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import org.parley.bench.load.Outcome;

/** Figures of one scenario on one server, by name; the unit is part of the name. */
public final class Row {
    /** Deliveries (of an echo: answers) each second. */
    public static final String DELIVERED = "delivered/s";

    public static final String ACKED = "acked/s";
    public static final String P50 = "p50 ms";
    public static final String P99 = "p99 ms";
    public static final String FAULTS = "lost/doubled/disordered";
    public static final String GENERATOR = "generator cores";
    public static final String SERVER = "server cores";

    private final String scenario;
    private final String server;
    private final Map<String, Object> figures = new LinkedHashMap<>();

    public Row(String scenario, String server) {
        this.scenario = scenario;
        this.server = server;
    }

    public static Row of(String scenario, String server, Outcome outcome) {
        Row row = new Row(scenario, server);
        row.put(DELIVERED, outcome.deliveredPerSecond());
        row.put("published/s", outcome.publishedPerSecond());
        row.put(P50, Outcome.millis(outcome.delivery(), 50));
        row.put(P99, Outcome.millis(outcome.delivery(), 99));
        row.put("max ms", Outcome.millis(outcome.delivery(), 100));
        row.put(FAULTS, outcome.lost() + "/" + outcome.doubled() + "/" + outcome.outOfOrder());
        row.put(GENERATOR, outcome.generatorCores());
        row.put(SERVER, outcome.serverCores());
        row.put("MB/s", outcome.megabytesPerSecond());
        if (outcome.ackedPerSecond() > 0) {
            row.put(ACKED, outcome.ackedPerSecond());
            row.put("ack p50 ms", Outcome.millis(outcome.ack(), 50));
            row.put("ack p99 ms", Outcome.millis(outcome.ack(), 99));
        }
        if (outcome.undelivered() > 0) {
            row.put("undelivered", outcome.undelivered());
        }
        if (outcome.closed() > 0) {
            row.put("closed by the server", outcome.closed() + " with " + outcome.closeCode());
        }
        return row;
    }

    /** Of rows of the same scenario on the same server: the median of each figure; of a text, each that there was. */
    public static Row median(List<Row> rows) {
        Row first = rows.get(0);
        Row median = new Row(first.scenario, first.server);
        Set<String> names = new LinkedHashSet<>();
        rows.forEach(row -> names.addAll(row.figures.keySet()));
        names.forEach(name -> median.put(name, median(rows, name)));
        return median;
    }

    private static Object median(List<Row> rows, String name) {
        List<Object> values = rows.stream()
                .map(row -> row.figures.get(name))
                .filter(Objects::nonNull)
                .toList();
        if (values.stream().allMatch(Double.class::isInstance)) {
            return Medians.of(values.stream().map(Double.class::cast).toList());
        }
        return values.stream().map(Row::shown).distinct().collect(Collectors.joining(" "));
    }

    public Row put(String name, Object value) {
        figures.put(name, value);
        return this;
    }

    public String scenario() {
        return scenario;
    }

    public String server() {
        return server;
    }

    public Map<String, Object> figures() {
        return figures;
    }

    /** All of it in one line, for whoever watches. */
    public String line() {
        return scenario + ", " + server + ": "
                + figures.entrySet().stream()
                        .map(e -> e.getKey() + " " + shown(e.getValue()))
                        .collect(Collectors.joining(", "));
    }

    static String shown(Object value) {
        if (value instanceof Double number) {
            String format = number >= 1000 ? "%,.0f" : number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f";
            return String.format(Locale.ROOT, format, number);
        }
        return value instanceof Number number ? String.format(Locale.ROOT, "%,d", number) : String.valueOf(value);
    }
}

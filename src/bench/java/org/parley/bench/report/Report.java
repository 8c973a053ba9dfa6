package org.parley.bench.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.stream.JsonGenerator;

/** The rows of one run of the benchmarks, and how the servers in it compare. */
public final class Report {
    /** Everything else goes into the last column. */
    private static final List<String> COLUMNS =
            List.of(Row.DELIVERED, Row.ACKED, Row.P50, Row.P99, Row.FAULTS, Row.GENERATOR, Row.SERVER);

    private static final Set<String> LEFT_OUT = Set.of("published/s", "MB/s", "max ms");

    private final Machine machine;
    private final List<Row> rows = new ArrayList<>();

    public Report(Machine machine) {
        this.machine = machine;
    }

    public void add(Row row) {
        rows.add(row);
    }

    public String table() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("scenario", "server"));
        head.addAll(COLUMNS);
        head.add("");
        lines.add(head);
        rows.forEach(row -> lines.add(cells(row)));
        int[] widths = new int[head.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder table = new StringBuilder("\n" + machine.shown() + "\n\n");
        for (int i = 0; i < lines.size(); i++) {
            table.append(line(lines.get(i), widths));
            if (i == 0) {
                table.append(
                        line(head.stream().map(cell -> "").toList(), widths).replace(' ', '-'));
            }
        }
        return table.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - cells.get(i).length());
            boolean left = i < 2 || i == widths.length - 1;
            line.append(' ')
                    .append(left ? cells.get(i) + padding : padding + cells.get(i))
                    .append(" |");
        }
        return line.append('\n').toString();
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.scenario(), row.server()));
        for (String column : COLUMNS) {
            Object value = row.figures().get(column);
            cells.add(value == null ? "" : Row.shown(value));
        }
        String others = row.figures().entrySet().stream()
                .filter(e -> !COLUMNS.contains(e.getKey()) && !LEFT_OUT.contains(e.getKey()))
                .map(e -> e.getKey() + " " + Row.shown(e.getValue()))
                .collect(Collectors.joining(", "));
        String ratios = ratios(row).entrySet().stream()
                .map(e -> Row.shown(e.getValue()) + " × " + e.getKey())
                .collect(Collectors.joining(", "));
        cells.add(ratios + (ratios.isEmpty() || others.isEmpty() ? "" : "; ") + others);
        return cells;
    }

    /** How many times as many deliveries Parley made as each other server in the same scenario of this run. */
    private Map<String, Double> ratios(Row row) {
        if (!row.server().startsWith("Parley") || !(row.figures().get(Row.DELIVERED) instanceof Double own)) {
            return Map.of();
        }
        return rows.stream()
                .filter(other -> other != row && other.scenario().equals(row.scenario()))
                .filter(other -> other.figures().get(Row.DELIVERED) instanceof Double theirs && theirs > 0)
                .collect(Collectors.toMap(
                        Row::server,
                        other -> own / (Double) other.figures().get(Row.DELIVERED),
                        (first, second) -> second,
                        java.util.LinkedHashMap::new));
    }

    public void writeJson(Path file) throws IOException {
        JsonArrayBuilder all = Json.createArrayBuilder();
        rows.forEach(row -> all.add(json(row)));
        JsonObjectBuilder result = Json.createObjectBuilder()
                .add("time", Instant.now().toString())
                .add(
                        "machine",
                        Json.createObjectBuilder()
                                .add("processor", machine.processor())
                                .add("cores", machine.cores())
                                .add("memoryMib", machine.memoryMib())
                                .add("kernel", machine.kernel())
                                .add("java", machine.java())
                                .add("pinned", machine.pinned())
                                .add("transport", machine.transport()))
                .add("rows", all);
        try (Writer writer = Files.newBufferedWriter(file)) {
            Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                    .createWriter(writer)
                    .write(result.build());
        }
    }

    private JsonObjectBuilder json(Row row) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add("scenario", row.scenario()).add("server", row.server());
        row.figures().forEach((name, value) -> {
            if (value instanceof Double number) {
                json.add(name, Double.isFinite(number) ? number : 0);
            } else if (value instanceof Number number) {
                json.add(name, number.longValue());
            } else {
                json.add(name, String.valueOf(value));
            }
        });
        ratios(row).forEach((server, ratio) -> json.add("ratio to " + server, ratio));
        return json;
    }
}

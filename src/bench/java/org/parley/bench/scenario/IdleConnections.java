package org.parley.bench.scenario;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import org.parley.bench.load.Dialect;
import org.parley.bench.load.Gathering;
import org.parley.bench.load.Generator;
import org.parley.bench.report.Row;
import org.parley.bench.server.ProcessFigures;
import org.parley.bench.server.Server;

/**
 * Memory of ten thousand connections of a fresh server: in one room of Parley, each another user; of endpoints that do
 * nothing but echo elsewhere. Nobody says anything. What such an endpoint takes on the same server is the server's own.
 */
final class IdleConnections implements Scenario {
    private static final int CONNECTIONS = 10_000;
    private static final int FIRST = 1_000;

    private final List<Contender> contenders;

    IdleConnections(List<Contender> contenders) {
        this.contenders = contenders;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        for (Contender contender : contenders) {
            stage.end(contender.kind());
            String missing = stage.missing(contender.kind());
            Row row = new Row(name(), contender.label());
            if (missing == null) {
                measure(stage, contender, row);
            } else {
                row.put("skipped:", missing);
            }
            rows.accept(row);
        }
    }

    private static void measure(Stage stage, Contender contender, Row row) throws IOException {
        try (Server server = contender.kind().start(stage.servers());
                Generator generator = new Generator(server.port())) {
            Dialect dialect = contender.dialect().get();
            // Loads the classes and fills the pools, which cost the same for one connection and for ten thousand.
            try (Gathering first = new Gathering(generator, dialect, FIRST, 1)) {
                first.join();
            }
            row.put("connections", CONNECTIONS);
            ProcessFigures figures = server.figures();
            boolean java = contender.kind().isJava();
            long heap = java ? figures.liveHeap() : 0;
            long rss = figures.rss();
            try (Gathering gathering = new Gathering(generator, dialect, CONNECTIONS, 1)) {
                row.put("joining s", gathering.join());
                row.put("RSS bytes each", (figures.rss() - rss) / (double) CONNECTIONS)
                        .put("RSS before", rss);
                if (java) {
                    row.put("heap bytes each", (figures.liveHeap() - heap) / (double) CONNECTIONS)
                            .put("heap before", heap);
                }
            }
        }
    }
}

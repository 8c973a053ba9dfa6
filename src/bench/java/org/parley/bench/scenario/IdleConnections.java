package org.parley.bench.scenario;

import java.io.IOException;
import java.util.function.Consumer;

import org.parley.bench.load.Gathering;
import org.parley.bench.load.Generator;
import org.parley.bench.load.HubDialect;
import org.parley.bench.report.Row;
import org.parley.bench.server.ProcessFigures;
import org.parley.bench.server.Server;

/** Memory of ten thousand connections in one room of a fresh server; each is another user, nobody says anything. */
final class IdleConnections implements Scenario {
    private static final int CONNECTIONS = 10_000;
    private static final int FIRST = 1_000;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        stage.end(Kind.PARLEY);
        try (Server server = stage.servers().parleyOnWildFly("parley-idle");
                Generator generator = new Generator(server.port())) {
            HubDialect hub = Contender.hubDialect();
            // Loads the classes and fills the pools, which cost the same for one connection and for ten thousand.
            try (Gathering first = new Gathering(generator, hub, FIRST, 1)) {
                first.join();
            }
            ProcessFigures figures = server.figures();
            long heap = figures.liveHeap();
            long rss = figures.rss();
            try (Gathering gathering = new Gathering(generator, hub, CONNECTIONS, 1)) {
                double seconds = gathering.join();
                long rssAfter = figures.rss();
                long heapAfter = figures.liveHeap();
                rows.accept(new Row(name(), "Parley")
                        .put("connections", CONNECTIONS)
                        .put("heap bytes each", (heapAfter - heap) / (double) CONNECTIONS)
                        .put("RSS bytes each", (rssAfter - rss) / (double) CONNECTIONS)
                        .put("heap before", heap)
                        .put("RSS before", rss)
                        .put("joining s", seconds));
            }
        }
    }
}

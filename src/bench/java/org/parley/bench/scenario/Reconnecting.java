package org.parley.bench.scenario;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import org.parley.bench.load.Gathering;
import org.parley.bench.load.Generator;
import org.parley.bench.load.HubDialect;
import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.load.ResumeDialect;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;

/**
 * Ten thousand connections in a hundred rooms lose their network at once, miss what is published meanwhile, and come back
 * at once, each with its position: until each has been told, in its answer, everything that it missed.
 */
final class Reconnecting implements Scenario {
    private static final int CONNECTIONS = 10_000;
    private static final int ROOMS = 100;
    private static final double MISSED_SECONDS = 2;

    @Override
    public String name() {
        return "reconnect";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        Server server = stage.server(Kind.PARLEY);
        HubDialect hub = Contender.hubDialect();
        Map<Integer, String> before;
        try (Generator generator = new Generator(server.port())) {
            Gathering gathering = new Gathering(generator, hub, CONNECTIONS, ROOMS);
            gathering.join();
            before = gathering.joined();
            gathering.cut();
        }
        // 20 messages a second to each room: less than a page.
        Load missed = Load.room(ROOMS, ROOMS, new Pace.Rate(20 * ROOMS), 0, MISSED_SECONDS)
                .rooms(ROOMS);
        Outcome published = Stage.measure(server, hub, missed);
        try (Generator generator = new Generator(server.port());
                Gathering back =
                        new Gathering(generator, new ResumeDialect(hub, before), CONNECTIONS, ROOMS, CONNECTIONS)) {
            double seconds = back.join();
            long recovered = back.joined().values().stream()
                    .filter(answer -> answer.contains("\"recovered\":true") && answer.contains("\"more\":false"))
                    .count();
            rows.accept(new Row(name(), "Parley")
                    .put("connections", CONNECTIONS)
                    .put("missed messages each", Math.round(published.publishedPerSecond() * MISSED_SECONDS / ROOMS))
                    .put("caught up", recovered)
                    .put("seconds until all were", seconds));
        }
    }
}

package org.parley.bench.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.parley.bench.load.Dialect;
import org.parley.bench.load.Generator;
import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Run;
import org.parley.bench.server.Server;
import org.parley.bench.server.Servers;

/** What the scenarios share: the servers that run already, and for how long a load lasts. */
public final class Stage implements AutoCloseable {
    /** On one core the compiler of a Java server takes its time from what it compiles. */
    private static final double FIRST_WARMUP = 5;

    private final Servers.Place place;
    private final Servers servers;
    private final double seconds;
    private final double warmup;
    private final int rounds;
    private final Map<Kind, Server> running = new EnumMap<>(Kind.class);
    private final List<Kind> warm = new ArrayList<>();

    public Stage(Servers.Place place, double seconds, double warmup, int rounds) {
        this.place = place;
        this.servers = new Servers(place);
        this.seconds = seconds;
        this.warmup = warmup;
        this.rounds = rounds;
    }

    Servers servers() {
        return servers;
    }

    /** Another generator, or null. */
    Path wsload() {
        return place.wsload();
    }

    double seconds() {
        return seconds;
    }

    double warmup() {
        return warmup;
    }

    /** How often each load is measured; odd, so that one of them is the median. */
    int rounds() {
        return rounds;
    }

    /** @return why there is no such server on this machine, or null */
    String missing(Kind kind) {
        return kind.missing(place);
    }

    /** The server of that kind that all scenarios share. */
    Server server(Kind kind) throws IOException {
        Server server = running.get(kind);
        if (server == null) {
            server = kind.start(servers);
            running.put(kind, server);
        }
        return server;
    }

    /** Ends the shared server of that kind, for a scenario that wants the machine for itself. */
    void end(Kind kind) {
        Server server = running.remove(kind);
        warm.remove(kind);
        if (server != null) {
            server.close();
        }
    }

    /** One load on a shared server; the first one warms it up longer. */
    Outcome measure(Kind kind, Dialect dialect, Load load) throws IOException {
        Load warmed = warm.contains(kind) ? load : load.warmup(FIRST_WARMUP * load.warmup());
        warm.add(kind);
        return measure(server(kind), dialect, warmed);
    }

    static Outcome measure(Server server, Dialect dialect, Load load) {
        try (Generator generator = new Generator(server.port())) {
            return new Run(generator, dialect, load, server.figures()::cpuSeconds).run();
        }
    }

    @Override
    public void close() {
        running.values().forEach(Server::close);
    }
}

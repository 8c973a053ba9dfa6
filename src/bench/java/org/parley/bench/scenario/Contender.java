package org.parley.bench.scenario;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.parley.bench.load.Dialect;
import org.parley.bench.load.HubDialect;
import org.parley.bench.load.PlainDialect;

/** A server, and the way in which it is spoken to in one scenario. */
record Contender(String label, Kind kind, Supplier<Dialect> dialect) {
    private static final AtomicInteger ROOMS = new AtomicInteger();

    /** The hub, rooms of class {@code log} that no load has used before. */
    static Contender hub() {
        return new Contender("Parley", Kind.PARLEY, Contender::hubDialect);
    }

    /** The same on another server. */
    static Contender hub(Kind kind) {
        return new Contender("Parley on Payara", kind, Contender::hubDialect);
    }

    static HubDialect hubDialect() {
        return new HubDialect("bench" + ROOMS.incrementAndGet() + "-", Tokens::of);
    }

    static Contender plain(String label, Kind kind, String path) {
        return new Contender(label, kind, () -> new PlainDialect(path));
    }
}

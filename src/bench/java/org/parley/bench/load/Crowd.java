package org.parley.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.IntUnaryOperator;

/** Many connections that are opened, joined and closed together. Its fields belong to the event loop. */
final class Crowd implements Wire.Owner {
    /** Who is told what comes to a connection that takes part. */
    interface Audience {
        /** As {@link Wire.Owner#stamp}. */
        int stamp(Wire wire, byte[] b, int at);

        /** A text that carries no messages. */
        void text(Wire wire, byte[] b, int from, int to);

        /** The server has ended a connection. */
        void lost(Wire wire, int code);
    }

    private static final byte[] ERROR = Bytes.ascii("{\"type\":\"error\"");
    private static final int JOIN_SECONDS = 120;
    private static final int CLOSE_SECONDS = 10;

    private final Generator generator;
    private final Dialect dialect;
    private final byte[] ready;
    private final int pendingLimit;
    private final List<Wire> wires = new ArrayList<>();
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private final boolean[] part;
    private Audience audience;
    private BiConsumer<Wire, String> onJoined = (wire, text) -> {};
    private int begun;
    private int open;
    private int pending;
    private boolean closing;

    /**
     * @param rooms the room of each connection
     * @param pendingLimit handshakes under way at once
     */
    Crowd(Generator generator, Dialect dialect, int connections, IntUnaryOperator rooms, int pendingLimit) {
        this.generator = generator;
        this.dialect = dialect;
        this.ready = dialect.ready() == null ? null : Bytes.ascii(dialect.ready());
        this.pendingLimit = pendingLimit;
        this.part = new boolean[connections];
        for (int i = 0; i < connections; i++) {
            wires.add(new Wire(i, rooms.applyAsInt(i), generator, dialect, this));
        }
    }

    /** What the server said when it let the connection in; set before {@link #join}. */
    void onJoined(BiConsumer<Wire, String> told) {
        onJoined = told;
    }

    /** Opens all of them and waits until each takes part. */
    void join() {
        generator.execute(this::connectMore);
        generator.await(joined, JOIN_SECONDS, "joining with " + wires.size() + " connections");
    }

    Wire wire(int number) {
        return wires.get(number);
    }

    int size() {
        return wires.size();
    }

    void audience(Audience told) {
        audience = told;
    }

    /** Closes all of them and waits for the server's goodbyes. */
    void leave() {
        generator.execute(() -> {
            closing = true;
            wires.forEach(Wire::close);
            if (open == 0) {
                gone.complete(null);
            }
            generator.later(CLOSE_SECONDS * 1_000_000_000L, () -> wires.forEach(Wire::cut));
        });
        generator.await(gone, 3 * CLOSE_SECONDS, "closing");
    }

    /** Ends all of them without a word, as when a network goes away. */
    void cut() {
        generator.execute(() -> {
            closing = true;
            wires.forEach(Wire::cut);
        });
        generator.await(gone, CLOSE_SECONDS, "cutting");
    }

    private void connectMore() {
        while (begun < wires.size() && pending < pendingLimit) {
            pending++;
            generator.connect(wires.get(begun++));
        }
    }

    @Override
    public void upgraded(Wire wire) {
        open++;
        String hello = dialect.hello(wire.number, wire.room);
        if (hello != null) {
            wire.text(Bytes.ascii(hello));
        }
        if (ready == null) {
            take(wire);
        }
    }

    private void take(Wire wire) {
        part[wire.number] = true;
        wire.takesPart();
        pending--;
        if (begun == wires.size() && pending == 0) {
            joined.complete(null);
        }
        connectMore();
    }

    @Override
    public int stamp(Wire wire, byte[] b, int at) {
        return audience == null ? Stamp.LENGTH : audience.stamp(wire, b, at);
    }

    @Override
    public void text(Wire wire, byte[] b, int from, int to) {
        if (Bytes.startsWith(b, from, to, ERROR)) {
            throw new IllegalStateException("the server says " + string(b, from, to));
        }
        if (part[wire.number]) {
            if (audience != null) {
                audience.text(wire, b, from, to);
            }
        } else if (Bytes.indexOf(b, from, to, ready) >= 0) {
            take(wire);
            onJoined.accept(wire, string(b, from, to));
        }
    }

    private static String string(byte[] b, int from, int to) {
        return new String(b, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void closed(Wire wire, int code) {
        open--;
        if (!closing && !part[wire.number]) {
            throw new IllegalStateException("the server closed connection " + wire.number + " while joining, " + code);
        }
        if (!closing && audience != null) {
            audience.lost(wire, code);
        }
        if (closing && open == 0) {
            gone.complete(null);
        }
    }
}

package org.parley.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** One load on one server: joins, warms up, measures, waits for the stragglers, leaves. */
public final class Run implements Crowd.Audience {
    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final long SECOND = 1_000_000_000L;
    private static final long SETTLE = SECOND / 2;
    private static final long DRAIN = 3 * SECOND;
    private static final long STALLED = 10 * SECOND;
    private static final int HANDSHAKES = 64;
    private static final byte[] ID = Bytes.ascii("\"id\":\"");

    private final int run = RUNS.incrementAndGet();
    private final Generator generator;
    private final Dialect dialect;
    private final Load load;
    private final Meter meter;
    private final Crowd crowd;
    private final List<Publishing> publishers = new ArrayList<>();
    private final Publishing[] byWire;
    private final int perRoom;
    private final Copies copies;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final long origin = System.nanoTime();
    private long now;
    private long start;
    private long end;
    private boolean publishing;
    private long nextDue;
    private long ordinal;

    /** @param serverCpu seconds of processor time that the server has used so far */
    public Run(Generator generator, Dialect dialect, Load load, DoubleSupplier serverCpu) {
        this.generator = generator;
        this.dialect = dialect;
        this.load = load;
        this.meter = new Meter(serverCpu);
        this.crowd = new Crowd(generator, dialect, load.readers(), i -> i % load.rooms(), HANDSHAKES);
        this.perRoom = (load.publishers() + load.rooms() - 1) / load.rooms();
        this.copies = new Copies(load.readers() * Math.max(1, perRoom));
        this.byWire = new Publishing[load.readers()];
    }

    public Outcome run() {
        crowd.join();
        generator.execute(() -> generator.later(SETTLE, this::begin));
        generator.await(over, (long) (load.warmup() + load.seconds()) + 30, "running");
        Outcome outcome = generator.call(this::outcome);
        crowd.leave();
        return outcome;
    }

    private void begin() {
        crowd.audience(this);
        int[] places = new int[load.rooms()];
        for (int i = load.readers() - load.publishers(); i < load.readers(); i++) {
            Wire wire = crowd.wire(i);
            int expected = load.copies(wire.room);
            byWire[i] = new Publishing(
                    wire, publishers.size(), places[wire.room]++, dialect.publish(wire.room), load.bytes(), expected);
            publishers.add(byWire[i]);
        }
        for (int i = 0; i < load.stalled(); i++) {
            crowd.wire(i).stopReading();
        }
        now = System.nanoTime();
        nextDue = now;
        start = now + (long) (load.warmup() * SECOND);
        end = start + (long) (load.seconds() * SECOND);
        publishing = true;
        generator.later(start - now, () -> meter.start(generator.received()));
        generator.later(end - now, this::stop);
        publishers.forEach(this::refill);
        pump();
        watch();
    }

    private void stop() {
        meter.stop(generator.received());
        publishing = false;
        drain(System.nanoTime() + DRAIN);
    }

    private void drain(long limit) {
        if (undelivered() == 0 || System.nanoTime() > limit) {
            over.complete(null);
        } else {
            generator.later(SECOND / 20, () -> drain(limit));
        }
    }

    /** Open loop: sends all that is due by now, with the time it was due. */
    private void pump() {
        if (!(load.pace() instanceof Pace.Rate rate)) {
            return;
        }
        now = System.nanoTime();
        while (publishing && nextDue <= now) {
            publishers.get((int) (ordinal % publishers.size())).publish(run, micros(nextDue));
            meter.published(nextDue >= start && nextDue < end);
            ordinal++;
            nextDue = start - (long) (load.warmup() * SECOND) + (long) (ordinal * SECOND / rate.perSecond());
        }
        if (publishing) {
            generator.later(Math.max(0, nextDue - System.nanoTime()), this::pump);
        }
    }

    private void refill(Publishing publisher) {
        if (load.pace() instanceof Pace.Window window) {
            while (publishing && publisher.underWay() < window.messages()) {
                publisher.publish(run, micros(System.nanoTime()));
                meter.published(now >= start && now < end);
            }
        }
    }

    /** A closed loop in which nothing comes back measures nothing: it fails instead. */
    private void watch() {
        long last = meter.delivered() + meter.acked();
        generator.later(STALLED, () -> {
            if (publishing && meter.delivered() + meter.acked() == last) {
                throw new IllegalStateException("nothing has come back for " + STALLED / SECOND + " s");
            } else if (publishing) {
                watch();
            }
        });
    }

    private long micros(long nanoTime) {
        return (nanoTime - origin) / 1_000;
    }

    @Override
    public int stamp(Wire wire, byte[] b, int at) {
        if (!Stamp.isOf(b, at, run)) {
            return Stamp.LENGTH;
        }
        Publishing publisher = publishers.get(Stamp.publisher(b, at));
        int number = Stamp.number(b, at);
        if (publisher.wire.room != wire.room) {
            throw new IllegalStateException("a message of room " + publisher.wire.room + " came to " + wire.room);
        }
        now = generator.readAt();
        if (wire.number >= load.stalled() && copies.add(wire.number * perRoom + publisher.place, number)) {
            long due = Stamp.dueMicros(b, at);
            boolean measured = due >= micros(start) && due < micros(end);
            boolean crossed = generator.port(wire) != generator.port(publisher.wire);
            meter.delivered(now >= start && now < end, measured ? Math.max(0, micros(now) - due) : -1, crossed);
            if (publisher.copied(number) && isUntil(Pace.Until.COPIES)) {
                publisher.done();
                refill(publisher);
            }
        }
        return load.bytes();
    }

    private boolean isUntil(Pace.Until until) {
        return load.pace() instanceof Pace.Window window && window.until() == until;
    }

    @Override
    public void text(Wire wire, byte[] b, int from, int to) {
        if (!dialect.acknowledges(b, from, to)) {
            return;
        }
        Publishing publisher = byWire[wire.number];
        int id = Bytes.indexOf(b, from, to, ID) + ID.length;
        int number = (int) Stamp.get(b, id + Publishing.ID_LENGTH - 4, 4);
        now = generator.readAt();
        long due = publisher.due(number);
        boolean measured = due >= micros(start) && due < micros(end);
        meter.acked(now >= start && now < end, measured ? Math.max(0, micros(now) - due) : -1);
        if (isUntil(Pace.Until.ACK)) {
            publisher.done();
            refill(publisher);
        }
    }

    @Override
    public void lost(Wire wire, int code) {
        meter.closed(code);
        if (wire.number >= load.stalled()) {
            publishers.stream().filter(p -> p.wire.room == wire.room).forEach(Publishing::expectOneLess);
        }
    }

    private long undelivered() {
        long missing = 0;
        for (Publishing publisher : publishers) {
            for (int i = publisher.wire.room; i < load.readers(); i += load.rooms()) {
                if (i >= load.stalled()) {
                    missing += publisher.published() - copies.newest(i * perRoom + publisher.place);
                }
            }
        }
        return missing;
    }

    private Outcome outcome() {
        return meter.outcome(load.seconds(), copies, undelivered());
    }
}

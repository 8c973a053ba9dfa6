package org.parley.endpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.parley.hub.Broadcast.Overflow;

/**
 * What waits to be sent on one connection: bounded in bytes, one send in flight, its rooms served in turn.
 *
 * <pre>
 *            offer            flush                    done
 *   EMPTY ───────────► IDLE ─────────► SENDING ─────────────────┐
 *     ▲                  ▲                                      │
 *     └── nothing waits ─┴───────────── something waits ◄───────┘
 *   any ── overflow, failed send ──► BROKEN: takes nothing more, tells its owner at the next flush
 * </pre>
 *
 * <p>The containers' own queues are unbounded (Undertow and Tyrus alike), so at most one batch is theirs at any time.
 * Thread-safe; {@link #offer} only links and may be called under any lock.
 */
public final class Outbox {

    /** Sends on the wire. */
    public interface Sink {
        /**
         * Begins to send the frames, in this order, and calls {@code done} once, on any thread and perhaps before it
         * returns: with null when the container has written them all, or with why it could not. The list is only lent.
         */
        void send(List<Frame> frames, Done done);

        /** This outbox takes nothing more: it overflowed (null) or a send failed. Called once, without locks. */
        void broken(Throwable failure);
    }

    /**
     * @param bytes that may wait, those in flight included
     * @param batch frames handed to the sink at once
     */
    record Bounds(int bytes, int batch) {}

    /** Told once what became of a send. */
    @FunctionalInterface
    public interface Done {
        void done(Throwable failure);
    }

    /** What waits for one room, in order. Two queues side by side, since an object for each pair is one a delivery. */
    private static final class Lane {
        private final ArrayDeque<Frame> frames = new ArrayDeque<>(2);
        private final ArrayDeque<Overflow> overflows = new ArrayDeque<>(2);
        boolean inTurn;

        void add(Frame frame, Overflow overflow) {
            frames.add(frame);
            overflows.add(overflow);
        }

        Frame poll() {
            overflows.poll();
            return frames.poll();
        }

        boolean isEmpty() {
            return frames.isEmpty();
        }

        /** Takes out each frame that a newer one may replace. */
        void conflate(Consumer<Frame> replaced) {
            for (int i = frames.size(); i > 0; i--) {
                Overflow overflow = overflows.poll();
                Frame frame = frames.poll();
                if (overflow == Overflow.CONFLATE) {
                    replaced.accept(frame);
                } else {
                    add(frame, overflow);
                }
            }
        }
    }

    private static final int IDLE_LANES = 64;

    private final LongSupplier nanos;
    private final Sink sink;
    private final int capacity;
    private final int batch;
    private final Done done = this::done;

    // Guarded by this
    private final Map<String, Lane> lanes = new HashMap<>(4);
    private final ArrayDeque<Lane> turn = new ArrayDeque<>(2);
    /** The batch being handed over, by whoever is in the loop. */
    private final List<Frame> taken = new ArrayList<>(4);

    private int idleLanes = IDLE_LANES;
    private int queued;
    private int inFlight;
    private long sendingSince;
    private boolean sending;
    private boolean looping;
    private boolean broken;
    private boolean told;
    private Throwable failure;
    private long dropped;

    /**
     * @param capacity bytes that may wait, those in flight included
     * @param batch frames handed to the sink at once
     */
    public Outbox(Sink sink, int capacity, int batch) {
        this(sink, capacity, batch, System::nanoTime);
    }

    /** @param nanos the time as {@link System#nanoTime} tells it */
    Outbox(Sink sink, int capacity, int batch, LongSupplier nanos) {
        this.nanos = nanos;
        this.sink = sink;
        this.capacity = capacity;
        this.batch = batch;
    }

    /**
     * Puts a frame behind those of its room; nothing is sent before {@link #flush}.
     *
     * @param room null for what belongs to no room
     * @param overflow what to do if it does not fit
     */
    public synchronized void offer(String room, Frame frame, Overflow overflow) {
        if (broken) {
            return;
        }
        Lane lane = lane(room);
        if (queued + inFlight + frame.bytes() > capacity && !makeRoom(lane, overflow)) {
            return;
        }
        lane.add(frame, overflow);
        queued += frame.bytes();
        if (!lane.inTurn) {
            lane.inTurn = true;
            turn.add(lane);
        }
    }

    /** Puts a frame in the place of those of its room that wait and may be replaced. */
    public synchronized void replace(String room, Frame frame) {
        if (!broken) {
            lane(room).conflate(replaced -> {
                queued -= replaced.bytes();
                dropped++;
            });
            offer(room, frame, Overflow.CONFLATE);
        }
    }

    /** Lanes are kept for the next message; a connection that went through many rooms loses those that are empty. */
    private Lane lane(String room) {
        Lane lane = lanes.get(room);
        if (lane == null) {
            if (lanes.size() >= idleLanes) {
                lanes.values().removeIf(one -> !one.inTurn);
                idleLanes = Math.max(IDLE_LANES, 2 * lanes.size());
            }
            lane = new Lane();
            lanes.put(room, lane);
        }
        return lane;
    }

    private boolean makeRoom(Lane lane, Overflow overflow) {
        switch (overflow) {
            case DROP -> {
                dropped++;
                return false;
            }
            case CONFLATE -> {
                // The newest value takes the place of older ones; being one message, it may exceed the bound.
                lane.conflate(frame -> {
                    queued -= frame.bytes();
                    dropped++;
                });
                return true;
            }
            default -> {
                fail(null);
                return false;
            }
        }
    }

    private void fail(Throwable why) {
        broken = true;
        failure = why;
        lanes.clear();
        turn.clear();
        queued = 0;
    }

    /**
     * Sends what waits, as far as nothing is in flight. A send that completes at once is followed by the next one in this
     * loop, never by a recursion: a fast peer would exhaust the stack.
     */
    public void flush() {
        List<Frame> next = begin();
        while (next != null) {
            sink.send(next, done);
            next = proceed();
        }
        tellBroken();
    }

    private synchronized List<Frame> begin() {
        if (looping || sending || broken || turn.isEmpty()) {
            return null;
        }
        looping = true;
        return take();
    }

    private synchronized List<Frame> proceed() {
        if (!sending && !broken && !turn.isEmpty()) {
            return take();
        }
        looping = false;
        return null;
    }

    private List<Frame> take() {
        taken.clear();
        do {
            Lane lane = turn.poll();
            Frame frame = lane.poll();
            queued -= frame.bytes();
            inFlight += frame.bytes();
            lane.inTurn = !lane.isEmpty();
            if (lane.inTurn) {
                turn.add(lane);
            }
            taken.add(frame);
        } while (taken.size() < batch && !turn.isEmpty());
        sending = true;
        sendingSince = nanos.getAsLong();
        return taken;
    }

    private void done(Throwable why) {
        synchronized (this) {
            sending = false;
            inFlight = 0;
            if (why != null && !broken) {
                fail(why);
            }
            if (looping) {
                // Whoever is in the loop, perhaps this very thread, goes on.
                return;
            }
        }
        flush();
    }

    private void tellBroken() {
        Throwable why;
        synchronized (this) {
            if (!broken || told) {
                return;
            }
            told = true;
            why = failure;
        }
        sink.broken(why);
    }

    /** Takes and sends nothing more; the sink is not told. */
    public synchronized void close() {
        fail(null);
        told = true;
    }

    /** Nanoseconds for which the present send has been in flight, 0 if there is none. */
    public synchronized long stalledNanos(long now) {
        return sending ? now - sendingSince : 0;
    }

    /** Rooms that it remembers, with or without something waiting. */
    synchronized int lanes() {
        return lanes.size();
    }

    /** Bytes that wait, those in flight included. */
    public synchronized int size() {
        return queued + inFlight;
    }

    /** Frames left out or replaced because the peer reads too slowly. */
    public synchronized long dropped() {
        return dropped;
    }
}

package org.parley.endpoint;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import org.parley.hub.Broadcast.Overflow;

/** One frame through an outbox: alone, and many that wait while a send is in flight. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OutboxBenchmark {
    private static final int WAITING = 100;
    private static final Frame FRAME = Frame.text("x".repeat(300));

    /** Ends a send when it is told to, or at once. */
    private static final class Wire implements Outbox.Sink {
        boolean holds;
        Outbox.Done held;
        int sent;

        @Override
        public void send(List<Frame> frames, Outbox.Done done) {
            sent += frames.size();
            if (holds) {
                held = done;
            } else {
                done.done(null);
            }
        }

        @Override
        public void broken(Throwable failure) {
            throw new IllegalStateException("the outbox broke", failure);
        }
    }

    private final Wire wire = new Wire();
    private final Outbox outbox = new Outbox(wire, 1 << 20, 1);

    @Benchmark
    public int offerAndSend() {
        outbox.offer("lobby", FRAME, Overflow.DISCONNECT);
        outbox.flush();
        return wire.sent;
    }

    /** Of each frame. */
    @Benchmark
    @OperationsPerInvocation(WAITING)
    public int queueAndDrain() {
        wire.holds = true;
        for (int i = 0; i < WAITING; i++) {
            outbox.offer("lobby", FRAME, Overflow.DISCONNECT);
            outbox.flush();
        }
        wire.holds = false;
        wire.held.done(null);
        return wire.sent;
    }
}

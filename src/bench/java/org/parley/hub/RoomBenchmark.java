package org.parley.hub;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import org.parley.backplane.LocalBackplane;

/** One committed message through a room to all its members; what they do with it costs next to nothing here. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RoomBenchmark {
    private static final String BODY = "{\"text\":\"" + "x".repeat(128) + "\"}";

    @Param({"100", "1000"})
    int members;

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final User user = new User("guest:a", "a", true);
    private Room room;
    private String epoch;
    private long seq;

    /** Counts what it is offered. */
    private static final class Counting implements Connection {
        private final User user;
        private final String id;
        private int offered;

        Counting(User user, int number) {
            this.user = user;
            this.id = "c" + number;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public User user() {
            return user;
        }

        @Override
        public Access access() {
            return Access.EVERY_ROOM;
        }

        @Override
        public void prepare(Broadcast broadcast) {
            offered |= 0;
        }

        @Override
        public void offer(Broadcast broadcast) {
            offered++;
        }

        @Override
        public void flush() {
            offered |= 0;
        }

        @Override
        public void disconnect(Disconnect why) {
            throw new IllegalStateException(why.toString());
        }
    }

    @Setup
    public void enter() throws RefusedException, LogUnavailableException {
        MessageLog log = new MemoryMessageLog(Clock.systemUTC());
        room = new Room("lobby", RoomClass.LOG, log, new LocalBackplane(), Limits.DEFAULT, new Counters(), tasks::add);
        for (int i = 0; i < members; i++) {
            Subscription subscription = room.enter(new Counting(user, i));
            new Replay(room, log, Limits.DEFAULT).join(subscription, "1", null);
        }
        epoch = room.epoch;
        seq = room.last;
    }

    @Benchmark
    public long deliver() {
        seq++;
        room.committed(epoch, List.of(new Message(seq, seq, seq, "id", user, "text", BODY)));
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
        return seq;
    }
}

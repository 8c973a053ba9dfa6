package org.parley.endpoint;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.parley.hub.Broadcast.Overflow;
import org.parley.hub.ManualNanos;

import static org.assertj.core.api.Assertions.assertThat;

class OutboxTest {
    /** Completes sends when told to. */
    private static final class Wire implements Outbox.Sink {
        final List<String> sent = new ArrayList<>();
        final ArrayDeque<Outbox.Done> open = new ArrayDeque<>();
        final List<Throwable> broken = new ArrayList<>();
        boolean immediate;

        @Override
        public void send(List<Frame> frames, Outbox.Done done) {
            frames.forEach(f -> sent.add(((Frame.Text) f).text()));
            if (immediate) {
                done.done(null);
            } else {
                open.add(done);
            }
        }

        @Override
        public void broken(Throwable failure) {
            broken.add(failure);
        }

        void complete() {
            open.poll().done(null);
        }
    }

    private final Wire wire = new Wire();
    private final Outbox outbox = new Outbox(wire, 100, 1);

    private void offer(String room, String text, Overflow overflow) {
        outbox.offer(room, Frame.text(text), overflow);
    }

    @Test
    void sendsNothingBeforeFlush() {
        offer("a", "1", Overflow.DISCONNECT);
        assertThat(wire.sent).isEmpty();
        outbox.flush();
        assertThat(wire.sent).containsExactly("1");
    }

    @Test
    void hasOneSendInFlight() {
        for (String text : List.of("1", "2", "3")) {
            offer("a", text, Overflow.DISCONNECT);
            outbox.flush();
        }
        assertThat(wire.sent).containsExactly("1");
        wire.complete();
        assertThat(wire.sent).containsExactly("1", "2");
        wire.complete();
        wire.complete();
        assertThat(wire.sent).containsExactly("1", "2", "3");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void servesRoomsInTurnAndKeepsTheirOrder() {
        wire.immediate = true;
        for (String text : List.of("a1", "a2", "a3", "b1", "b2")) {
            offer(text.substring(0, 1), text, Overflow.DISCONNECT);
        }
        outbox.flush();
        assertThat(wire.sent).containsExactly("a1", "b1", "a2", "b2", "a3");
    }

    @Test
    void handsOverBatches() {
        Outbox batching = new Outbox(wire, 1000, 3);
        wire.immediate = true;
        for (int i = 0; i < 7; i++) {
            batching.offer("a", Frame.text("" + i), Overflow.DISCONNECT);
        }
        batching.flush();
        assertThat(wire.sent).containsExactly("0", "1", "2", "3", "4", "5", "6");
    }

    @Test
    void doesNotRecurseWhenSendsCompleteAtOnce() {
        wire.immediate = true;
        Outbox large = new Outbox(wire, 10_000_000, 1);
        for (int i = 0; i < 200_000; i++) {
            large.offer("a", Frame.text("x"), Overflow.DISCONNECT);
        }
        large.flush();
        assertThat(wire.sent).hasSize(200_000);
    }

    @Test
    void breaksOnceWhenFull() {
        offer("a", "x".repeat(60), Overflow.DISCONNECT);
        outbox.flush();
        offer("a", "x".repeat(60), Overflow.DISCONNECT);
        assertThat(wire.broken).as("told under the caller's lock").isEmpty();
        outbox.flush();
        outbox.flush();
        assertThat(wire.broken).hasSize(1).containsOnlyNulls();
        offer("a", "y", Overflow.DISCONNECT);
        wire.complete();
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void countsBytesNotCharacters() {
        offer("a", "€".repeat(34), Overflow.DISCONNECT);
        outbox.flush();
        assertThat(wire.broken).hasSize(1);
    }

    @Test
    void dropsWhereNothingDependsOnIt() {
        offer("live", "x".repeat(90), Overflow.DROP);
        offer("live", "x".repeat(90), Overflow.DROP);
        outbox.flush();
        assertThat(wire.broken).isEmpty();
        assertThat(outbox.dropped()).isEqualTo(1);
        assertThat(wire.sent).hasSize(1);
    }

    @Test
    void keepsTheNewestValueWhenFull() {
        offer("other", "x".repeat(40), Overflow.DISCONNECT);
        outbox.flush();
        offer("state", "joined", Overflow.DISCONNECT);
        offer("state", "a".repeat(40), Overflow.CONFLATE);
        offer("state", "b".repeat(40), Overflow.CONFLATE);
        wire.immediate = true;
        wire.complete();
        assertThat(wire.sent).containsExactly("x".repeat(40), "joined", "b".repeat(40));
        assertThat(outbox.dropped()).isEqualTo(1);
        assertThat(wire.broken).isEmpty();
    }

    @Test
    void forgetsRoomsThatAConnectionWentThrough() {
        wire.immediate = true;
        for (int i = 0; i < 10_000; i++) {
            offer("room" + i, "x", Overflow.DISCONNECT);
            outbox.flush();
        }
        assertThat(wire.sent).hasSize(10_000);
        assertThat(outbox.lanes()).isLessThanOrEqualTo(64);
    }

    @Test
    void breaksWhenASendFails() {
        offer("a", "1", Overflow.DISCONNECT);
        offer("a", "2", Overflow.DISCONNECT);
        outbox.flush();
        IOException failure = new IOException("gone");
        wire.open.poll().done(failure);
        assertThat(wire.broken).containsExactly(failure);
        assertThat(wire.sent).containsExactly("1");
    }

    @Test
    void tellsHowLongASendHangs() {
        ManualNanos nanos = new ManualNanos();
        Outbox timed = new Outbox(wire, 100, 1, nanos);
        assertThat(timed.stalledNanos(nanos.getAsLong())).isZero();
        timed.offer("a", Frame.text("1"), Overflow.DISCONNECT);
        timed.offer("a", Frame.text("2"), Overflow.DISCONNECT);
        timed.flush();
        nanos.advance(10, TimeUnit.SECONDS);
        assertThat(timed.stalledNanos(nanos.getAsLong())).isEqualTo(TimeUnit.SECONDS.toNanos(10));
        wire.complete();
        assertThat(timed.stalledNanos(nanos.getAsLong())).as("the next send").isZero();
        nanos.advance(1, TimeUnit.SECONDS);
        assertThat(timed.stalledNanos(nanos.getAsLong())).isEqualTo(TimeUnit.SECONDS.toNanos(1));
        wire.complete();
        assertThat(timed.stalledNanos(nanos.getAsLong())).as("nothing to send").isZero();
    }

    /** Each thread is a room; some completion or other may come while others overflow it. */
    @Test
    void staysBoundedAndBreaksOnceUnderManyThreads() throws Exception {
        int threads = 4;
        int capacity = 1_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int round = 0; round < 200; round++) {
            AtomicInteger broken = new AtomicInteger();
            Outbox shared = new Outbox(
                    new Outbox.Sink() {
                        @Override
                        public void send(List<Frame> frames, Outbox.Done done) {
                            if (ThreadLocalRandom.current().nextInt(8) > 0) {
                                done.done(null);
                            }
                        }

                        @Override
                        public void broken(Throwable failure) {
                            broken.incrementAndGet();
                        }
                    },
                    capacity,
                    1);
            CountDownLatch done = new CountDownLatch(threads);
            AtomicInteger largest = new AtomicInteger();
            for (int t = 0; t < threads; t++) {
                String room = "r" + t;
                pool.execute(() -> {
                    for (int i = 0; i < 400; i++) {
                        shared.offer(room, Frame.text("0123456789"), Overflow.DISCONNECT);
                        largest.accumulateAndGet(shared.size(), Math::max);
                        shared.flush();
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(broken).hasValue(1);
            assertThat(largest.get()).isLessThanOrEqualTo(capacity);
        }
        pool.shutdown();
    }

    @Test
    void losesAndReordersNothingUnderManyThreads() throws Exception {
        int threads = 4;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        List<String> sent = new ArrayList<>();
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(threads * each);
        Outbox shared = new Outbox(
                new Outbox.Sink() {
                    @Override
                    public void send(List<Frame> frames, Outbox.Done done) {
                        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                        sent.add(((Frame.Text) frames.get(0)).text());
                        Runnable completion = () -> {
                            inFlight.decrementAndGet();
                            all.countDown();
                            done.done(null);
                        };
                        if (sent.size() % 3 == 0) {
                            pool.execute(completion);
                        } else {
                            completion.run();
                        }
                    }

                    @Override
                    public void broken(Throwable failure) {
                        throw new AssertionError("broken", failure);
                    }
                },
                Integer.MAX_VALUE,
                1);
        for (int t = 0; t < threads; t++) {
            String room = "r" + t;
            pool.execute(() -> {
                for (int i = 0; i < each; i++) {
                    shared.offer(room, Frame.text(room + ":" + i), Overflow.DISCONNECT);
                    shared.flush();
                }
            });
        }
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        pool.shutdown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        for (int t = 0; t < threads; t++) {
            String room = "r" + t + ":";
            assertThat(sent.stream().filter(s -> s.startsWith(room)).map(s -> Integer.parseInt(s.substring(3))))
                    .as(room)
                    .hasSize(each)
                    .isSorted();
        }
    }
}

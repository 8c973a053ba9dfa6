package org.parley.hub;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LogWriterTest {
    private static final Limits SMALL = new Limits(1, 1, 0, 1, 100, 1_000, 10, 1_000);

    private final MemoryMessageLog log = new MemoryMessageLog(Clock.systemUTC());
    private final List<String> committed = new CopyOnWriteArrayList<>();
    private final RecordingConnection ada = new RecordingConnection("ada");
    private final RecordingConnection bob = new RecordingConnection("bob");
    private final Counters counters = new Counters();
    private LogWriter writer = writer(log, SMALL);

    private LogWriter writer(MessageLog to, Limits limits) {
        return new LogWriter(
                to,
                limits,
                counters,
                (room, epoch, messages, since) -> messages.forEach(m -> committed.add(room + m.seq() + m.id())));
    }

    private boolean offer(RecordingConnection publisher, String room, String id) {
        return offer(publisher, room, id, "{}");
    }

    private boolean offer(RecordingConnection publisher, String room, String id, String body) {
        return writer.offer(new LogWriter.Pending(
                publisher,
                new Append(room, RoomClass.LOG, publisher.user(), id, Kind.TEXT, body, null, OptionalLong.empty())));
    }

    private static ErrorCode failure(RecordingConnection of, String id) {
        return of.answer(id, Delivery.Failed.class).code();
    }

    /** Runs in this thread what waits; ends since the writer is closed. */
    private void drain() {
        writer.close();
        writer.run();
    }

    @Test
    void takesNoMoreThanTheQueueHolds() {
        IntStream.range(0, 100)
                .forEach(i -> assertThat(offer(ada, "r", "m" + i)).isTrue());
        assertThat(offer(ada, "r", "m100")).isFalse();
        drain();
        assertThat(ada.all(Delivery.Acked.class)).hasSize(100);
    }

    @Test
    void takesNoMoreThanTheBytesAllow() {
        assertThat(offer(ada, "r", "1", "x".repeat(1_000))).isTrue();
        assertThat(offer(ada, "r", "2", "x")).as("full, not over").isTrue();
        assertThat(offer(ada, "r", "3", "x")).isFalse();
        drain();
        assertThat(ada.all(Delivery.Acked.class)).hasSize(2);
    }

    @Test
    void takesMoreWhenWhatWaitedIsStored() throws Exception {
        Future<?> running = start();
        for (int i = 0; i < 300; i++) {
            assertThat(offer(ada, "r", "m" + i, "x".repeat(900))).isTrue();
            ada.answer("m" + i, Delivery.Acked.class);
        }
        writer.close();
        running.get(10, TimeUnit.SECONDS);
    }

    private Future<?> start() {
        FutureTask<?> task = new FutureTask<>(writer, null);
        Thread thread = new Thread(task, "writer");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @Test
    void storesWhatWaitsAndEndsWhenClosed() throws Exception {
        IntStream.range(0, 5).forEach(i -> offer(ada, "r", "m" + i));
        Future<?> running = start();
        writer.close();
        running.get(10, TimeUnit.SECONDS);
        assertThat(offer(ada, "r", "late")).isFalse();
        assertThat(committed).containsExactly("r1m0", "r2m1", "r3m2", "r4m3", "r5m4");
        assertThat(ada.all(Delivery.Acked.class))
                .extracting(Delivery.Acked::seq)
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void endsAtOnceWhenClosedIdle() throws Exception {
        Future<?> running = start();
        writer.close();
        running.get(10, TimeUnit.SECONDS);
        assertThat(committed).isEmpty();
    }

    /** A log that fails the first batch, and lets more arrive while it does. */
    private final class FailingOnce extends ForwardingLog {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final List<Integer> batches = new ArrayList<>();

        FailingOnce() {
            super(log);
        }

        @Override
        public List<Appended> append(List<Append> batch) throws LogUnavailableException {
            batches.add(batch.size());
            if (batches.size() > 1) {
                return super.append(batch);
            }
            reached.countDown();
            try {
                assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new LogUnavailableException("the test says so", null);
        }
    }

    @Test
    void abortsWhatTheSamePublisherHasWaitingForTheSameRoom() throws Exception {
        FailingOnce failing = new FailingOnce();
        writer = writer(failing, SMALL);
        Future<?> running = start();
        offer(ada, "r", "first");
        assertThat(failing.reached.await(10, TimeUnit.SECONDS)).isTrue();
        offer(ada, "r", "follower");
        offer(ada, "other", "elsewhere");
        offer(bob, "r", "somebody");
        failing.goOn.countDown();
        writer.close();
        running.get(10, TimeUnit.SECONDS);
        assertThat(failure(ada, "first")).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failure(ada, "follower")).isEqualTo(ErrorCode.ABORTED);
        assertThat(committed).containsExactlyInAnyOrder("other1elsewhere", "r1somebody");
        assertThat(ada.answer("follower", Delivery.Failed.class).retryAfterMs()).isPositive();
    }

    /** Sends again in the moment that it is told of a failure, as a client does whose answer another thread flushes. */
    private final class Impatient implements Publisher {
        @Override
        public String id() {
            return "impatient";
        }

        final List<Delivery> answers = new ArrayList<>();

        @Override
        public User user() {
            return ada.user();
        }

        @Override
        public Access access() {
            return Access.EVERY_ROOM;
        }

        @Override
        public void offer(Broadcast broadcast) {
            answers.add(broadcast.delivery());
            if (broadcast.delivery() instanceof Delivery.Failed) {
                publish();
            }
        }

        @Override
        public void flush() {
            // What is offered counts as sent.
        }

        void publish() {
            writer.offer(new LogWriter.Pending(
                    this, new Append("r", RoomClass.LOG, user(), "m", Kind.TEXT, "{}", null, OptionalLong.empty())));
        }
    }

    @Test
    void doesNotAbortTheRetryOfWhatFailed() throws Exception {
        FailingOnce failing = new FailingOnce();
        failing.goOn.countDown();
        writer = writer(failing, SMALL);
        Impatient impatient = new Impatient();
        impatient.publish();
        Future<?> running = start();
        await().until(() -> committed.contains("r1m"));
        writer.close();
        running.get(10, TimeUnit.SECONDS);
        assertThat(impatient.answers)
                .hasSize(2)
                .first()
                .isInstanceOfSatisfying(Delivery.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(impatient.answers).last().isInstanceOf(Delivery.Acked.class);
    }

    @Test
    void commitsInOneBatchWhatArrivedMeanwhile() throws Exception {
        FailingOnce failing = new FailingOnce();
        writer = writer(failing, SMALL);
        Future<?> running = start();
        offer(ada, "r", "first");
        assertThat(failing.reached.await(10, TimeUnit.SECONDS)).isTrue();
        IntStream.range(0, 50).forEach(i -> offer(bob, "r", "m" + i));
        failing.goOn.countDown();
        writer.close();
        running.get(10, TimeUnit.SECONDS);
        assertThat(failing.batches).containsExactly(1, 50);
    }

    @Test
    void givesBackTheRoomOfWhatItAborted() throws Exception {
        FailingOnce failing = new FailingOnce();
        writer = writer(failing, SMALL);
        Future<?> running = start();
        offer(ada, "r", "first");
        assertThat(failing.reached.await(10, TimeUnit.SECONDS)).isTrue();
        offer(ada, "r", "large", "x".repeat(1_001));
        assertThat(offer(bob, "r", "full")).isFalse();
        failing.goOn.countDown();
        assertThat(failure(ada, "large")).isEqualTo(ErrorCode.ABORTED);
        assertThat(offer(bob, "r", "fits")).isTrue();
        writer.close();
        running.get(10, TimeUnit.SECONDS);
        assertThat(committed).containsExactly("r1fits");
    }

    @Test
    void failsTheBatchAndLivesWhenTheLogHasAFault() throws Exception {
        MessageLog broken = new ForwardingLog(log) {
            private boolean failed;

            @Override
            public List<Appended> append(List<Append> batch) throws LogUnavailableException {
                if (!failed) {
                    failed = true;
                    throw new IllegalStateException("a fault of ours");
                }
                return super.append(batch);
            }
        };
        writer = writer(broken, SMALL);
        Future<?> running = start();
        offer(ada, "r", "unlucky");
        assertThat(failure(ada, "unlucky")).isEqualTo(ErrorCode.UNAVAILABLE);
        offer(ada, "r", "lucky");
        assertThat(ada.answer("lucky", Delivery.Acked.class).seq()).isEqualTo(1);
        writer.close();
        running.get(10, TimeUnit.SECONDS);
    }
}

package org.parley.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.parley.event.Event;

/**
 * The group commit: one thread takes everything that waits into one transaction, so that batches grow under load by
 * themselves and an idle hub commits at once.
 *
 * <p>An ack goes out only after the commit is durable. When a batch fails, what the same publisher has waiting for the
 * same room fails too: stored without the one before, it would change the order.
 */
final class LogWriter implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(LogWriter.class.getName());
    private static final int BATCH = 1_000;
    /** So many publishers of a failed batch are in the log. */
    private static final int NAMED = 10;

    private static final int BATCH_CHARACTERS = 1 << 20;
    /** Before a deferred room is asked for again when nothing else waits. */
    private static final long DEFERRED_MILLIS = 5;
    /** Longer than any commit takes while all is well. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** @param since when it was published, as {@link System#nanoTime} tells it */
    record Pending(Publisher publisher, Append append, long since) {
        Pending(Publisher publisher, Append append) {
            this(publisher, append, System.nanoTime());
        }
    }

    /** Where committed messages go. */
    @FunctionalInterface
    interface Committed {
        /** @param since when the first of them was published */
        void committed(String room, String epoch, List<Message> messages, long since);
    }

    private record Origin(Publisher publisher, String room) {}

    private record Run(String epoch, List<Message> messages, long since) {}

    /** A batch that is with the log, and whether its publishers were told already that it takes too long. */
    private record Attempt(List<Pending> batch, long since, boolean abandoned) {
        static final Attempt NONE = new Attempt(List.of(), 0, false);
    }

    private final MessageLog log;
    private final Limits limits;
    private final Counters counters;
    private final Committed committed;
    private final LongSupplier nanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private ArrayDeque<Pending> queue = new ArrayDeque<>();
    private long queued;
    private boolean closed;
    private Attempt attempt = Attempt.NONE;

    /** @param nanos the time as {@link System#nanoTime} tells it */
    LogWriter(MessageLog log, Limits limits, Counters counters, Committed committed, LongSupplier nanos) {
        this.log = log;
        this.limits = limits;
        this.counters = counters;
        this.committed = committed;
        this.nanos = nanos;
    }

    /** @return false if too much is waiting already */
    boolean offer(Pending pending) {
        lock.lock();
        try {
            if (closed || queue.size() >= limits.appendQueue() || queued > limits.appendQueueBytes()) {
                return false;
            }
            queue.add(pending);
            queued += pending.append.body().length();
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Messages that wait to be stored. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is taken in; {@link #run} ends when all that waits is stored and answered. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        List<Pending> deferred = List.of();
        while (true) {
            List<Pending> batch = take(deferred);
            if (batch.isEmpty()) {
                return;
            }
            deferred = append(batch);
        }
    }

    private List<Pending> take(List<Pending> deferred) {
        List<Pending> batch = new ArrayList<>(deferred);
        int characters = 0;
        lock.lock();
        try {
            await(!deferred.isEmpty());
            while (!queue.isEmpty() && batch.size() < BATCH && characters < BATCH_CHARACTERS) {
                Pending pending = queue.poll();
                int length = pending.append.body().length();
                characters += length;
                queued -= length;
                batch.add(pending);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void await(boolean briefly) {
        try {
            if (briefly && queue.isEmpty()) {
                arrived.await(DEFERRED_MILLIS, TimeUnit.MILLISECONDS);
            }
            while (!briefly && queue.isEmpty() && !closed) {
                arrived.await();
            }
        } catch (InterruptedException e) {
            // Only the server's own shutdown interrupts: store what waits, then end.
            closed = true;
        }
    }

    /** @return what another node's lock kept from being tried */
    private List<Pending> append(List<Pending> batch) {
        long began = nanos.getAsLong();
        begin(new Attempt(batch, began, false));
        try {
            List<Appended> outcomes =
                    log.append(batch.stream().map(Pending::append).toList());
            counters.measurements().appended(batch.size(), nanos.getAsLong() - began);
            boolean told = begin(Attempt.NONE).abandoned;
            List<Pending> deferred = settle(batch, outcomes, told);
            return told ? List.of() : deferred;
        } catch (LogUnavailableException e) {
            failed(batch).with("reason", e.getMessage()).warn(LOGGER);
            failUnlessTold(batch);
            return List.of();
        } catch (RuntimeException e) {
            failed(batch).error(LOGGER, e);
            failUnlessTold(batch);
            return List.of();
        }
    }

    private void failUnlessTold(List<Pending> batch) {
        if (!begin(Attempt.NONE).abandoned) {
            fail(batch);
        }
    }

    private static Event failed(List<Pending> batch) {
        List<String> publishers = batch.stream()
                .map(pending -> pending.publisher.id())
                .distinct()
                .limit(NAMED)
                .toList();
        return Event.of("append-failed").with("messages", batch.size()).with("publishers", publishers);
    }

    /** @return the one before */
    private Attempt begin(Attempt next) {
        lock.lock();
        try {
            Attempt before = attempt;
            attempt = next;
            return before;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells whoever has waited too long for a log that does not answer, and as long as it does not, whoever comes then:
     * it is not known whether that was stored, and trying again with the same id finds out. Every quarter of a second.
     */
    void expire() {
        List<Pending> overdue;
        lock.lock();
        try {
            if (attempt == Attempt.NONE || nanos.getAsLong() - attempt.since < PATIENCE) {
                return;
            }
            overdue = new ArrayList<>(attempt.abandoned ? List.of() : attempt.batch);
            overdue.addAll(queue);
            queue.clear();
            queued = 0;
            attempt = new Attempt(attempt.batch, attempt.since, true);
        } finally {
            lock.unlock();
        }
        fail(overdue);
    }

    /** @param told whether the publishers were told something else already; the members were not */
    private List<Pending> settle(List<Pending> batch, List<Appended> outcomes, boolean told) {
        List<Pending> deferred = new ArrayList<>();
        Map<String, Run> runs = new LinkedHashMap<>();
        Set<Publisher> answered = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            Pending pending = batch.get(i);
            Append append = pending.append;
            Appended outcome = outcomes.get(i);
            if (outcome instanceof Appended.Deferred) {
                deferred.add(pending);
                continue;
            }
            if (outcome instanceof Appended.Stored stored) {
                runs.computeIfAbsent(append.room(), r -> new Run(stored.epoch(), new ArrayList<>(), pending.since))
                        .messages
                        .add(stored.message());
            }
            if (!told) {
                Delivery answer = answer(append, outcome);
                counters.answered(answer);
                pending.publisher.offer(Broadcast.reply(append.room(), answer));
                answered.add(pending.publisher);
            }
        }
        if (batch.size() == 1) {
            // Who waits alone is not to wait for the thread that tells the room.
            answered.forEach(Publisher::flush);
            answered.clear();
        }
        runs.forEach((room, run) -> committed.committed(room, run.epoch, run.messages, run.since));
        answered.forEach(Publisher::flush);
        return deferred;
    }

    private static Delivery answer(Append append, Appended outcome) {
        if (outcome instanceof Appended.Stored stored) {
            Message message = stored.message();
            return new Delivery.Acked(append.id(), append.room(), stored.epoch(), message.seq(), message.time(), false);
        }
        if (outcome instanceof Appended.Duplicate duplicate) {
            return new Delivery.Acked(
                    append.id(), append.room(), duplicate.epoch(), duplicate.seq(), duplicate.time(), true);
        }
        Appended.Refused refused = (Appended.Refused) outcome;
        return new Delivery.Failed(append.id(), append.room(), refused.code(), refused.message(), 0, refused.current());
    }

    /** What waits is taken out before anybody is answered: a publisher may send again as soon as it is told. */
    private void fail(List<Pending> batch) {
        Set<Origin> failed = new HashSet<>();
        batch.forEach(pending -> failed.add(new Origin(pending.publisher, pending.append.room())));
        List<Pending> waiting = takeAllOf(failed);
        Set<Publisher> answered = new HashSet<>();
        batch.forEach(pending -> fail(pending, ErrorCode.UNAVAILABLE, answered));
        waiting.forEach(pending -> fail(pending, ErrorCode.ABORTED, answered));
        answered.forEach(Publisher::flush);
    }

    private void fail(Pending pending, ErrorCode code, Set<Publisher> answered) {
        Append append = pending.append;
        Delivery failed = new Delivery.Failed(append.id(), append.room(), code, code.text(), 1_000, null);
        counters.answered(failed);
        pending.publisher.offer(Broadcast.reply(append.room(), failed));
        answered.add(pending.publisher);
    }

    private List<Pending> takeAllOf(Set<Origin> origins) {
        List<Pending> taken = new ArrayList<>();
        lock.lock();
        try {
            ArrayDeque<Pending> kept = new ArrayDeque<>(queue.size());
            for (Pending pending : queue) {
                if (origins.contains(new Origin(pending.publisher, pending.append.room()))) {
                    taken.add(pending);
                    queued -= pending.append.body().length();
                } else {
                    kept.add(pending);
                }
            }
            queue = kept;
        } finally {
            lock.unlock();
        }
        return taken;
    }
}

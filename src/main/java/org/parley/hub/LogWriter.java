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

    private final MessageLog log;
    private final Limits limits;
    private final Counters counters;
    private final Committed committed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private ArrayDeque<Pending> queue = new ArrayDeque<>();
    private long queued;
    private boolean closed;

    LogWriter(MessageLog log, Limits limits, Counters counters, Committed committed) {
        this.log = log;
        this.limits = limits;
        this.counters = counters;
        this.committed = committed;
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
        try {
            long began = System.nanoTime();
            List<Appended> outcomes =
                    log.append(batch.stream().map(Pending::append).toList());
            counters.measurements().appended(batch.size(), System.nanoTime() - began);
            return settle(batch, outcomes);
        } catch (LogUnavailableException e) {
            failed(batch).with("reason", e.getMessage()).warn(LOGGER);
            fail(batch);
            return List.of();
        } catch (RuntimeException e) {
            failed(batch).error(LOGGER, e);
            fail(batch);
            return List.of();
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

    private List<Pending> settle(List<Pending> batch, List<Appended> outcomes) {
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
            Delivery answer = answer(append, outcome);
            counters.answered(answer);
            pending.publisher.offer(Broadcast.reply(append.room(), answer));
            answered.add(pending.publisher);
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

package org.parley.backplane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.parley.hub.Announcement;
import org.parley.hub.Message;

/**
 * Announcements that wait to be sent. Bounded: what finds no place is thrown away, and whoever misses it finds it in the
 * log. Thread-safe.
 */
final class Outgoing {
    /** In characters, about. */
    private static final long CAPACITY = 16 << 20;

    private static final long BATCH = 1 << 20;

    private final ArrayDeque<Announcement> waiting = new ArrayDeque<>();
    private long size;
    private long dropped;
    private boolean taking;
    private boolean closed;

    synchronized void add(Announcement announcement) {
        if (!taking || closed || size >= CAPACITY) {
            dropped++;
            return;
        }
        waiting.add(announcement);
        size += sizeOf(announcement);
        notifyAll();
    }

    /** From now on announcements are taken. */
    synchronized void open() {
        taking = true;
    }

    /** The broker is away: what waits would be old when it is back. */
    synchronized void abandon() {
        taking = false;
        dropped += waiting.size();
        waiting.clear();
        size = 0;
    }

    /** Waits for something to send, but not for longer than that; then takes all there is, up to a bound. */
    synchronized List<Announcement> take(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (waiting.isEmpty() && !closed && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        List<Announcement> batch = new ArrayList<>();
        long taken = 0;
        while (!waiting.isEmpty() && taken < BATCH) {
            Announcement next = waiting.poll();
            taken += sizeOf(next);
            batch.add(next);
        }
        size -= taken;
        return batch;
    }

    synchronized boolean isOver() {
        return closed && waiting.isEmpty();
    }

    /** Nothing more is taken in; what waits may still be sent. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized long dropped() {
        return dropped;
    }

    private static long sizeOf(Announcement announcement) {
        if (announcement instanceof Announcement.Committed committed) {
            return sizeOf(committed.messages());
        } else if (announcement instanceof Announcement.Published published) {
            return sizeOf(published.messages());
        } else if (announcement instanceof Announcement.Present present) {
            return 128 + 64L * present.users().size();
        }
        return announcement instanceof Announcement.Signalled signalled
                ? 128 + signalled.body().length()
                : 128;
    }

    private static long sizeOf(List<Message> messages) {
        return 128 + messages.stream().mapToLong(m -> 128L + m.body().length()).sum();
    }
}

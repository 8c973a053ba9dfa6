package org.parley.hub;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of one room that wait to be delivered. Bounded: when it is full it keeps only the newest message, and whoever
 * delivers finds the hole before it and reads the log instead. Thread-safe.
 */
final class Inbox {
    private static final int CAPACITY = 4 << 20;

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private String epoch;
    private long size;
    private boolean scheduled;

    /** When what was added began its way; {@code end} counts all messages up to its last one. */
    private record Arrival(long end, long since) {}

    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private long arrived;
    private long gone;
    private long since;

    /**
     * @param began when the first of them began its way here, as {@link System#nanoTime} tells it
     * @return whether the caller must see to it that somebody delivers
     */
    synchronized boolean add(String epoch, List<Message> added, long began) {
        if (epoch != null && !epoch.equals(this.epoch)) {
            messages.clear();
            gone = arrived;
            size = 0;
            this.epoch = epoch;
        }
        for (Message message : added) {
            messages.add(message);
            size += sizeOf(message);
        }
        arrived += added.size();
        arrivals.add(new Arrival(arrived, began));
        while (size > CAPACITY && messages.size() > 1) {
            size -= sizeOf(messages.poll());
            gone++;
        }
        return schedule();
    }

    /** @return whether the caller must see to it that somebody delivers */
    synchronized boolean schedule() {
        boolean was = scheduled;
        scheduled = true;
        return !was;
    }

    /** The epoch of what {@link #take} gave last. */
    synchronized String epoch() {
        return epoch;
    }

    /** When the oldest of what {@link #take} gave last began its way, as {@link System#nanoTime} tells it. */
    synchronized long since() {
        return since;
    }

    private void begun() {
        while (!arrivals.isEmpty() && arrivals.peek().end <= gone) {
            arrivals.poll();
        }
        since = arrivals.isEmpty() ? since : arrivals.peek().since;
    }

    /** Consecutive messages of about {@code bytes} characters, at least one if there is any. */
    synchronized List<Message> take(int bytes) {
        List<Message> taken = new ArrayList<>();
        long total = 0;
        while (!messages.isEmpty()) {
            int next = sizeOf(messages.peek());
            if (!taken.isEmpty() && total + next > bytes) {
                break;
            }
            total += next;
            taken.add(messages.poll());
        }
        size -= total;
        begun();
        gone += taken.size();
        return taken;
    }

    /** The deliverer has done what there was; true if something came in between and it must go on. */
    synchronized boolean finish() {
        scheduled = !messages.isEmpty();
        return scheduled;
    }

    /** About what waits takes in frames, in characters. */
    synchronized long size() {
        return size;
    }

    /** About what the message takes in a frame, in characters. */
    static int sizeOf(Message message) {
        return message.body().length()
                + message.from().id().length()
                + message.from().name().length()
                + 128;
    }
}

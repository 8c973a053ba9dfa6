package org.parley.hub;

import java.util.ArrayList;
import java.util.List;

/** The newest messages of a room, consecutive; lets a resume end without a look into the log. Not thread-safe. */
final class Ring {
    private static final int CAPACITY = 256;

    private final Message[] slots = new Message[CAPACITY];
    private long first = 1;
    private long last;

    void add(Message message) {
        if (message.seq() != last + 1) {
            first = message.seq();
        }
        last = message.seq();
        slots[(int) (last % CAPACITY)] = message;
        first = Math.max(first, last - CAPACITY + 1);
    }

    /** Whether it holds every message after {@code seq} up to {@code end}. */
    boolean covers(long seq, long end) {
        return seq >= end || (end <= last && seq + 1 >= first && last > 0);
    }

    /** The messages after {@code seq} up to {@code end}; only if {@link #covers}. */
    List<Message> between(long seq, long end) {
        List<Message> messages = new ArrayList<>((int) Math.max(0, end - seq));
        for (long s = seq + 1; s <= end; s++) {
            messages.add(slots[(int) (s % CAPACITY)]);
        }
        return messages;
    }
}

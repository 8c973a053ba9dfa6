package org.parley.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The newest messages of a room, consecutive; lets a resume end without a look into the log. Bounded in number and size:
 * there is one for each room. Not thread-safe.
 */
final class Ring {
    private static final int CAPACITY = 256;
    /** As {@link Inbox#sizeOf} counts; one message that is larger is kept alone. */
    private static final long CHARACTERS = 512 << 10;

    private final Message[] slots = new Message[CAPACITY];
    private long first = 1;
    private long last;
    private long characters;

    void add(Message message) {
        if (message.seq() != last + 1) {
            clear();
            first = message.seq();
        }
        if (message.seq() - first == CAPACITY) {
            forgetFirst();
        }
        last = message.seq();
        slots[place(last)] = message;
        characters += Inbox.sizeOf(message);
        while (characters > CHARACTERS && first < last) {
            forgetFirst();
        }
    }

    private void clear() {
        Arrays.fill(slots, null);
        characters = 0;
    }

    private void forgetFirst() {
        characters -= Inbox.sizeOf(slots[place(first)]);
        slots[place(first)] = null;
        first++;
    }

    private static int place(long seq) {
        return (int) (seq % CAPACITY);
    }

    /** Whether it holds every message after {@code seq} up to {@code end}. */
    boolean covers(long seq, long end) {
        return seq >= end || (end <= last && seq + 1 >= first && last > 0);
    }

    /** The messages after {@code seq} up to {@code end}; only if {@link #covers}. */
    List<Message> between(long seq, long end) {
        List<Message> messages = new ArrayList<>((int) Math.max(0, end - seq));
        for (long s = seq + 1; s <= end; s++) {
            messages.add(slots[place(s)]);
        }
        return messages;
    }
}

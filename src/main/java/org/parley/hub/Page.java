package org.parley.hub;

import java.util.List;

/**
 * Consecutive entries of a room, oldest first.
 *
 * @param epoch the numbering they belong to; empty if there is no such room
 * @param last the room's last seq when the page was read
 * @param first the oldest seq that the log still has; {@code last + 1} if it has none
 * @param messages ascending
 * @param more whether the log has further ones in the direction of reading
 */
public record Page(String epoch, long last, long first, List<Message> messages, boolean more) {

    /** Whether nothing is missing between {@code seq} and the page, of which it is the one that was asked for. */
    boolean follows(long seq) {
        return startsAfter(seq) && seq <= last;
    }

    /** Compares numbers only: the row at the position itself may be gone. */
    boolean startsAfter(long seq) {
        return first <= seq + 1;
    }
}

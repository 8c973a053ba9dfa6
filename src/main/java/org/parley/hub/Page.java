package org.parley.hub;

import java.util.List;

/**
 * Consecutive entries of a room, oldest first.
 *
 * @param epoch the numbering they belong to
 * @param last the room's last seq when the page was read
 * @param first the oldest seq that the log still has; {@code last + 1} if it has none
 * @param messages ascending
 * @param more whether the log has further ones in the direction of reading
 */
public record Page(String epoch, long last, long first, List<Message> messages, boolean more) {}

package org.parley.hub;

import java.util.OptionalLong;

/**
 * One message that wants to enter the log.
 *
 * @param room its name
 * @param roomClass {@link RoomClass#LOG} or {@link RoomClass#LATEST}
 * @param from the sender
 * @param id the sender's idempotency key: (room, sender, id) enters once within 24 hours
 * @param kind see {@link Kind}
 * @param body a JSON object as text
 * @param change what it does to an earlier message, or null
 * @param expect of a {@link RoomClass#LATEST} room: the seq its value must have (0: no value yet), or it is refused
 */
public record Append(
        String room,
        RoomClass roomClass,
        User from,
        String id,
        String kind,
        String body,
        Change change,
        OptionalLong expect) {

    /**
     * What an edit, delete or reaction does to its target; the row is rewritten in the same transaction.
     *
     * @see Kind#targets
     */
    public sealed interface Change {
        /** The seq of the root message that it is about. */
        long target();

        /** The target's body becomes {@code body}. */
        record Edit(long target, String body) implements Change {}

        /** The target's body becomes {@code {}}. */
        record Delete(long target) implements Change {}

        /** The sender gives {@code emoji}, or takes it back. */
        record React(long target, String emoji, boolean given) implements Change {}
    }
}

package org.parley.hub;

import java.util.List;

/**
 * One entry of a room, as the log holds it.
 *
 * @param seq its number in the room, from 1 without holes; 0 in an ephemeral room
 * @param n how many countable messages (see {@link Kind#countable}) the room has had up to and including this one;
 *     unread is a difference of two of these; 0 in an ephemeral room
 * @param time milliseconds since 1970, never lower than that of the message before
 * @param id the sender's idempotency key
 * @param from who sent it, named as at the time of sending
 * @param kind see {@link Kind}
 * @param body a JSON object as text, which the hub never looks into
 * @param fold what later entries made of this one; {@link Fold#NONE} on raw entries
 */
public record Message(long seq, long n, long time, String id, User from, String kind, String body, Fold fold) {

    /** As published or read in the order of the log, without what later entries made of it. */
    public Message(long seq, long n, long time, String id, User from, String kind, String body) {
        this(seq, n, time, id, from, kind, body, Fold.NONE);
    }

    /**
     * What edits, deletes and reactions that came later made of a root message. The body of an edited message is
     * already the new one, that of a deleted one is {@code {}}.
     *
     * @param edited when it was last edited, ms since 1970; 0 if never
     * @param deleted when it was deleted, ms since 1970; 0 if not
     * @param reactions in the order they were first given
     */
    public record Fold(long edited, long deleted, List<Reaction> reactions) {
        public static final Fold NONE = new Fold(0, 0, List.of());
    }

    /** One reaction and the ids of the users who gave it. */
    public record Reaction(String emoji, List<String> from) {}
}

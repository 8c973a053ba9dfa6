package org.parley.hub;

/** What became of one {@link Append}. */
public sealed interface Appended {
    /** It is on disk under this number. */
    record Stored(String epoch, Message message) implements Appended {}

    /** It was on disk already, from an earlier try; nothing was numbered. */
    record Duplicate(String epoch, long seq, long time) implements Appended {}

    /**
     * It was not stored, and unless the code is {@link ErrorCode#retryable} (its room stayed locked) it will not be if it
     * is sent again as it is. {@code current} only for a conflict, else null; null too if the room has no value.
     */
    record Refused(ErrorCode code, String message, Message current) implements Appended {}

    /** Another node holds the room's lock; nothing was tried. The caller keeps it queued, in order, and asks again. */
    record Deferred() implements Appended {}
}

package org.parley.hub;

/** What a room promises. It follows from the room's name alone, so that every node and every restart agrees. */
public enum RoomClass {
    /** Numbered without holes, stored, resumable: nothing that was acknowledged is lost. */
    LOG,
    /** Numbered and durable, but only the newest value is kept; a slow reader sees the newest, so seq may jump. */
    LATEST,
    /** Not numbered, not stored; may be dropped for a slow reader. */
    EPHEMERAL
}

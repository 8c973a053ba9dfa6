package org.parley.hub;

/**
 * A room that the server carries without being able to read it: it takes messages of the kind {@link Kind#SEALED} and no
 * others, so that no client of ours and no other program puts clear text there by mistake.
 */
public final class SealedRoom {
    private SealedRoom() {}

    /** It follows from the name alone, as a room's class does: {@code sealed.plans}, {@code state.topic.sealed.plans}. */
    public static boolean isNamed(String room) {
        return room.startsWith("sealed.") || room.contains(".sealed.");
    }
}

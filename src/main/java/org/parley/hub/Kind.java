package org.parley.hub;

/** The kinds of message that the hub and the log treat each in their own way. Applications add {@code x-…}. */
public final class Kind {
    public static final String TEXT = "text";
    public static final String FILE = "file";
    /** Ciphertext: the server carries what it cannot read. */
    public static final String SEALED = "sealed";

    public static final String EDIT = "edit";
    public static final String DELETE = "delete";
    public static final String REACT = "react";

    private Kind() {}

    /** Whether it counts as unread. */
    public static boolean countable(String kind) {
        return switch (kind) {
            case TEXT, FILE, SEALED -> true;
            default -> false;
        };
    }

    /** Whether it says something about an earlier message of the same room, its target. */
    public static boolean targets(String kind) {
        return switch (kind) {
            case EDIT, DELETE, REACT -> true;
            default -> false;
        };
    }
}

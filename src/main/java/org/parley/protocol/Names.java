package org.parley.protocol;

import java.util.regex.Pattern;

/** What rooms and publishes may be called. Asked for every publish, so the common case is a loop, not a pattern. */
final class Names {
    private static final int LENGTH = 64;

    /** Letters and digits of any script, and {@code . _ -}; 1–64 code points. */
    private static final Pattern ROOM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}._-]{0,63}");

    private Names() {}

    static boolean isRoom(String name) {
        boolean plain = isId(name) && name.charAt(0) != '-' && name.charAt(0) != '_';
        return plain || ROOM.matcher(name).matches();
    }

    /** 1–64 of {@code A-Z a-z 0-9 _ -}, as a publish's idempotency key has them. */
    static boolean isId(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LENGTH;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }
}

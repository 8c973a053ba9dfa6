package org.parley.log;

import java.time.Duration;

/**
 * What a room of the class {@link org.parley.hub.RoomClass#LOG} keeps; the others keep what their class says.
 *
 * @param maxMessages the newest so many entries; {@link Long#MAX_VALUE}: all
 * @param maxAge entries no older than this; {@link #FOREVER}: of any age
 */
public record Retention(long maxMessages, Duration maxAge) {
    public static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);
    public static final Retention EVERYTHING = new Retention(Long.MAX_VALUE, FOREVER);

    public Retention {
        if (maxMessages < 0 || maxAge.isNegative()) {
            throw new IllegalArgumentException("retention of " + maxMessages + " messages, " + maxAge);
        }
    }
}

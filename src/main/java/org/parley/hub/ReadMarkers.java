package org.parley.hub;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Writes read markers at most once a second for each user and room: a page that scrolls moves its marker with every row,
 * and each write is a transaction. The first move is written at once, later ones wait for {@link #flush}.
 *
 * <p>Thread-safe. A move that was not written when the server dies is lost; markers only count what is unread.
 */
final class ReadMarkers {
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private record Key(String user, String room) {}

    /** @param waiting the seq to write next, or 0 */
    private record Marker(long writtenAt, long waiting) {}

    /** Told of each marker that was written. */
    @FunctionalInterface
    interface Moved {
        void moved(String user, String room, long seq);
    }

    private final Following following;
    private final Moved moved;
    private final LongSupplier nanos;
    private final Map<Key, Marker> markers = new ConcurrentHashMap<>();

    /** @param nanos the time as {@link System#nanoTime} tells it */
    ReadMarkers(Following following, Moved moved, LongSupplier nanos) {
        this.following = following;
        this.moved = moved;
        this.nanos = nanos;
    }

    void move(String user, String room, long seq) throws LogUnavailableException {
        long now = nanos.getAsLong();
        Marker marker = markers.compute(new Key(user, room), (key, last) -> {
            if (last == null || now - last.writtenAt >= PAUSE) {
                return new Marker(now, 0);
            }
            return new Marker(last.writtenAt, Math.max(last.waiting, seq));
        });
        if (marker.waiting == 0) {
            write(user, room, seq);
        }
    }

    private void write(String user, String room, long seq) throws LogUnavailableException {
        long now = following.read(user, room, seq);
        if (now > 0) {
            moved.moved(user, room, now);
        }
    }

    /** Writes what has waited for a second, and forgets who has stopped reading. */
    void flush() throws LogUnavailableException {
        long now = nanos.getAsLong();
        for (Key key : markers.keySet()) {
            Marker marker = markers.get(key);
            if (marker != null
                    && now - marker.writtenAt >= PAUSE
                    && markers.remove(key, marker)
                    && marker.waiting > 0) {
                write(key.user, key.room, marker.waiting);
            }
        }
    }

    /** Writes what waits of one user, whose unread counts are asked for. */
    void flush(String user) throws LogUnavailableException {
        for (Key key : markers.keySet()) {
            Marker marker = key.user.equals(user) ? markers.get(key) : null;
            if (marker != null && marker.waiting > 0 && markers.replace(key, marker, new Marker(marker.writtenAt, 0))) {
                write(key.user, key.room, marker.waiting);
            }
        }
    }
}

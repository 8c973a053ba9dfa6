package org.parley.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.parley.hub.Append;

/** How often and since when rooms were put off because another node had locked them. */
final class Deferrals {
    /** After so many times, waiting for the lock is fairer than trying again. */
    private static final int TIMES = 2;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);
    /** What was put off is asked for again at once; what was not belongs to messages that nobody waits for any more. */
    private static final long STALE = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, Deferral> rooms = new ConcurrentHashMap<>();

    private record Deferral(int times, long since, long seen) {}

    /** The one room of the batch that is to be waited for, or null. */
    String overdue(List<Append> batch) {
        for (Append entry : batch) {
            Deferral deferral = rooms.get(entry.room());
            if (deferral != null && deferral.times() >= TIMES) {
                return entry.room();
            }
        }
        return null;
    }

    /** @return whether the room may be put off once more; if not, its count begins anew */
    boolean defer(String room) {
        long now = System.nanoTime();
        Deferral deferral = rooms.compute(
                room,
                (name, earlier) -> earlier == null || now - earlier.seen() > STALE
                        ? new Deferral(1, now, now)
                        : new Deferral(earlier.times() + 1, earlier.since(), now));
        if (now - deferral.since() < PATIENCE) {
            return true;
        }
        rooms.remove(room);
        return false;
    }

    void stored(Collection<String> names) {
        if (!rooms.isEmpty()) {
            rooms.keySet().removeAll(names);
        }
    }
}

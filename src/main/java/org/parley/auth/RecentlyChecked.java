package org.parley.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that stay good for a while, so that a reconnecting crowd does not ask the database one by one. Bounded: the
 * answer that was longest unused goes first.
 *
 * @param <V> the answer
 */
final class RecentlyChecked<V> {
    private record Entry<V>(V value, long goodUntil) {}

    private final long goodForMillis;
    private final Map<String, Entry<V>> entries;

    RecentlyChecked(int capacity, long goodForMillis) {
        this.goodForMillis = goodForMillis;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry<V>> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized Optional<V> get(String key, long now) {
        Entry<V> entry = entries.get(key);
        return entry == null || entry.goodUntil() < now ? Optional.empty() : Optional.of(entry.value());
    }

    /** Whatever was known before, this is what holds now. */
    synchronized void put(String key, V value, long now) {
        entries.put(key, new Entry<>(value, now + goodForMillis));
    }

    /** For an answer that was read before and may be overtaken: does not replace one that still holds. */
    synchronized void putIfUnknown(String key, V value, long now) {
        if (get(key, now).isEmpty()) {
            put(key, value, now);
        }
    }
}

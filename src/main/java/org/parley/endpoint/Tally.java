package org.parley.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many there are of each. Thread-safe; remembers nothing of what there is none of. */
final class Tally {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    /** @return how many there are now; 0 for null, which is not counted */
    int add(String key) {
        return key == null ? 0 : counts.merge(key, 1, Integer::sum);
    }

    void remove(String key) {
        if (key != null) {
            counts.computeIfPresent(key, (k, count) -> count == 1 ? null : count - 1);
        }
    }
}

package org.parley.hub;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each user may publish without a connection: on this node as much as one connection may. Bounded: the user who
 * asked longest ago is forgotten first. Thread-safe.
 */
public final class Allowance {
    private static final int USERS = 50_000;

    private final Limits limits;
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > USERS;
        }
    };

    public Allowance(Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes one message's worth.
     *
     * @param now {@link System#nanoTime}
     * @return 0 if the user may publish now, else after how many milliseconds
     */
    public synchronized long take(String user, long now) {
        return limits.publishesPerSecond() == 0
                ? 0
                : buckets.computeIfAbsent(
                                user, u -> new TokenBucket(limits.publishesPerSecond(), limits.publishBurst(), now))
                        .take(now);
    }
}

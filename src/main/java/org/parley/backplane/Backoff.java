package org.parley.backplane;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: any time up to a ceiling that doubles, so that nodes that have lost the same
 * broker do not come back to it together ("full jitter").
 */
final class Backoff {
    private static final long FIRST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 5_000;

    private long ceiling = FIRST_MILLIS;

    /** The last try has succeeded. */
    void reset() {
        ceiling = FIRST_MILLIS;
    }

    long nextMillis() {
        long millis = ThreadLocalRandom.current().nextLong(ceiling + 1);
        ceiling = Math.min(LONGEST_MILLIS, 2 * ceiling);
        return millis;
    }
}

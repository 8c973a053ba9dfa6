package org.parley.hub;

import java.util.concurrent.TimeUnit;

/** Lets {@code burst} through at once and {@code perSecond} in the long run. Not thread-safe. */
final class TokenBucket {
    private final double perNano;
    private final int burst;
    private double tokens;
    private long filledAt;

    TokenBucket(int perSecond, int burst, long now) {
        this.perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
        this.tokens = burst;
        this.filledAt = now;
    }

    /**
     * Takes a token if there is one.
     *
     * @param now {@link System#nanoTime}
     * @return 0, or how many milliseconds from now there will be one
     */
    long take(long now) {
        tokens = Math.min(burst, tokens + (now - filledAt) * perNano);
        filledAt = now;
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - tokens) / perNano / TimeUnit.MILLISECONDS.toNanos(1)));
    }
}

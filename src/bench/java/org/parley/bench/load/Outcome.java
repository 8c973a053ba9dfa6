package org.parley.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a load. Rates are of the measured time; latencies in µs, from when a message was due.
 *
 * @param delivery of messages that were published on the reader's own server
 * @param elsewhere of those published on another one
 * @param undelivered copies that had not come when nothing came any more
 * @param closed connections that the server ended
 * @param generatorCores cores that the generator's own process used: near 1, it was the limit
 * @param serverCores cores that the server used
 */
public record Outcome(
        double deliveredPerSecond,
        double publishedPerSecond,
        double ackedPerSecond,
        Histogram delivery,
        Histogram elsewhere,
        Histogram ack,
        long lost,
        long doubled,
        long outOfOrder,
        long undelivered,
        int closed,
        int closeCode,
        double megabytesPerSecond,
        double generatorCores,
        double serverCores) {

    /** Whether every reader got every message once and in order. */
    public boolean complete() {
        return lost == 0 && doubled == 0 && outOfOrder == 0 && undelivered == 0;
    }

    /** @return ms */
    public static double millis(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}

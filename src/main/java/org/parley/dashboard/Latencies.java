package org.parley.dashboard;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;

/** What a timer has recorded between one look and the next, as quantiles. Not thread-safe. */
final class Latencies {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Timer timer;
    private double[] cumulative = {};
    private double[] bounds = {};
    private double[] counts = {};
    private long counted;
    private double recorded;

    Latencies(Timer timer) {
        this.timer = timer;
    }

    /** Looks again: from now on the quantiles are those of what was recorded since the look before. */
    void look() {
        HistogramSnapshot snapshot = timer.takeSnapshot();
        CountAtBucket[] buckets = snapshot.histogramCounts();
        double[] before = cumulative;
        cumulative = new double[buckets.length];
        bounds = new double[buckets.length];
        counts = new double[buckets.length];
        double lower = 0;
        for (int i = 0; i < buckets.length; i++) {
            cumulative[i] = buckets[i].count();
            bounds[i] = buckets[i].bucket();
            double upTo = cumulative[i] - (before.length == 0 ? 0 : before[i]);
            counts[i] = upTo - lower;
            lower = upTo;
        }
        // The buckets end with the last bound; what took longer is in no one of them.
        recorded = snapshot.count() - counted;
        counted = snapshot.count();
    }

    /**
     * @param quantile from 0 to 1
     * @return milliseconds, evenly distributed within a bucket; null if nothing was recorded
     */
    Double millis(double quantile) {
        if (recorded == 0) {
            return null;
        }
        double rank = quantile * recorded;
        double lower = 0;
        for (int i = 0; i < counts.length; i++) {
            if (rank <= counts[i] && Double.isFinite(bounds[i])) {
                double within = counts[i] == 0 ? 0 : rank / counts[i];
                return rounded((lower + within * (bounds[i] - lower)) / NANOS_PER_MILLI);
            }
            rank -= counts[i];
            lower = Double.isFinite(bounds[i]) ? bounds[i] : lower;
        }
        return rounded(lower / NANOS_PER_MILLI);
    }

    private static double rounded(double millis) {
        return Math.round(millis * 1e3) / 1e3;
    }
}

package org.parley.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** Of rounds that were measured in turn. */
public final class Medians {
    private Medians() {}

    public static double of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Of each round's ratio. */
    public static double ofRatios(List<Double> values, List<Double> toThose) {
        return of(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / toThose.get(round))
                .toList());
    }
}

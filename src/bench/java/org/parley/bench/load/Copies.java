package org.parley.bench.load;

/**
 * Which numbers of one publisher one reader has got, for many such pairs: the newest one, and which of the 64 up to it.
 * A number that is skipped counts as lost until it comes after all; then it is out of order.
 */
final class Copies {
    private final int[] newest;
    private final long[] seen;
    private long lost;
    private long doubled;
    private long outOfOrder;

    Copies(int pairs) {
        newest = new int[pairs];
        seen = new long[pairs];
    }

    /** @return whether it is the first copy */
    boolean add(int pair, int number) {
        int ahead = number - newest[pair];
        if (ahead > 0) {
            lost += ahead - 1;
            seen[pair] = ahead > 63 ? 1 : seen[pair] << ahead | 1;
            newest[pair] = number;
            return true;
        }
        boolean late = -ahead > 63 || (seen[pair] >>> -ahead & 1) == 0;
        if (late) {
            // More than 64 behind it may as well be a second copy: counted as out of order in either case.
            seen[pair] |= -ahead > 63 ? 0 : 1L << -ahead;
            outOfOrder++;
            lost--;
        } else {
            doubled++;
        }
        return late;
    }

    int newest(int pair) {
        return newest[pair];
    }

    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }

    long outOfOrder() {
        return outOfOrder;
    }
}

package org.parley.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * What a published body begins with, so that every copy of it can be told apart wherever it turns up:
 *
 * <pre>
 *   ~ run(2) publisher(3) number(4) due(6)
 * </pre>
 *
 * Digits of 64, none of which JSON or HTML escapes. {@code number} counts a publisher's messages from 1; {@code due} is
 * the time at which the message was to be sent, in µs of the run's clock.
 */
final class Stamp {
    static final int LENGTH = 16;
    static final byte MARK = '~';

    private static final int RUN = 1;
    private static final int PUBLISHER = 3;
    private static final int NUMBER = 6;
    private static final int DUE = 10;
    private static final int RUNS = 1 << 12;

    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[256];

    static {
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
        }
    }

    private Stamp() {}

    static void write(byte[] b, int at, int run, int publisher, int number, long dueMicros) {
        b[at] = MARK;
        put(b, at + RUN, 2, run % RUNS);
        put(b, at + PUBLISHER, 3, publisher);
        put(b, at + NUMBER, 4, number);
        put(b, at + DUE, 6, dueMicros);
    }

    static boolean isOf(byte[] b, int at, int run) {
        return get(b, at + RUN, 2) == run % RUNS;
    }

    static int publisher(byte[] b, int at) {
        return (int) get(b, at + PUBLISHER, 3);
    }

    static int number(byte[] b, int at) {
        return (int) get(b, at + NUMBER, 4);
    }

    static long dueMicros(byte[] b, int at) {
        return get(b, at + DUE, 6);
    }

    /** Big-endian, in digits of 64. */
    static void put(byte[] b, int at, int digits, long value) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            b[i] = DIGITS[(int) rest & 63];
            rest >>>= 6;
        }
    }

    static long get(byte[] b, int at, int digits) {
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            value = value << 6 | VALUES[b[i] & 0xff];
        }
        return value;
    }
}

package org.parley.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Searching in byte arrays, eight bytes at a time. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private Bytes() {}

    /** @return the first index in [from, to) that holds the byte, or -1 */
    static int indexOf(byte[] b, int from, int to, byte wanted) {
        long pattern = ONES * wanted;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long x = (long) LONGS.get(b, at) ^ pattern;
            long zero = (x - ONES) & ~x & HIGH;
            if (zero != 0) {
                return at + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        for (; at < to; at++) {
            if (b[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** @return where the ASCII text begins in [from, to), or -1 */
    static int indexOf(byte[] b, int from, int to, byte[] wanted) {
        for (int at = from; at + wanted.length <= to; at++) {
            at = indexOf(b, at, to - wanted.length + 1, wanted[0]);
            if (at < 0) {
                return -1;
            }
            if (startsWith(b, at, to, wanted)) {
                return at;
            }
        }
        return -1;
    }

    static boolean startsWith(byte[] b, int from, int to, byte[] wanted) {
        if (to - from < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (b[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

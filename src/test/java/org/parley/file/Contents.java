package org.parley.file;

import java.util.HexFormat;
import java.util.Random;

/** What files in tests consist of. */
final class Contents {
    private Contents() {}

    /** Bytes that no compression makes smaller, the same for the same seed. */
    static byte[] random(long seed, int bytes) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return content;
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(Digests.sha256().digest(content));
    }
}

package org.parley.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110 section 14).
 *
 * @param first the first byte, from 0
 * @param length how many; 0 of an empty file, or if the range cannot be satisfied
 */
record ByteRange(long first, long length) {
    /** Digits enough for any size there is. */
    private static final Pattern SINGLE = Pattern.compile("(?i)bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    boolean satisfiable() {
        return length > 0;
    }

    /** @return empty if the header is none of one range: the answer is then the whole file, as it may be */
    static Optional<ByteRange> of(String header, long size) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header);
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(size, Long.parseLong(matcher.group(2)));
            return Optional.of(new ByteRange(size - length, length));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (!matcher.group(2).isEmpty() && Long.parseLong(matcher.group(2)) < first) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(first, Math.max(0, last - first + 1)));
    }

    /** The header {@code Content-Range}. */
    String contentRange(long size) {
        return satisfiable() ? "bytes " + first + "-" + (first + length - 1) + "/" + size : "bytes */" + size;
    }
}

package org.parley.protocol;

import org.parley.hub.ErrorCode;

/**
 * What every reader of JSON understands alike: no integer beyond 2^53 (RFC 7493 section 2.2), which JavaScript would
 * round without a word, and no NUL in a string, which PostgreSQL cannot store.
 */
final class InteroperableJson {
    private static final long EXACT = 1L << 53;
    private static final int SAFE_DIGITS = 15;

    private InteroperableJson() {}

    /** @param text syntactically correct JSON */
    static void check(String text) throws BadFrameException {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at = string(text, at + 1);
            } else if (c >= '0' && c <= '9') {
                at = number(text, at);
            } else {
                at++;
            }
        }
    }

    /** @return behind the closing quote */
    private static int string(String text, int start) throws BadFrameException {
        int at = start;
        while (text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
                if (text.startsWith("u0000", at)) {
                    throw new BadFrameException(ErrorCode.INVALID, null, "A string has a NUL in it.");
                }
            }
            at++;
        }
        return at + 1;
    }

    /** @return behind the number */
    private static int number(String text, int start) throws BadFrameException {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int end = at;
        boolean integer = true;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            integer = false;
            at++;
        }
        if (integer && end - start > SAFE_DIGITS && (end - start > SAFE_DIGITS + 2 || beyond(text, start, end))) {
            throw new BadFrameException(ErrorCode.INVALID, null, "An integer is beyond 2^53.");
        }
        return at;
    }

    private static boolean beyond(String text, int start, int end) {
        return Long.parseLong(text, start, end, 10) > EXACT;
    }
}

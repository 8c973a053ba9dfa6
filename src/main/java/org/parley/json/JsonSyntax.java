package org.parley.json;

/**
 * Checks a text against RFC 8259 in one pass, without recursion and without allocating.
 *
 * <p>Stricter than the RFC in three points, each an attack on the parsers behind it (Parsson 1.1, Yasson 3.0): nesting is
 * bounded, since they recurse (1,000 deep is a StackOverflowError); numbers are bounded, since a BigDecimal of a million
 * digits takes 16 s; and surrogates come in pairs, since a lone one cannot be sent as UTF-8 again. And not laxer:
 * trailing garbage, which Yasson accepts, is an error.
 */
final class JsonSyntax {
    /** Objects and arrays within each other. */
    static final int MAX_DEPTH = 64;

    /** Characters of a number. A double needs 25 at most. */
    static final int MAX_NUMBER = 64;

    /** Digits of an exponent: 1e9999 is a number, 1e999999999 is an attack on whoever writes it out. */
    private static final int MAX_EXPONENT_DIGITS = 4;

    private final String text;
    private int at;
    /** Bit d is set where the container at depth d is an object. */
    private long objects;

    private int depth;

    private JsonSyntax(String text) {
        this.text = text;
    }

    /** @throws InvalidJsonException if the text is not exactly one JSON value within the bounds */
    static void check(String text) throws InvalidJsonException {
        new JsonSyntax(text).document();
    }

    private void document() throws InvalidJsonException {
        boolean valueEnded = beginValue();
        while (depth > 0) {
            valueEnded = valueEnded ? continueContainer() : beginValue();
        }
        skipSpace();
        if (at < text.length()) {
            throw invalid("something follows the value");
        }
    }

    /** @return false if it was the start of a container whose first member is to come */
    private boolean beginValue() throws InvalidJsonException {
        skipSpace();
        char c = peek();
        switch (c) {
            case '{', '[' -> {
                return open(c == '{');
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
        return true;
    }

    private boolean open(boolean object) throws InvalidJsonException {
        if (depth == MAX_DEPTH) {
            throw invalid("nested more than " + MAX_DEPTH + " deep");
        }
        at++;
        objects = object ? objects | 1L << depth : objects & ~(1L << depth);
        depth++;
        skipSpace();
        if (peek() == (object ? '}' : ']')) {
            at++;
            depth--;
            return true;
        }
        if (object) {
            name();
        }
        return false;
    }

    /** After a value in a container: the next member begins, or the container ends and is itself a value. */
    private boolean continueContainer() throws InvalidJsonException {
        skipSpace();
        boolean object = (objects >>> (depth - 1) & 1) == 1;
        char c = peek();
        at++;
        if (c == (object ? '}' : ']')) {
            depth--;
            return true;
        }
        if (c != ',') {
            at--;
            throw invalid("a comma or the end is missing");
        }
        if (object) {
            skipSpace();
            name();
        }
        return false;
    }

    private void name() throws InvalidJsonException {
        if (peek() != '"') {
            throw invalid("a name in quotes is missing");
        }
        string();
        skipSpace();
        if (peek() != ':') {
            throw invalid("a colon is missing");
        }
        at++;
    }

    private void string() throws InvalidJsonException {
        at++;
        boolean high = false;
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                break;
            }
            if (c < 0x20) {
                throw invalid("a control character in a string");
            }
            char meant = c == '\\' ? escape() : c;
            if (Character.isLowSurrogate(meant) != high) {
                throw invalid("half a surrogate pair");
            }
            high = Character.isHighSurrogate(meant);
        }
        if (high) {
            throw invalid("half a surrogate pair");
        }
    }

    private char escape() throws InvalidJsonException {
        char c = peek();
        at++;
        if (c != 'u') {
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw invalid("an unknown escape");
            }
            return ' ';
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = hex(peek());
            if (digit < 0) {
                throw invalid("an unknown escape");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    /** ASCII only, where Character.digit takes digits of all scripts. */
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = (c | 0x20) - 'a';
        return letter >= 0 && letter < 6 && c < 'g' ? letter + 10 : -1;
    }

    private void literal(String word) throws InvalidJsonException {
        if (!text.startsWith(word, at)) {
            throw invalid("not a value");
        }
        at += word.length();
    }

    private void number() throws InvalidJsonException {
        int start = at;
        take('-');
        if (!take('0') && digits() == 0) {
            throw invalid("not a value");
        }
        if (take('.') && digits() == 0) {
            throw invalid("a fraction without digits");
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            int exponent = digits();
            if (exponent == 0 || exponent > MAX_EXPONENT_DIGITS) {
                throw invalid("an exponent without digits or out of range");
            }
        }
        if (at - start > MAX_NUMBER) {
            throw invalid("a number of more than " + MAX_NUMBER + " characters");
        }
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws InvalidJsonException {
        if (at >= text.length()) {
            throw invalid("it ends too early");
        }
        return text.charAt(at);
    }

    private InvalidJsonException invalid(String why) {
        return new InvalidJsonException("Not JSON at character " + at + ": " + why + ".");
    }
}

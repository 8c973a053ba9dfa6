package org.parley.json;

/**
 * One pass over JSON text from outside, before Yasson and Parsson see it.
 *
 * <p>Parsson 1.1 answers nesting of about a thousand levels with a stack overflow, takes 16 s for a number of a million
 * digits, and ignores what stands after the value. This refuses those. It does not validate: what it lets through may
 * still be no JSON.
 */
public final class JsonGuard {
    private static final int DEPTH = 64;
    private static final int NUMBER = 32;
    /** RFC 8259 section 6: integers up to here are the same for every reader, JavaScript included. */
    private static final long EXACT = 1L << 53;

    private final String text;
    private int at;
    private int depth;
    private boolean ended;

    private JsonGuard(String text) {
        this.text = text;
    }

    /**
     * @throws JsonRefusedException if it is nested more than 64 deep, has a number of more than 32 characters or an
     *     integer beyond 2^53, has a NUL in a string, or goes on after its end
     */
    public static void check(String text) throws JsonRefusedException {
        new JsonGuard(text).scan();
    }

    private void scan() throws JsonRefusedException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                at++;
            } else if (ended) {
                throw new JsonRefusedException("The text goes on after the end of the JSON.");
            } else {
                token(c);
                ended = depth == 0;
            }
        }
        if (!ended) {
            throw new JsonRefusedException("The JSON is not complete.");
        }
    }

    private void token(char c) throws JsonRefusedException {
        if (c == '"') {
            string();
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            number();
        } else {
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c >= 'a' && c <= 'z') {
                word();
                return;
            }
            at++;
            if (depth > DEPTH || depth < 0) {
                throw new JsonRefusedException("The JSON is nested more than " + DEPTH + " deep, or not balanced.");
            }
        }
    }

    private void string() throws JsonRefusedException {
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return;
            }
            if (c == 0 || (c == '\\' && text.startsWith("u0000", at))) {
                throw new JsonRefusedException("A string has a NUL in it.");
            }
            if (c == '\\') {
                at++;
            }
        }
        throw new JsonRefusedException("The JSON is not complete.");
    }

    private void number() throws JsonRefusedException {
        int start = at;
        boolean integer = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '.' || c == 'e' || c == 'E') {
                integer = false;
            } else if (c != '-' && c != '+' && (c < '0' || c > '9')) {
                break;
            }
            at++;
        }
        int length = at - start;
        if (length > NUMBER || (integer && length > 15 && beyondExact(text.substring(start, at)))) {
            throw new JsonRefusedException("A number has too many digits.");
        }
    }

    private static boolean beyondExact(String integer) {
        try {
            long value = Long.parseLong(integer);
            return value > EXACT || value < -EXACT;
        } catch (NumberFormatException e) {
            return true;
        }
    }

    private void word() {
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
            at++;
        }
    }
}

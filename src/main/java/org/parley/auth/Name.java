package org.parley.auth;

import java.text.Normalizer;
import java.util.Locale;

/** The rules for what people are shown as. */
final class Name {
    static final int MAX_CODE_POINTS = 40;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Name() {}

    /**
     * The name as it is kept: trimmed, in Unicode form C.
     *
     * @throws NameException unless it has 1–40 code points, all of them allowed, at least one of them visible
     */
    static String of(String raw) throws NameException {
        String name = raw == null ? "" : stripped(Normalizer.normalize(raw, Normalizer.Form.NFC));
        if (name.codePoints().noneMatch(Name::visible)) {
            throw new NameException("A name needs at least one visible character.", false);
        }
        if (name.codePointCount(0, name.length()) > MAX_CODE_POINTS) {
            throw new NameException("A name has at most " + MAX_CODE_POINTS + " characters.", false);
        }
        if (!name.codePoints().allMatch(Name::allowed)) {
            throw new NameException("A name cannot contain control or invisible formatting characters.", false);
        }
        return name;
    }

    /** A name from a token, whose owner cannot change it here: what is not allowed is left out. */
    static String label(String raw, String otherwise) {
        String kept = stripped(Normalizer.normalize(raw, Normalizer.Form.NFC)
                .codePoints()
                .filter(Name::allowed)
                .limit(MAX_CODE_POINTS)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
        return kept.codePoints().anyMatch(Name::visible) ? kept : otherwise;
    }

    /** Equal for names that people would take for the same: case, width, ligatures and inner spaces do not count. */
    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\h\u200C\u200D]+", " ")
                .strip();
    }

    /**
     * Bidirectional overrides and isolates would turn the text around a name, too; they are format characters, as are
     * the invisible ones. The joiners stay: Persian names and many emoji are written with them.
     */
    private static boolean allowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.FORMAT -> joiner(codePoint);
            default -> true;
        };
    }

    /** {@link String#strip} leaves the no-break spaces, which are as invisible at the edge of a name. */
    private static String stripped(String text) {
        int begin = 0;
        int end = text.length();
        while (begin < end && blank(text.charAt(begin))) {
            begin++;
        }
        while (begin < end && blank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean blank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean visible(int codePoint) {
        return !blank(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && Character.getType(codePoint) != Character.CONTROL;
    }

    private static boolean joiner(int codePoint) {
        return codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
    }
}

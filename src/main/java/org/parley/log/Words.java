package org.parley.log;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words of a text: runs of letters and digits, without case and accents. Both databases get words that are cut
 * already, so that they find the same; and what somebody searches for has no character that means something in a query.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Pattern MARK = Pattern.compile("\\p{M}+");
    /** Somebody who pastes a whole page looks for its beginning. */
    private static final int MAX_ASKED = 16;

    private Words() {}

    /** Separated by spaces. */
    static String of(String text) {
        return String.join(" ", list(text, Integer.MAX_VALUE));
    }

    static List<String> asked(String text) {
        return list(text, MAX_ASKED);
    }

    private static List<String> list(String text, int limit) {
        String plain = MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return WORD.matcher(plain)
                .results()
                .map(MatchResult::group)
                .limit(limit)
                .toList();
    }
}

package org.parley.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The header {@code Content-Disposition} (RFC 6266) of a file that somebody named: always {@code attachment}, and with a
 * name that harms nobody who saves it. What it was really called is in the message.
 */
final class ContentDisposition {
    private static final String NAMELESS = "file";

    /** Separators of paths, what Windows refuses, control characters, and format characters such as bidi overrides. */
    private static final Pattern HARMFUL = Pattern.compile("[/\\\\:*?\"<>|\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    /** Windows takes them for devices, whatever follows a dot. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\\..*)?");

    /** RFC 8187 section 3.2.1, {@code attr-char}. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private ContentDisposition() {}

    /** @param name as it was given, or null */
    static String attachment(String name) {
        String safe = safe(name);
        String ascii = safe.replaceAll("[^ -~]", "_").replace("%", "_");
        String header = "attachment; filename=\"" + ascii + "\"";
        return ascii.equals(safe) ? header : header + "; filename*=UTF-8''" + encode(safe);
    }

    /** A name of one file, on every system. */
    static String safe(String name) {
        if (name == null) {
            return NAMELESS;
        }
        String safe = HARMFUL.matcher(name).replaceAll("_").strip().replaceAll("^\\.+|[. ]+$", "");
        if (safe.isEmpty()) {
            return NAMELESS;
        }
        return DEVICE.matcher(safe).matches() ? "_" + safe : safe;
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || PLAIN.indexOf(b) >= 0;
            encoded.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return encoded.toString();
    }
}

package org.parley.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;

/**
 * One line of the log: {@code event=slow-consumer connection=4f1c… reason="it did not read"}. The only way to the log, so
 * that no value can begin a line or a pair of its own. Never give it a body, a token, a cookie or a query.
 */
public final class Event {
    /** A message of somebody else's, such as a database's, may go on for pages. */
    private static final int LONGEST = 500;

    private final StringBuilder line = new StringBuilder("event=");

    private Event(String name) {
        line.append(name);
    }

    /** @param name what happened, a few words with dashes */
    public static Event of(String name) {
        return new Event(name);
    }

    /** @param connection the id of the connection to which it happened, if it is known */
    public static Event of(String name, String connection) {
        return of(name).with("connection", connection);
    }

    /** @param value in quotation marks if it is more than one word, its control characters escaped; null is left out */
    public Event with(String key, Object value) {
        if (value != null) {
            append(line.append(' ').append(key).append('='), Objects.toString(value));
        }
        return this;
    }

    private static void append(StringBuilder line, String value) {
        String shown = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
        boolean plain = !shown.isEmpty() && shown.chars().allMatch(Event::plain);
        if (plain) {
            line.append(shown);
            return;
        }
        line.append('"');
        shown.chars().forEach(c -> escape(line, (char) c));
        line.append('"');
    }

    private static boolean plain(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != '=' && c != '\\';
    }

    /** U+0085, U+2028 and U+2029 end lines, too. */
    private static void escape(StringBuilder line, char c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append(c);
        } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
            line.append(String.format("\\u%04x", (int) c));
        } else {
            line.append(c);
        }
    }

    public void debug(Logger logger) {
        logger.log(Level.DEBUG, toString());
    }

    public void info(Logger logger) {
        logger.log(Level.INFO, toString());
    }

    public void warn(Logger logger) {
        logger.log(Level.WARNING, toString());
    }

    /** Something that must not happen, with where it did. */
    public void error(Logger logger, Throwable failure) {
        logger.log(Level.ERROR, toString(), failure);
    }

    @Override
    public String toString() {
        return line.toString();
    }
}

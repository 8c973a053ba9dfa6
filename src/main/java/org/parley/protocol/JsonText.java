package org.parley.protocol;

/** Writes JSON (RFC 8259) in which some values are JSON text already. Not thread-safe. */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;
    private boolean first = true;

    JsonText(int capacity) {
        out = new StringBuilder(capacity);
    }

    /** Begins an object: the whole text, or an element of an array. */
    JsonText open() {
        comma();
        out.append('{');
        first = true;
        return this;
    }

    /** Begins an object as a field. */
    JsonText object(String name) {
        name(name);
        out.append('{');
        first = true;
        return this;
    }

    JsonText close() {
        out.append('}');
        first = false;
        return this;
    }

    JsonText array(String name) {
        name(name);
        out.append('[');
        first = true;
        return this;
    }

    JsonText endArray() {
        out.append(']');
        first = false;
        return this;
    }

    JsonText element(String value) {
        comma();
        quote(value);
        return this;
    }

    JsonText field(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    JsonText field(String name, long value) {
        name(name);
        out.append(value);
        return this;
    }

    JsonText field(String name, boolean value) {
        name(name);
        out.append(value);
        return this;
    }

    /** A field whose value is JSON text already. */
    JsonText raw(String name, String json) {
        name(name);
        out.append(json);
        return this;
    }

    private void name(String name) {
        comma();
        out.append('"').append(name).append("\":");
    }

    private void comma() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String value) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            out.append(value, done, i).append('\\');
            switch (c) {
                case '"', '\\' -> out.append(c);
                case '\n' -> out.append('n');
                case '\r' -> out.append('r');
                case '\t' -> out.append('t');
                default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            }
            done = i + 1;
        }
        out.append(value, done, value.length()).append('"');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

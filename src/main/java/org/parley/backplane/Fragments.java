package org.parley.backplane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a text that is too long for one notification into several and joins them again. Those of one text come one after
 * the other, since one transaction sends them; those of a node whose connection broke in between never come whole.
 */
final class Fragments {
    /** PostgreSQL allows 7,999 bytes. */
    static final int BYTES = 7_500;

    private static final char BEGIN = '<';
    private static final char MIDDLE = '=';
    private static final char END = '>';

    private final Map<String, StringBuilder> begun = new HashMap<>();

    static boolean fits(String text) {
        return text.length() <= BYTES
                && (3 * text.length() <= BYTES || text.getBytes(StandardCharsets.UTF_8).length <= BYTES);
    }

    /** @param text begins with the node's name and a space, as each fragment does */
    static List<String> cut(String text) {
        if (fits(text)) {
            return List.of(text);
        }
        int space = text.indexOf(' ');
        String node = text.substring(0, space + 1);
        List<String> fragments = new ArrayList<>();
        int from = space + 1;
        while (from < text.length()) {
            int to = end(text, from, BYTES - node.length() - 1);
            char mark = to == text.length() ? END : from == space + 1 ? BEGIN : MIDDLE;
            fragments.add(node + mark + text.substring(from, to));
            from = to;
        }
        return fragments;
    }

    /** Where so many bytes of UTF-8 end, between two characters. */
    private static int end(String text, int from, int bytes) {
        int to = from;
        int left = bytes;
        while (to < text.length()) {
            int point = text.codePointAt(to);
            left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (left < 0) {
                return to;
            }
            to += Character.charCount(point);
        }
        return to;
    }

    /** @return the whole text when this was its last fragment, else null */
    String join(String fragment) {
        int space = fragment.indexOf(' ');
        char mark = space < 0 || space + 1 == fragment.length() ? 0 : fragment.charAt(space + 1);
        if (mark != BEGIN && mark != MIDDLE && mark != END) {
            return fragment;
        }
        String node = fragment.substring(0, space);
        String part = fragment.substring(space + 2);
        if (mark == BEGIN) {
            begun.put(node, new StringBuilder(part));
            return null;
        }
        StringBuilder whole = begun.get(node);
        if (whole == null) {
            return null;
        }
        whole.append(part);
        if (mark == MIDDLE) {
            return null;
        }
        begun.remove(node);
        return node + " " + whole;
    }
}

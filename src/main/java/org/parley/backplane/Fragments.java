package org.parley.backplane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a text that is too long for one notification into several and joins them again. Those of one text come one after
 * the other, since one transaction sends them; those of a node whose connection broke in between never come whole. They
 * are numbered, since of equal notifications of one transaction PostgreSQL delivers one.
 */
final class Fragments {
    /** PostgreSQL allows 7,999 bytes. */
    static final int BYTES = 7_500;

    private static final char BEGIN = '<';
    private static final char MIDDLE = '=';
    private static final char END = '>';

    /** The mark and the number of a fragment, and a colon. */
    private static final int HEADER = 6;

    private record Begun(int count, StringBuilder text) {}

    private final Map<String, Begun> begun = new HashMap<>();

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
            int to = end(text, from, BYTES - node.length() - HEADER);
            char mark = to == text.length() ? END : from == space + 1 ? BEGIN : MIDDLE;
            fragments.add(node + mark + String.format("%04x:", fragments.size()) + text.substring(from, to));
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
        int number = Integer.parseInt(fragment.substring(space + 2, space + HEADER), 16);
        String part = fragment.substring(space + 1 + HEADER);
        Begun before = begun.remove(node);
        if (mark == BEGIN) {
            begun.put(node, new Begun(1, new StringBuilder(part)));
            return null;
        }
        if (before == null || before.count != number) {
            return null;
        }
        before.text.append(part);
        if (mark == END) {
            return node + " " + before.text;
        }
        begun.put(node, new Begun(number + 1, before.text));
        return null;
    }
}

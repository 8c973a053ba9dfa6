package org.parley.sample;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.websocket.Session;

/**
 * What the request said that became a WebSocket. The first of several equal names counts.
 *
 * @param headers names compare without case
 * @param cookies RFC 6265 section 4.2
 * @param query decoded ({@code application/x-www-form-urlencoded})
 */
public record Handshake(Map<String, String> headers, Map<String, String> cookies, Map<String, String> query) {
    private static final String KEY = Handshake.class.getName();

    static Handshake of(Map<String, List<String>> lists, String query) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lists.forEach(
                (name, values) -> headers.put(name, String.join(name.equalsIgnoreCase("cookie") ? ";" : ",", values)));
        return new Handshake(headers, pairs(headers.get("Cookie"), ";", false), pairs(query, "&", true));
    }

    /** As {@link HandshakeConfigurator} left it. */
    static Handshake of(Session session) {
        return (Handshake) session.getUserProperties().get(KEY);
    }

    void leaveIn(Map<String, Object> userProperties) {
        userProperties.put(KEY, this);
    }

    private static Map<String, String> pairs(String text, String separator, boolean encoded) {
        Map<String, String> pairs = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split(separator)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = pair.substring(0, equals).strip();
                String value = pair.substring(equals + 1).strip();
                pairs.putIfAbsent(encoded ? decoded(name) : name, encoded ? decoded(value) : value);
            }
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A lone % or so: as it stands.
            return text;
        }
    }
}

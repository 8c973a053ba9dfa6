package org.parley.web;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

/** As much of a request to {@code http://chat.example} as the filters read; anything else fails the test. */
final class FakeRequest {
    private final String method;
    private final String path;
    private final Map<String, List<String>> headers = new HashMap<>();
    private final List<Cookie> cookies = new ArrayList<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private String query;
    private String address = "192.0.2.7";
    private String host = "chat.example";

    private FakeRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path);
    }

    /** A handshake as a browser sends it from the server's own page. */
    static FakeRequest handshake(String path) {
        return of("GET", path)
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Protocol", "parley.v1")
                .header("Origin", "http://chat.example");
    }

    FakeRequest header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                .add(value);
        return this;
    }

    FakeRequest without(String name) {
        headers.remove(name.toLowerCase(Locale.ROOT));
        return this;
    }

    FakeRequest cookie(String name, String value) {
        cookies.add(new Cookie(name, value));
        return this;
    }

    FakeRequest query(String text) {
        query = text;
        return this;
    }

    FakeRequest from(String remote) {
        address = remote;
        return this;
    }

    FakeRequest at(String name) {
        host = name;
        return this;
    }

    Object attribute(String name) {
        return attributes.get(name);
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getServletPath" -> path.startsWith("/api") ? "/api" : path;
                    case "getPathInfo" -> path.startsWith("/api/") ? path.substring("/api".length()) : null;
                    case "getScheme" -> "http";
                    case "getServerName" -> host;
                    case "getServerPort" -> 80;
                    case "getRemoteAddr" -> address;
                    case "getQueryString" -> query;
                    case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
                    case "getHeader" ->
                        values(arguments[0]).stream().findFirst().orElse(null);
                    case "getHeaders" -> Collections.enumeration(values(arguments[0]));
                    case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(called.toString());
                });
    }

    private List<String> values(Object name) {
        return headers.getOrDefault(((String) name).toLowerCase(Locale.ROOT), List.of());
    }
}

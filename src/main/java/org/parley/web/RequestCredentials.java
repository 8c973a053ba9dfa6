package org.parley.web;

import java.net.URLDecoder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;

import org.parley.auth.Authenticator;
import org.parley.auth.Credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where in a request the credentials are. */
final class RequestCredentials {
    static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private static final String BEARER_SCHEME = "bearer ";
    private static final String BEARER_SUBPROTOCOL = "parley.bearer.";
    private static final String QUERY_TOKEN = "token=";

    private RequestCredentials() {}

    static Credentials of(HttpServletRequest request) {
        return new Credentials(bearer(request), subprotocol(request), cookie(request), query(request));
    }

    /** The subprotocols that are offered, in order (RFC 6455 section 11.3.4: the header may come more than once). */
    static List<String> subprotocols(HttpServletRequest request) {
        return Collections.list(request.getHeaders(SUBPROTOCOL)).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .toList();
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, BEARER_SCHEME, 0, BEARER_SCHEME.length()))
                .map(value -> value.substring(BEARER_SCHEME.length()).strip());
    }

    private static Optional<String> subprotocol(HttpServletRequest request) {
        return subprotocols(request).stream()
                .filter(name -> name.startsWith(BEARER_SUBPROTOCOL))
                .map(name -> name.substring(BEARER_SUBPROTOCOL.length()))
                .findFirst();
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : Stream.of(cookies)
                        .filter(cookie -> cookie.getName().equals(Authenticator.COOKIE))
                        .map(Cookie::getValue)
                        .filter(value -> !value.isEmpty())
                        .findFirst();
    }

    /** Not {@code getParameter}: that may read the body, which belongs to the resource. */
    private static Optional<String> query(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null
                ? Optional.empty()
                : Stream.of(query.split("&"))
                        .filter(part -> part.startsWith(QUERY_TOKEN))
                        .map(part -> decoded(part.substring(QUERY_TOKEN.length())))
                        .findFirst();
    }

    /** A broken escape stays as it is: no token contains one, so it is refused as any other bad token. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}

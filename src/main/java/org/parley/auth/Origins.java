package org.parley.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages may talk to this server (RFC 6454): those that it served itself, and those that the setting {@code
 * parley.origins} names. Origins are compared whole; nothing matches a suffix or a pattern. A browser sends cookies with
 * a handshake from any page and asks nobody first, so this check is all that keeps a foreign page from acting as the
 * user.
 */
public final class Origins {
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443, "ws", 80, "wss", 443);
    private static final Map<String, String> PAGE_SCHEMES = Map.of("ws", "http", "wss", "https");

    /** No {@link java.net.URI}: that finds no host in a name with an underscore, which browsers and Docker do know. */
    private static final Pattern SERIALISED = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<host>\\[[0-9A-Fa-f:.]+]|[^\\s\\[\\]/?#@:]+)(?::(?<port>[0-9]{1,5}))?");

    /** An origin in the one form in which two are compared. */
    private record Origin(String scheme, String host, int port) {}

    private final Set<Origin> extra;

    /**
     * @param extra origins besides the server's own, each {@code scheme://host[:port]}
     * @throws IllegalArgumentException naming the one that is none
     */
    public Origins(Set<String> extra) {
        this.extra = extra.stream()
                .map(text -> parse(text)
                        .orElseThrow(() ->
                                new IllegalArgumentException("'" + text + "' is no origin: scheme://host[:port]")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param origin the value of the header {@code Origin}; {@code null} as text, which sandboxed pages send, is foreign
     * @param scheme of the request: {@code http}, {@code https}, {@code ws} or {@code wss}
     * @param host that the request was sent to, as its {@code Host} header says; an IPv6 address with or without brackets
     * @param port that the request was sent to
     */
    public boolean allowed(String origin, String scheme, String host, int port) {
        Optional<Origin> asked = parse(origin);
        return asked.isPresent() && (extra.contains(asked.get()) || asked.equals(origin(scheme, host, port)));
    }

    private static Optional<Origin> parse(String text) {
        Matcher matcher = SERIALISED.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = matcher.group("port") == null ? -1 : Integer.parseInt(matcher.group("port"));
        return origin(matcher.group("scheme"), matcher.group("host"), port);
    }

    private static Optional<Origin> origin(String scheme, String host, int port) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        String page = PAGE_SCHEMES.getOrDefault(lower, lower);
        int known = port > 0 ? port : DEFAULT_PORTS.getOrDefault(page, -1);
        return known > 0
                ? canonicalHost(host.toLowerCase(Locale.ROOT)).map(name -> new Origin(page, name, known))
                : Optional.empty();
    }

    /** An IPv6 address has many spellings; anything else is compared as text and never resolved. */
    private static Optional<String> canonicalHost(String host) {
        if (!host.contains(":")) {
            return Optional.of(host);
        }
        String bracketed = host.startsWith("[") ? host : "[" + host + "]";
        try {
            return Optional.of(InetAddress.getByName(bracketed).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}

package org.parley.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

import org.parley.auth.Visitor;

/** Where requests come from. */
final class Visitors {
    /** What proxies and clients use to follow a request through many logs. */
    static final String REQUEST_ID = "X-Request-Id";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final int AGENT_CHARACTERS = 200;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1", "[::1]", "localhost");

    private Visitors() {}

    static Visitor of(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        String shown = agent == null ? "" : agent.substring(0, Math.min(agent.length(), AGENT_CHARACTERS));
        return new Visitor(request.getRemoteAddr(), shown, correlation(request.getHeader(REQUEST_ID)), local(request));
    }

    /** What was sent, if it cannot break a line of the log, else a new one. */
    private static String correlation(String sent) {
        if (sent != null && ID.matcher(sent).matches()) {
            return sent;
        }
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Whether somebody at the machine itself sends this. A proxy on the same machine brings anybody in from the loopback
     * address, but says for whom (RFC 7239, or as was usual before); and a page whose name was made to mean 127.0.0.1 (DNS
     * rebinding) has its own name in {@code Host}.
     */
    private static boolean local(HttpServletRequest request) {
        return LOOPBACK.contains(request.getRemoteAddr())
                && LOOPBACK.contains(request.getServerName().toLowerCase(Locale.ROOT))
                && request.getHeader("Forwarded") == null
                && request.getHeader("X-Forwarded-For") == null;
    }
}

package org.parley.web;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.parley.auth.Authentication;
import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Authenticator;
import org.parley.auth.Credentials;
import org.parley.auth.Origins;

/**
 * Stands in front of the WebSockets that need to know who comes, and of the API. Here and not in an endpoint's {@code
 * Configurator}, since only a filter can refuse a handshake with the same status on Undertow and on Tyrus.
 *
 * <ul>
 *   <li>an {@code Origin} that is not allowed: 403, on every path below
 *   <li>no {@code Origin}: the cookie does not count, except for a {@code GET} or {@code HEAD} of the API, with which
 *       browsers send none to their own server
 *   <li>a WebSocket: {@code Sec-WebSocket-Version} other than 13 is 426 (RFC 6455 section 4.2.2; Undertow would upgrade 7
 *       and 8), {@code /hub} without the subprotocol {@code parley.v1} is 400, nobody signed in is 401
 *   <li>a call that changes state: nobody signed in is 401; only {@code /api/session}, where one signs in, decides itself
 * </ul>
 *
 * Who passes has an {@link org.parley.auth.ParleyPrincipal} as the request's principal. Resources find the outcome in the
 * request's attribute {@value #AUTHENTICATION}.
 */
@WebFilter(
        urlPatterns = {"/hub", "/files", "/ws/dashboard", "/api/*"},
        asyncSupported = true)
public class UpgradeFilter implements Filter {
    static final String AUTHENTICATION = "org.parley.authentication";
    static final String PROTOCOL = "parley.v1";

    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String VERSION_13 = "13";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private Authenticator authenticator;

    @Inject
    private Origins origins;

    private static final String DASHBOARD = "/ws/dashboard";

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    public UpgradeFilter() {}

    UpgradeFilter(Authenticator authenticator, Origins origins) {
        this.authenticator = authenticator;
        this.origins = origins;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }

    private void filter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        boolean api = path(request).startsWith("/api");
        List<String> origin = Collections.list(request.getHeaders("Origin"));
        Optional<Problem> problem = origin(request, origin).or(() -> api ? Optional.empty() : handshake(request));
        if (problem.isPresent()) {
            refuse(problem.get(), answer);
            return;
        }
        Authentication outcome = authenticate(request, origin.isEmpty() && !(api && safe(request)));
        request.setAttribute(AUTHENTICATION, outcome);
        if (path(request).equals(DASHBOARD) && !mayWatch(request, outcome)) {
            refuse(new Problem(403, "dashboard", "Only an administrator sees the figures of this server."), answer);
        } else if (outcome instanceof Authenticated authenticated) {
            chain.doFilter(new AuthenticatedRequest(request, authenticated.identity()), answer);
        } else if (path(request).equals(DASHBOARD) || api && (safe(request) || session(request))) {
            chain.doFilter(request, answer);
        } else {
            refuse(Problem.of((Refused) outcome), answer);
        }
    }

    private Optional<Problem> origin(HttpServletRequest request, List<String> origin) {
        boolean allowed = origin.isEmpty()
                || origin.size() == 1
                        && origins.allowed(
                                origin.get(0), request.getScheme(), request.getServerName(), request.getServerPort());
        return allowed
                ? Optional.empty()
                : Optional.of(new Problem(403, "origin", "Pages of this origin may not talk to this server."));
    }

    private static Optional<Problem> handshake(HttpServletRequest request) {
        if (!Collections.list(request.getHeaders(VERSION)).equals(List.of(VERSION_13))) {
            return Optional.of(new Problem(
                    Problem.UPGRADE_REQUIRED, "version", "Only a WebSocket of version 13 is answered here."));
        }
        if (path(request).equals("/hub")
                && !RequestCredentials.subprotocols(request).contains(PROTOCOL)) {
            return Optional.of(new Problem(400, "subprotocol", "The subprotocol " + PROTOCOL + " must be offered."));
        }
        return Optional.empty();
    }

    private Authentication authenticate(HttpServletRequest request, boolean cookieIsNoProof) {
        Credentials credentials = RequestCredentials.of(request);
        Authentication outcome =
                authenticator.authenticate(cookieIsNoProof ? credentials.withoutCookie() : credentials);
        boolean cookieWasDropped = cookieIsNoProof && credentials.cookie().isPresent();
        return cookieWasDropped && outcome instanceof Refused refused && refused.reason() == Reason.MISSING
                ? new Refused(Reason.MISSING, "Without the header Origin only a token counts.", refused.retryAfter())
                : outcome;
    }

    /**
     * The figures are for administrators, and for whoever sits at the machine itself. A proxy on the same machine brings
     * anybody in from the loopback address, but says for whom (RFC 7239, or as was usual before).
     */
    private static boolean mayWatch(HttpServletRequest request, Authentication outcome) {
        if (outcome instanceof Authenticated authenticated
                && authenticated.identity().access().admin()) {
            return true;
        }
        return LOOPBACK.contains(request.getRemoteAddr())
                && request.getHeader("Forwarded") == null
                && request.getHeader("X-Forwarded-For") == null;
    }

    private static boolean safe(HttpServletRequest request) {
        return SAFE.contains(request.getMethod());
    }

    private static boolean session(HttpServletRequest request) {
        return path(request).equals("/api/session");
    }

    /** Decoded, as the mappings of filters and servlets see it. */
    private static String path(HttpServletRequest request) {
        return request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
    }

    private static void refuse(Problem problem, HttpServletResponse answer) throws IOException {
        if (problem.status() == Problem.UPGRADE_REQUIRED) {
            answer.setHeader(VERSION, VERSION_13);
            answer.setHeader("Upgrade", "websocket");
            answer.setHeader("Connection", "Upgrade");
        }
        problem.write(answer);
    }
}

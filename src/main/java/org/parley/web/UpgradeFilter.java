package org.parley.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

import org.parley.auth.Audiences;
import org.parley.auth.Authentication;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Authenticator;
import org.parley.auth.Credentials;
import org.parley.auth.Origins;
import org.parley.auth.Visitor;

/**
 * Stands in front of the WebSockets, the API and the metrics: finds out who comes from where, gives it the id that the log
 * calls it by (an {@code X-Request-Id} that was sent, else a new one), and lets the tutorials' endpoints be. Here and not in an endpoint's {@code
 * Configurator}, since only a filter can refuse a handshake with the same status on Undertow and on Tyrus.
 *
 * <p>For the others:
 *
 * <ul>
 *   <li>an {@code Origin} that is not allowed: 403, on every path below
 *   <li>no {@code Origin}: the cookie does not count, except for a {@code GET} or {@code HEAD} of the API, with which
 *       browsers send none to their own server
 *   <li>a WebSocket: {@code Sec-WebSocket-Version} other than 13 is 426 (RFC 6455 section 4.2.2; Undertow would upgrade 7
 *       and 8), {@code /hub} and {@code /files} without their subprotocol are 400, nobody signed in is 401
 *   <li>a call that changes state: nobody signed in is 401; only {@code /api/session}, where one signs in, decides itself
 *   <li>figures, as {@code /ws/dashboard}, {@code /api/dashboard} and {@code /metrics} have them: 403 for whom {@link
 *       Audiences} does not admit
 * </ul>
 *
 * Who passes has an {@link org.parley.auth.ParleyPrincipal} as the request's principal. Resources find the outcome in the
 * request's attribute {@value #AUTHENTICATION}.
 */
@WebFilter(
        urlPatterns = {"/hub", "/files", "/ws", "/ws/*", "/items/*", "/metrics", "/metrics/*", "/api/*"},
        asyncSupported = true)
public class UpgradeFilter implements Filter {
    static final String AUTHENTICATION = "org.parley.authentication";
    static final String VISITOR = "org.parley.visitor";

    static final String PROTOCOL = "parley.v1";
    private static final Map<String, String> PROTOCOLS = Map.of("/hub", PROTOCOL, "/files", "parley.files.v1");

    private static final String DASHBOARD = "/ws/dashboard";
    private static final String METRICS = "/metrics";
    private static final Set<String> WEB_SOCKETS = Set.of("/hub", "/files", DASHBOARD);
    private static final Refused NOBODY = new Refused(Reason.MISSING, "Nobody was asked.", Duration.ZERO);
    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String VERSION_13 = "13";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @Inject
    private Authenticator authenticator;

    @Inject
    private Origins origins;

    @Inject
    private Audiences audiences;

    public UpgradeFilter() {}

    UpgradeFilter(Authenticator authenticator, Origins origins, Audiences audiences) {
        this.authenticator = authenticator;
        this.origins = origins;
        this.audiences = audiences;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }

    private void filter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        Visitor visitor = Visitors.of(request);
        answer.setHeader(Visitors.REQUEST_ID, visitor.correlation());
        request.setAttribute(VISITOR, visitor);
        if (open(path(request))) {
            chain.doFilter(new AuthenticatedRequest(request, NOBODY, visitor), answer);
            return;
        }
        boolean http = !WEB_SOCKETS.contains(path(request));
        List<String> origin = Collections.list(request.getHeaders("Origin"));
        Optional<Problem> problem = origin(request, origin).or(() -> http ? Optional.empty() : handshake(request));
        if (problem.isPresent()) {
            refuse(problem.get(), answer);
            return;
        }
        Authentication outcome = authenticate(request, origin.isEmpty() && !(http && safe(request)));
        request.setAttribute(AUTHENTICATION, outcome);
        problem = refusal(request, outcome, visitor.local());
        if (problem.isPresent()) {
            refuse(problem.get(), answer);
        } else {
            chain.doFilter(new AuthenticatedRequest(request, outcome, visitor), answer);
        }
    }

    /** The tutorials' endpoints are for everybody, whatever page they come from. */
    private static boolean open(String path) {
        return !path.equals(DASHBOARD) && (path.equals("/ws") || path.startsWith("/ws/") || path.startsWith("/items/"));
    }

    /** Why this caller may not go on, or empty. */
    private Optional<Problem> refusal(HttpServletRequest request, Authentication outcome, boolean local) {
        String path = path(request);
        // Payara Micro 6 puts figures of its own below it.
        if (path.equals(METRICS) || path.startsWith(METRICS + "/")) {
            return unless(audiences.metrics().admits(outcome, local), outcome, "metrics");
        }
        if (path.equals(DASHBOARD) || path.equals("/api/dashboard")) {
            return unless(audiences.dashboard().admits(outcome, local), outcome, "dashboard");
        }
        boolean anybody = path.startsWith("/api") && (safe(request) || session(request));
        return outcome instanceof Refused refused && !anybody ? Optional.of(Problem.of(refused)) : Optional.empty();
    }

    private static Optional<Problem> unless(boolean admitted, Authentication outcome, String what) {
        if (admitted) {
            return Optional.empty();
        }
        return Optional.of(
                outcome instanceof Refused refused && refused.reason() != Reason.MISSING
                        ? Problem.of(refused)
                        : new Problem(403, what, "The figures of this server are not for everybody."));
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
        String protocol = PROTOCOLS.get(path(request));
        if (protocol != null && !RequestCredentials.subprotocols(request).contains(protocol)) {
            return Optional.of(new Problem(400, "subprotocol", "The subprotocol " + protocol + " must be offered."));
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

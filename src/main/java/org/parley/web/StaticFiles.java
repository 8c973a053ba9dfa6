package org.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Serves the files of the WAR from memory, compressed once, in place of the servers' own file servlets. These look for the
 * file and compress it each time, which a visitor of a page of a hundred modules waits for, and compress only where a server
 * is set up to. They also tell by its time whether a browser's copy is still good: the build is reproducible, so all files of
 * all versions have one time, and an old script would be kept after an upgrade.
 *
 * <p>Conditions are answered by entity tag alone, ranges with the whole file: parts of two versions, or of two codings, must
 * not be put together. What is compressed holds nothing that a visitor must not learn (BREACH); answers of the API, which
 * may, are not compressed.
 *
 * <p>An address that forwards to a file, as {@code /playground} does, is answered as the file is.
 */
@WebFilter(
        urlPatterns = "/*",
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.FORWARD},
        asyncSupported = true)
public class StaticFiles extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** More than the WAR has: a bound for a server that maps many addresses to one file. */
    private static final int CACHED = 500;

    private final transient Map<String, StaticFile> files = new ConcurrentHashMap<>();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        Optional<StaticFile> file = Set.of("GET", "HEAD").contains(request.getMethod())
                ? find(path(request), request.getServletContext())
                : Optional.empty();
        if (file.isPresent()) {
            send(file.get(), request, answer);
        } else {
            chain.doFilter(request, answer);
        }
    }

    private static String path(HttpServletRequest request) {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        return path.isEmpty() || path.equals("/") ? "/index.html" : path;
    }

    private Optional<StaticFile> find(String path, ServletContext context) throws IOException {
        StaticFile known = files.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> type = hidden(path) ? Optional.empty() : StaticFile.type(path);
        return type.isEmpty() ? Optional.empty() : read(path, type.get(), context);
    }

    /** Servers do not serve these (Servlet 6.0 section 10.5), and neither does this. */
    private static boolean hidden(String path) {
        return path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/");
    }

    private Optional<StaticFile> read(String path, String type, ServletContext context) throws IOException {
        try (InputStream content = context.getResourceAsStream(path)) {
            if (content == null) {
                return Optional.empty();
            }
            StaticFile file = StaticFile.of(type, content.readAllBytes());
            if (files.size() < CACHED) {
                files.put(path, file);
            }
            return Optional.of(file);
        }
    }

    private static void send(StaticFile file, HttpServletRequest request, HttpServletResponse answer)
            throws IOException {
        boolean packed = file.packed() != null && takesGzip(request);
        String tag = packed ? file.packedTag() : file.tag();
        // The order of annotated filters is the container's choice.
        SecurityHeaders.set(answer);
        answer.setHeader("ETag", tag);
        if (file.packed() != null) {
            answer.setHeader("Vary", "Accept-Encoding");
        }
        if (matches(request, tag)) {
            answer.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        answer.setContentType(file.type());
        if (packed) {
            answer.setHeader("Content-Encoding", "gzip");
        }
        byte[] body = packed ? file.packed() : file.plain();
        answer.setContentLength(body.length);
        if (request.getMethod().equals("GET")) {
            answer.getOutputStream().write(body);
        }
    }

    private static boolean takesGzip(HttpServletRequest request) {
        return values(request, "Accept-Encoding")
                .map(coding -> coding.replace(" ", ""))
                .anyMatch(coding -> coding.startsWith("gzip") && !coding.matches("gzip;q=0(\\.0*)?"));
    }

    /** The weak comparison of RFC 9110 section 13.1.2: a proxy that recodes makes a strong tag weak. */
    private static boolean matches(HttpServletRequest request, String tag) {
        return values(request, "If-None-Match")
                .anyMatch(value -> value.equals("*") || value.equals(tag) || value.equals("W/" + tag));
    }

    private static Stream<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip);
    }
}

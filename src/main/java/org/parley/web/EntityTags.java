package org.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Gives the files of the WAR an entity tag from their content (RFC 9110 section 8.8.3) and answers {@code If-None-Match}.
 *
 * <p>Nothing else may decide whether a browser's copy is still good: the build is reproducible, so all files of all
 * versions have one modification time, and a browser that asks by it would keep an old script after an upgrade. The
 * servers' file servlets therefore see no condition, and what they would say of time and tag is left out. They see no
 * range either: parts of two versions, or of two codings, must not be put together.
 *
 * <p>A text that the client takes compressed has another tag than the text as it is, since the server may compress it
 * behind this filter and a strong tag stands for exact bytes.
 *
 * <p>An address that forwards to a file, as {@code /playground} does, has the file's tag.
 */
@WebFilter(
        urlPatterns = "/*",
        dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.FORWARD},
        asyncSupported = true)
public class EntityTags implements Filter {
    /** By extension: whether servers compress it. */
    private static final Map<String, Boolean> COMPRESSED = Map.of(
            "html",
            true,
            "js",
            true,
            "css",
            true,
            "svg",
            true,
            "json",
            false,
            "webmanifest",
            false,
            "png",
            false,
            "ico",
            false,
            "woff2",
            false);

    /** More than the WAR has: a bound for a server that maps many addresses to one file. */
    private static final int CACHED = 2_000;

    private static final int TAG_BYTES = 16;

    private final Map<String, String> digests = new ConcurrentHashMap<>();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter((HttpServletRequest) request, (HttpServletResponse) response, chain);
    }

    private void filter(HttpServletRequest request, HttpServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        String path = path(request);
        String digest =
                Set.of("GET", "HEAD").contains(request.getMethod()) ? digest(path, request.getServletContext()) : null;
        if (digest == null) {
            chain.doFilter(request, answer);
            return;
        }
        boolean compressed = COMPRESSED.get(extension(path));
        String tag = '"' + digest + (compressed && takesGzip(request) ? "-gzip" : "") + '"';
        answer.setHeader("ETag", tag);
        if (compressed) {
            answer.setHeader("Vary", "Accept-Encoding");
        }
        if (matches(request, tag)) {
            SecurityHeaders.set(answer);
            answer.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            chain.doFilter(new UnconditionalRequest(request), new UndatedResponse(answer));
        }
    }

    private static String path(HttpServletRequest request) {
        String path = request.getServletPath() + Objects.requireNonNullElse(request.getPathInfo(), "");
        return path.isEmpty() || path.equals("/") ? "/index.html" : path;
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** @return null if the path is not that of a file */
    private String digest(String path, ServletContext context) throws IOException {
        String known = digests.get(path);
        if (known != null || !COMPRESSED.containsKey(extension(path)) || hidden(path)) {
            return known;
        }
        try (InputStream content = context.getResourceAsStream(path)) {
            if (content == null) {
                return null;
            }
            String digest = digest(content);
            if (digests.size() < CACHED) {
                digests.put(path, digest);
            }
            return digest;
        }
    }

    /** Servers do not serve these (Servlet 6.0 section 10.5), so nobody learns anything of them here either. */
    private static boolean hidden(String path) {
        return path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/");
    }

    private static String digest(InputStream content) throws IOException {
        try (DigestInputStream digesting = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            byte[] digest = digesting.getMessageDigest().digest();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
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

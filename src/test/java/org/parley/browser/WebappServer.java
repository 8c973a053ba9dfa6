package org.parley.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves the files of the web application as they are in the source tree, below a context path that is not the root,
 * and with the Content Security Policy of the product. There is no hub behind it: tests of single modules need none.
 */
final class WebappServer implements AutoCloseable {

    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
            + "trusted-types lit-html parley-url";

    private static final String CONTEXT = "/some/path/";
    private static final Map<String, Path> ROOTS = roots();
    private static final Map<String, String> TYPES = Map.of(
            "js",
            "text/javascript",
            "css",
            "text/css",
            "json",
            "application/json",
            "html",
            "text/html; charset=utf-8",
            "svg",
            "image/svg+xml");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    WebappServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static Map<String, Path> roots() {
        Map<String, Path> roots = new LinkedHashMap<>();
        roots.put("test/", Path.of("src/test/js"));
        roots.put("doc/", Path.of("src/doc"));
        roots.put("golden/", Path.of("src/test/resources/golden"));
        roots.put("lib/", Path.of("target/weblib"));
        roots.put("", Path.of("src/main/webapp"));
        return roots;
    }

    /** Where the application is, with a slash at the end. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + CONTEXT;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] content = content(exchange.getRequestURI().getPath());
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Type", type(exchange.getRequestURI().getPath()));
            exchange.getResponseHeaders().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static byte[] content(String path) throws IOException {
        if (!path.startsWith(CONTEXT)) {
            return null;
        }
        String name = path.substring(CONTEXT.length());
        if (name.equals("blank")) {
            return "<!DOCTYPE html><html lang=en><link rel=icon href=data:,><title>Blank</title>"
                    .getBytes(StandardCharsets.UTF_8);
        }
        Path file = file(name.isEmpty() ? "index.html" : name.matches("playground|dashboard") ? name + ".html" : name);
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
    }

    private static Path file(String name) {
        Map.Entry<String, Path> root = ROOTS.entrySet().stream()
                .filter(each -> name.startsWith(each.getKey()))
                .findFirst()
                .orElseThrow();
        Path file =
                root.getValue().resolve(name.substring(root.getKey().length())).normalize();
        if (!file.startsWith(root.getValue())) {
            throw new UncheckedIOException(new IOException("outside of the application: " + name));
        }
        return file;
    }

    private static String type(String path) {
        String extension = path.substring(path.lastIndexOf('.') + 1);
        return TYPES.getOrDefault(extension, TYPES.get("html"));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

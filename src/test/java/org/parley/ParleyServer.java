package org.parley;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The server that Arquillian starts for the integration tests, seen from outside: the WAR that Maven built, where it
 * listens, and an HTTP client for it.
 *
 * <pre>{@code
 * @ExtendWith(ArquillianExtension.class)
 * class EchoIT {
 *     @Deployment(testable = false)
 *     static WebArchive war() { return ParleyServer.war(); }
 * }
 * }</pre>
 */
public final class ParleyServer {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private static WebArchive war;

    private ParleyServer() {}

    /** The WAR as it is shipped; the deployment of every integration test, read once. */
    public static synchronized WebArchive war() {
        if (war == null) {
            war = read();
        }
        return war;
    }

    private static WebArchive read() {
        File file = new File(property("parley.war"));
        if (!file.isFile()) {
            throw new IllegalStateException(file + " is missing: run `mvn verify`, or `mvn package` first.");
        }
        return ShrinkWrap.create(ZipImporter.class, file.getName())
                .importFrom(file)
                .as(WebArchive.class);
    }

    /** The TCP port of plain HTTP and WebSocket, on 127.0.0.1. */
    public static int port() {
        return Integer.parseInt(property("test.http.port"));
    }

    /** True where the tests run on WildFly (Undertow), false on Payara Micro (Grizzly and Tyrus). */
    public static boolean isWildFly() {
        return property("parley.server").equals("wildfly");
    }

    /** @param pathAndQuery begins with {@code /}, percent-encoded already */
    public static URI http(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    /** @param pathAndQuery begins with {@code /}, percent-encoded already */
    public static URI ws(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    /** GETs a page and follows no redirect. */
    public static HttpResponse<String> get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(http(pathAndQuery)));
    }

    /** Sends a request; without a timeout of its own it gets 10 s. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        HttpRequest timed = built.timeout().isPresent()
                ? built
                : request.timeout(Duration.ofSeconds(10)).build();
        try {
            return HTTP.send(timed, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(timed.method() + " " + timed.uri() + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + timed.uri(), e);
        }
    }

    /**
     * Says which setting to change when a port is taken; the containers' own messages name neither port nor setting.
     *
     * @throws IllegalStateException when something listens on 127.0.0.1:port
     */
    static void requireFree(String property) {
        int port = Integer.parseInt(property(property));
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assert probe.isBound();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port " + port + " (" + property + ") is in use: stop what listens there, or give another with -D"
                            + property + "=…",
                    e);
        }
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "System property " + name + " is missing: run the tests with `mvn verify`.");
        }
        return value;
    }
}

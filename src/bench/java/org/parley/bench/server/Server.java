package org.parley.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/** A server that runs, on 127.0.0.1; it ends with {@link #close} or with this process. */
public final class Server implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final long STOP_SECONDS = 30;
    // Of itself it offers to switch to HTTP/2, which a server of WebSockets takes for a bad handshake.
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;
    private final Thread hook = new Thread(this::kill);

    private Server(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
        endWithThisProcess();
    }

    private void endWithThisProcess() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException ending) {
            kill();
            throw ending;
        }
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @param directory of its output {@code server.log}
     * @param path that it answers with {@code status} when it is ready
     */
    static Server start(String name, int port, Path directory, List<String> command, String path, int status)
            throws IOException {
        Files.createDirectories(directory);
        Path log = directory.resolve("server.log");
        List<String> pinned = new ArrayList<>(Cores.ofServer());
        pinned.addAll(command);
        Process process = new ProcessBuilder(pinned)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Server server = new Server(name, port, log, process);
        try {
            Awaitility.await(name + ", see " + log)
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .failFast(name + " has ended, see " + log, () -> !process.isAlive())
                    .until(() -> server.answers(path, status));
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private boolean answers(String path, int status) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == status;
        } catch (IOException e) {
            return false;
        }
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    public ProcessFigures figures() {
        return new ProcessFigures(pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Below the range that Linux takes for outgoing connections. */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }
}

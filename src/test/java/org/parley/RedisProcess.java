package org.parley;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis on 127.0.0.1 that a test may kill and start again: same port, nothing kept. It is {@code redis-server} of the
 * PATH, or else the one that comes as a Maven artifact.
 */
public final class RedisProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static String executable;

    private final int port = ServerProcess.freePort();
    private final String password;
    private final Thread hook = new Thread(this::end);
    private Process process;

    public RedisProcess() {
        this("");
    }

    /** @param password that every client must know; empty for none */
    public RedisProcess(String password) {
        this.password = password;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static synchronized String executable() {
        try {
            if (executable == null) {
                executable = find().getAbsolutePath();
            }
            return executable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File find() throws IOException {
        try {
            return ExecutableProvider.newExecutableInPath("redis-server").get();
        } catch (FileNotFoundException e) {
            File directory = Files.createTempDirectory("redis").toFile();
            directory.deleteOnExit();
            File file = ExecutableProvider.newJarResourceProvider(directory).get();
            file.deleteOnExit();
            return file;
        }
    }

    /** {@code redis://…}, with the password if there is one. */
    public String url() {
        return "redis://" + (password.isEmpty() ? "" : ":" + password + "@") + "127.0.0.1:" + port;
    }

    public RedisProcess start() {
        List<String> command = new ArrayList<>(List.of(
                executable(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no"));
        if (!password.isEmpty()) {
            command.addAll(List.of("--requirepass", password));
        }
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("Redis on port " + port)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .failFast("it has ended", () -> !process.isAlive())
                .until(this::answers);
        return this;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    public void kill() {
        end();
    }

    public long pid() {
        return process.pid();
    }

    private void end() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Redis, process " + process.pid() + ", did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while Redis ends", e);
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}

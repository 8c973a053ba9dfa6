package org.parley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.postgresql.Driver;

/** A PostgreSQL on 127.0.0.1 that a test may kill and start again: same port, same data, and with {@code fsync} on. */
public final class PostgresProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final int port = ServerProcess.freePort();
    private EmbeddedPostgres server;

    /** @param name of its directory under {@code target/it} */
    public PostgresProcess(String name) {
        directory = Path.of(ParleyServer.property("parley.test.dir"), name);
    }

    /** What a {@link ServerProcess} must be told to use it. */
    public Map<String, String> properties() {
        return Map.of(
                "parley.database.url",
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
                "parley.database.user",
                "postgres");
    }

    public void start() {
        try {
            Files.createDirectories(directory);
            // A database that was closed in this process has taken the driver away, which the start asks for.
            DriverManager.registerDriver(new Driver());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
        // After a SIGKILL the next one refuses to start until the last of the dead one's children has noticed.
        Awaitility.await("PostgreSQL")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(this::started);
    }

    private boolean started() throws IOException {
        server = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setPort(port)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("fsync", "on")
                .setErrorRedirector(log())
                .setOutputRedirector(log())
                .setPGStartupWait(LIMIT)
                .start();
        return true;
    }

    private ProcessBuilder.Redirect log() {
        return ProcessBuilder.Redirect.appendTo(
                directory.resolve("postgresql.log").toFile());
    }

    /** SIGKILL of the postmaster; its children see it and end. */
    public void kill() {
        end("-KILL");
    }

    /** {@code pg_ctl stop -m immediate}: SIGQUIT, every process ends at once and the next start recovers. */
    public void stopImmediately() {
        end("-QUIT");
    }

    private void end(String signal) {
        ProcessHandle postmaster = postmaster();
        try {
            int status = new ProcessBuilder(List.of("kill", signal, String.valueOf(postmaster.pid())))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill " + signal + " " + postmaster.pid() + " ended with " + status);
            }
            postmaster.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            server.close();
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AssertionError("PostgreSQL did not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private ProcessHandle postmaster() {
        try {
            String pid =
                    Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(pid.strip()))
                    .orElseThrow(() -> new AssertionError("PostgreSQL is dead already"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.parley;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that is full, that fails, or that may not be written to: publishes are told {@code unavailable}, readers read
 * on, and everything works again when the disk does.
 */
class DiskFullIT {
    private static final String ROOM = "archive";
    private static final int LARGE = 60_000;

    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    @Test
    void tellsThatPublishesAreUnavailableWhileTheDiskIsFull() {
        try (SmallDisk disk = SmallDisk.mount(directory("disk-full"), 16);
                ServerProcess server = server("disk-full-server", disk)) {
            server.start();
            try (ProtocolClient writer = client(server, "writer");
                    ProtocolClient reader = client(server, "reader")) {
                publish(writer, 5);
                await("acks").until(() -> writer.waiting() == 0);

                disk.fill();
                publish(writer, 100);
                awaitRefusal(writer);
                assertReadable(server, writer);

                disk.free();
                assertRecovered(server, writer, reader);
            }
        }
    }

    @Test
    void tellsThatPublishesAreUnavailableWhileTheDiskFails() {
        ServerProcess server = servers.create("disk-failing", Map.of());
        server.start();
        try (ProtocolClient writer = client(server, "writer");
                ProtocolClient reader = client(server, "reader")) {
            publish(writer, 40);
            await("acks").until(() -> writer.waiting() == 0);

            // Every write behind that size fails with EFBIG, which SQLite takes for an I/O error; the log stays
            // smaller.
            limitFileSize(server, String.valueOf(size(server.data().resolve("chat.db-wal"))));
            publish(writer, 100);
            awaitRefusal(writer);
            assertReadable(server, writer);

            limitFileSize(server, "unlimited");
            assertRecovered(server, writer, reader);
        }
    }

    @Test
    void saysAtTheStartThatTheDirectoryCannotBeWrittenTo() {
        try (SmallDisk disk = SmallDisk.mount(directory("read-only"), 16);
                ServerProcess server = server("read-only-server", disk)) {
            server.start();
            try (ProtocolClient writer = client(server, "writer")) {
                publish(writer, 3);
                await("acks").until(() -> writer.waiting() == 0);
                server.stop();
                disk.readOnly();

                server.launch();
                await("the reason").until(() -> server.log().contains("Parley cannot start"));
                assertThat(server.log()).contains(disk.path().toString()).contains("Read-only file system");
                server.kill();

                disk.writable();
                server.start();
                publish(writer, 3);
                assertRecovered(server, writer, writer);
            }
        }
    }

    private ServerProcess server(String name, SmallDisk disk) {
        return servers.create(
                name, Map.of("parley.data.dir", disk.path().resolve("data").toString()));
    }

    private static Path directory(String name) {
        return Path.of(ParleyServer.property("parley.test.dir"), name);
    }

    private static ProtocolClient client(ServerProcess server, String name) {
        ProtocolClient client = new ProtocolClient(name, server.http(""), List.of(ROOM), false).start();
        await(name + " joins").until(client::joined);
        return client;
    }

    private static void publish(ProtocolClient writer, int messages) {
        for (int i = 0; i < messages; i++) {
            writer.publish(ROOM, i + " " + "x".repeat(LARGE));
        }
    }

    private static void awaitRefusal(ProtocolClient writer) {
        await("a refusal").until(() -> writer.transcript().refusals().size() >= 2);
        assertThat(writer.transcript().refusals()).containsOnly("unavailable");
    }

    /** Whoever has signed in before reads what was stored, up to the last ack; a sign-in itself must be written. */
    private static void assertReadable(ServerProcess server, ProtocolClient writer) {
        assertThat(server.isAlive()).isTrue();
        try (ProtocolClient late = writer.another("late", true).start()) {
            await("whoever comes now").until(() -> late.joined() && late.caughtUp());
            late.verify();
            assertThat(late.seq(ROOM))
                    .isGreaterThanOrEqualTo(writer.transcript().ackCount());
        }
        assertThat(writer.transcript().reconnects()).as("connections live on").isZero();
    }

    private static void assertRecovered(ServerProcess server, ProtocolClient writer, ProtocolClient reader) {
        await("acks").until(() -> writer.waiting() == 0);
        try (ProtocolClient fresh = new ProtocolClient("archivist", server.http(""), List.of(ROOM), true).start()) {
            await("the archivist").until(() -> fresh.joined() && fresh.caughtUp());
            await("the reader").until(() -> reader.seq(ROOM) >= fresh.seq(ROOM));
            List.of(writer, reader, fresh).forEach(ProtocolClient::verify);
            Checker checker = new Checker(
                    List.of(writer.transcript(), reader.transcript()),
                    fresh.transcript().delivered());
            assertThat(checker.violations()).isEmpty();
            assertThat(checker.gaps()).isZero();
        }
    }

    /** Of a process that runs: what {@code ulimit -f} is for one that is yet to start. */
    private static void limitFileSize(ServerProcess server, String bytes) {
        try {
            int status = new ProcessBuilder("prlimit", "--pid", String.valueOf(server.pid()), "--fsize=" + bytes + ":")
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        } catch (IOException e) {
            throw new TestAbortedException("needs prlimit: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }
}

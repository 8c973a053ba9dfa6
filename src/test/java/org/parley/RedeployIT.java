package org.parley;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Parley leaves a server as it found it, and tells its clients before it goes. */
class RedeployIT {
    private static final int TIMES = 10;

    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    @Test
    void leavesNothingBehindWhenItIsDeployedAgain() throws Exception {
        ServerProcess server = servers.create("redeploy", Map.of("parley.shutdown", "100ms"))
                // Else what only soft references hold would look like a leak.
                .jvm("-XX:SoftRefLRUPolicyMSPerMB=0");
        if (ParleyServer.isWildFly()) {
            server.start();
            for (int i = 0; i < TIMES; i++) {
                try (TestClient client = connect(server)) {
                    redeployWildFly(server);
                    assertThat(client.closeCode()).as("redeployment %d", i).isEqualTo(1012);
                }
                server.awaitAnswer();
            }
        } else {
            server.payara(
                    "--postdeploycommandfile", redeploymentsOfPayara(server).toString());
            server.start();
            await().atMost(Duration.ofMinutes(4)).until(() -> starts(server) == TIMES + 1);
            server.awaitAnswer();
        }
        connect(server).close();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            replaceWhatThreadsRemember(server);
            // One is in use. One more may hang on the JDK itself: up to 17 a method handle remembers the last class
            // that it
            // was asked for (JDK-8078641), here that of a record whose equals was called.
            assertThat(classes(server, "org.parley.hub.Hub"))
                    .as("class loaders")
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(openFiles(server, "chat.db")).as("handles of chat.db").isBetween(1L, 8L);
            assertThat(threads(server, "parley")).as("threads").isLessThan(20);
        });
    }

    @Test
    void saysThatItRestarts() {
        ServerProcess server = servers.create("restart", Map.of());
        server.start();
        try (TestClient client = connect(server);
                TestClient tutorial = TestClient.connect(server.ws("/ws"), List.of(), Map.of())) {
            server.stop();
            assertThat(client.closeCode()).isEqualTo(1012);
            assertThat(tutorial.closeCode()).isEqualTo(1012);
        }
    }

    @Test
    void saysThatItRestartsWhenItIsSuspendedAndTakesThemBackWhenItGoesOn() throws Exception {
        Assumptions.assumeTrue(ParleyServer.isWildFly(), "Payara Micro cannot be suspended");
        ServerProcess server = servers.create("suspended", Map.of());
        server.start();
        try (TestClient client = connect(server)) {
            command(server, ":suspend");
            assertThat(client.closeCode()).isEqualTo(1012);
        }
        command(server, ":resume");
        connect(server).close();
    }

    /** A signed-in client in a room, who has published: every part of the application has worked. */
    private static TestClient connect(ServerProcess server) {
        String origin = "http://127.0.0.1:" + server.port();
        HttpRequest signIn = HttpRequest.newBuilder(server.http("/api/session"))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ada\"}"))
                .build();
        try {
            String cookie = HttpClient.newHttpClient()
                    .send(signIn, HttpResponse.BodyHandlers.ofString())
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .split(";")[0];
            TestClient client = TestClient.connect(
                    server.ws("/hub"), List.of("parley.v1"), Map.of("Cookie", cookie, "Origin", origin));
            client.send("{\"type\":\"join\",\"id\":\"j\",\"room\":\"lobby\"}");
            client.send("{\"type\":\"publish\",\"id\":\"" + System.nanoTime()
                    + "\",\"room\":\"lobby\",\"kind\":\"text\",\"body\":{}}");
            String frame = client.nextText();
            while (!frame.contains("\"ack\"")) {
                frame = client.nextText();
            }
            return client;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The frame of an idle worker thread may still name its last request, and so the application that answered it. */
    private static void replaceWhatThreadsRemember(ServerProcess server) {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(server.http("/")).build();
        CompletableFuture<?>[] answers = Stream.generate(
                        () -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding()))
                .limit(64)
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(answers).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void redeployWildFly(ServerProcess server) throws Exception {
        command(server, "/deployment=ROOT.war:redeploy");
    }

    /** Of WildFly's management. */
    private static void command(ServerProcess server, String command) throws Exception {
        Jcmd.run(
                Path.of(ParleyServer.property("wildfly.home"), "bin", "jboss-cli.sh")
                        .toString(),
                "--connect",
                "--controller=127.0.0.1:" + server.managementPort(),
                "--command=" + command);
    }

    /** Commands that Payara Micro runs after its first deployment. */
    private static Path redeploymentsOfPayara(ServerProcess server) throws IOException {
        Path commands = Path.of(ParleyServer.property("parley.test.dir"), "redeploy.asadmin");
        String once = "undeploy ROOT\ndeploy --name ROOT --contextroot / " + ParleyServer.property("parley.war") + "\n";
        Files.createDirectories(commands.getParent());
        return Files.writeString(commands, once.repeat(TIMES));
    }

    /** How often Payara has said that it deployed the application. */
    private static long starts(ServerProcess server) {
        return server.log()
                .lines()
                .filter(line -> line.contains("ROOT was successfully deployed"))
                .count();
    }

    /** The rows of the heap's histogram for a class: one for each class loader that has it; garbage is collected first. */
    private static List<String> classes(ServerProcess server, String name) throws Exception {
        return Jcmd.run(server, "GC.class_histogram")
                .lines()
                .filter(line -> line.strip().endsWith(" " + name) || line.contains(" " + name + " "))
                .toList();
    }

    private static long threads(ServerProcess server, String part) throws Exception {
        return Jcmd.run(server, "Thread.print")
                .lines()
                .filter(line -> line.startsWith("\"") && line.contains(part))
                .count();
    }

    private static long openFiles(ServerProcess server, String name) throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc", String.valueOf(server.pid()), "fd"))) {
            return handles.filter(handle -> linkOf(handle).endsWith(name)).count();
        }
    }

    private static String linkOf(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }
}

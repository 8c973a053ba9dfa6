package org.parley.file;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.PostgresProcess;
import org.parley.ServerProcess;
import org.parley.ServerProcesses;
import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files while everything breaks: 100 MB in four transfers at once, each cut several times at random places, with chat
 * beside, on a server whose heap could not hold them; across a kill; and across two nodes. With {@code -Pchaos} the first of
 * these ten times.
 */
class FileIT {
    private static final int ROUNDS = Integer.getInteger("files.rounds", 1);
    private static final int TRANSFERS = 4;
    private static final int CUTS = 3;
    private static final int BYTES = 25_000_000;
    private static final String HEAP = "-Xmx256m";

    @RegisterExtension
    final ServerProcesses servers = new ServerProcesses();

    private final ExecutorService uploads = Executors.newFixedThreadPool(TRANSFERS);
    private final String room = Guest.newRoom("files-");

    @AfterEach
    void end() {
        uploads.shutdownNow();
    }

    @Test
    void losesNothingHoweverOftenItIsCutAndAlsoWhenKilled() throws Exception {
        ServerProcess server =
                servers.create("files", Map.of("parley.limits", "off")).jvm(HEAP);
        server.start();
        ChatBeside chat = new ChatBeside(server);
        chat.chat(room, forSeconds(2));
        ChatBeside.Latencies alone = chat.chat(room, forSeconds(2));
        for (int round = 0; round < ROUNDS; round++) {
            ChatBeside.Latencies beside = uploadAllCut(server, chat, round);
            System.out.printf("Chat alone: %s; with %d uploads that are cut: %s%n", alone, TRANSFERS, beside);
        }
        uploadAcrossAKill(server);
        assertThat(server.log()).doesNotContain("OutOfMemoryError");
    }

    private static ChatBeside.While forSeconds(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        return () -> System.nanoTime() < end;
    }

    private ChatBeside.Latencies uploadAllCut(ServerProcess server, ChatBeside chat, int round) throws Exception {
        long seed = System.nanoTime();
        System.out.println("Seed of the cuts: " + seed);
        List<byte[]> contents = new ArrayList<>();
        List<CuttingProxy> proxies = new ArrayList<>();
        List<CompletableFuture<FileClient.Frame>> running = new ArrayList<>();
        for (int i = 0; i < TRANSFERS; i++) {
            byte[] content = Contents.random(round * TRANSFERS + i, BYTES);
            CuttingProxy proxy = new CuttingProxy(server, cutting(new Random(seed + i)));
            String cookie = Guest.signIn(server.http(""), "Uploader " + i);
            PatientUpload upload =
                    new PatientUpload(() -> proxy.connect(cookie), room, "file " + i, content, have -> {});
            contents.add(content);
            proxies.add(proxy);
            running.add(CompletableFuture.supplyAsync(upload::call, uploads));
        }
        ChatBeside.Latencies beside = chat.chat(room, () -> running.stream().anyMatch(one -> !one.isDone()));
        String reader = Guest.signIn(server.http(""), "Reader");
        for (int i = 0; i < TRANSFERS; i++) {
            String sha256 = Contents.sha256(contents.get(i));
            FileClient.Frame stored = running.get(i).get(120, TimeUnit.SECONDS);
            assertThat(stored.string("sha256")).isEqualTo(sha256);
            assertThat(proxies.get(i).cuts()).isEqualTo(CUTS);
            proxies.get(i).close();
            try (FileClient client = FileClient.of(server, reader)) {
                client.expect(FileClient.WELCOME);
                assertThat(Contents.sha256(client.download(stored.string("file"), 0)))
                        .isEqualTo(sha256);
            }
        }
        return beside;
    }

    /** So many connections are cut, somewhere in the part of the file that each can be expected to carry. */
    private static LongSupplier cutting(Random random) {
        AtomicInteger connections = new AtomicInteger();
        int most = BYTES / (CUTS + 1);
        return () -> connections.getAndIncrement() < CUTS ? 100_000 + random.nextInt(most) : Long.MAX_VALUE;
    }

    private void uploadAcrossAKill(ServerProcess server) throws Exception {
        byte[] content = Contents.random(99, BYTES);
        String cookie = Guest.signIn(server.http(""), "Stubborn");
        CountDownLatch halfway = new CountDownLatch(1);
        PatientUpload upload = new PatientUpload(() -> FileClient.of(server, cookie), room, "killed", content, have -> {
            if (have > BYTES / 2) {
                halfway.countDown();
            }
        });
        CompletableFuture<FileClient.Frame> running = CompletableFuture.supplyAsync(upload::call, uploads);
        assertThat(halfway.await(60, TimeUnit.SECONDS)).isTrue();
        server.kill();
        server.start();
        FileClient.Frame stored = running.get(120, TimeUnit.SECONDS);
        assertThat(stored.string("sha256")).isEqualTo(Contents.sha256(content));
        try (FileClient client = FileClient.of(server, cookie)) {
            client.expect(FileClient.WELCOME);
            long begun = System.nanoTime();
            byte[] overWebSocket = client.download(stored.string("file"), 0);
            long between = System.nanoTime();
            byte[] overHttp = get(server, stored.string("file"), cookie);
            System.out.printf(
                    "Download of %d bytes: /files %d ms, HTTP %d ms%n",
                    content.length,
                    TimeUnit.NANOSECONDS.toMillis(between - begun),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - between));
            assertThat(overWebSocket).isEqualTo(content);
            assertThat(overHttp).isEqualTo(content);
        }
    }

    private static byte[] get(ServerProcess server, String file, String cookie) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.http("/api/files/" + file))
                .header("Cookie", cookie)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    @Test
    void goesOnOnAnotherNode() throws Exception {
        try (PostgresProcess database = new PostgresProcess("files-database")) {
            database.start();
            Map<String, String> settings = new HashMap<>(database.properties());
            settings.put("parley.backplane", "postgres");
            ServerProcess one = servers.create("files-one", settings);
            ServerProcess two = servers.create("files-two", settings);
            one.start();
            two.start();
            List<ServerProcess> both = List.of(one, two);
            AtomicInteger connections = new AtomicInteger();
            byte[] content = Contents.random(98, BYTES);
            String cookie = Guest.signIn(one.http(""), "Wanderer");
            Random random = new Random(5);
            List<CuttingProxy> proxies = both.stream()
                    .map(node -> new CuttingProxy(
                            node,
                            () -> connections.get() <= CUTS ? 100_000 + random.nextInt(BYTES / 4) : Long.MAX_VALUE))
                    .toList();
            PatientUpload upload = new PatientUpload(
                    () -> proxies.get(connections.getAndIncrement() % 2).connect(cookie),
                    room,
                    "wandering",
                    content,
                    have -> {});
            FileClient.Frame stored = upload.call();
            assertThat(stored.string("sha256")).isEqualTo(Contents.sha256(content));
            assertThat(connections.get()).isGreaterThan(CUTS);
            for (ServerProcess node : both) {
                try (FileClient client = FileClient.of(node, cookie)) {
                    client.expect(FileClient.WELCOME);
                    assertThat(client.download(stored.string("file"), 0)).isEqualTo(content);
                }
            }
            proxies.forEach(CuttingProxy::close);
        }
    }
}

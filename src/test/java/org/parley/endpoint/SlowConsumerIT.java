package org.parley.endpoint;

import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.Jcmd;
import org.parley.RawSocket;
import org.parley.ServerProcess;
import org.parley.ServerProcesses;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One reader of a hundred stops reading: everybody else gets every message (how soon, the benchmark's scenario
 * {@code stalled} measures, here it is only printed), the server's memory does not grow, and the one who stopped
 * is sent away, comes back and has every message.
 */
class SlowConsumerIT {
    @RegisterExtension
    static final ServerProcesses SERVERS = ServerProcesses.ofAllTests();

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int OTHERS = 99;
    private static final int ROUNDS = 3;
    private static final int MESSAGES = 300;
    private static final int MESSAGE_MILLIS = 10;
    /**
     * What fills the buffers of the one who does not read: nobody else is in that room, so that no other reader of it is slow
     * where this machine has no time for him; the messages come over HTTP. Payara's Grizzly 4
     * keeps four times what the kernel does, of which Linux gives a socket up to 4 MiB; then comes the outbox.
     */
    private static final int FLOOD = 200;

    private static final String LARGE = "x".repeat(128 << 10);

    private static final int STEPS = 8;
    private static final int STEP = 40;
    /** An outbox of 1 MiB and what the container holds, many times over, and far less than {@code STEPS × STEP × 128 KiB}. */
    private static final long BOUND = 16 << 20;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(2);

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = SERVERS.create("slow-consumer", Map.of("parley.limits", "off"));
        server.start();
    }

    @AfterAll
    static void end() {
        TIMER.shutdownNow();
    }

    @Test
    void leavesTheOthersAloneAndHasEveryMessageWhenItComesBack() throws Exception {
        round(false);
        long[] reading = new long[ROUNDS];
        long[] stalled = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            stalled[i] = round(true);
            reading[i] = round(false);
        }
        System.out.printf(
                "SlowConsumerIT: p99 of %d readers in %d rounds, one more reads: %s ms, one more does not: %s ms%n",
                OTHERS, ROUNDS, millis(reading), millis(stalled));
    }

    /** @return the 99th percentile of all deliveries to the others */
    private static long round(boolean stalls) throws ExecutionException, InterruptedException {
        String room = Guest.newRoom("measured-");
        String flood = Guest.newRoom("flood-");
        String cookie = Guest.signIn(server.http(""), "Reader");
        List<Listener> others = IntStream.range(0, OTHERS)
                .mapToObj(i -> new Listener(server, cookie, room, MESSAGES))
                .toList();
        try (OneMore oneMore = new OneMore(stalls, room, flood);
                Guest publisher = Guest.named(server, "Publisher")) {
            publisher.join(room);
            Awaitility.await("everybody in the room").atMost(PATIENCE).until(() -> others.stream()
                    .allMatch(Listener::joined));
            Future<?> flooding = CompletableFuture.runAsync(() -> flood(cookie, flood));
            publish(publisher, room).get();
            flooding.get();
            Awaitility.await("every message").atMost(PATIENCE).until(() -> others.stream()
                    .allMatch(Listener::complete));
            oneMore.assertComplete(Map.of(room, (long) MESSAGES, flood, (long) FLOOD));
        } finally {
            others.forEach(Listener::close);
        }
        return percentile99(
                others.stream().flatMapToLong(o -> LongStream.of(o.nanos())).toArray());
    }

    /** Each waits until the one before is stored. */
    private static void flood(String cookie, String room) {
        for (int i = 0; i < FLOOD; i++) {
            HttpRequest request = HttpRequest.newBuilder(server.http("/api/rooms/" + room + "/messages"))
                    .header("Cookie", cookie)
                    .header("Origin", server.http("").toString())
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "m" + i)
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"kind\":\"text\",\"body\":{\"text\":\"" + LARGE + "\"}}"))
                    .build();
            int status = HTTP.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join()
                    .statusCode();
            assertThat(status / 100).as("message %d: %d", i, status).isEqualTo(2);
        }
    }

    /** Publishes at a pace, whatever the server says to it. */
    private static Future<?> publish(Guest guest, String room) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        AtomicInteger next = new AtomicInteger();
        Future<?> timer = TIMER.scheduleAtFixedRate(
                () -> {
                    int number = next.getAndIncrement();
                    if (number < MESSAGES) {
                        guest.sendPublish(room, "m" + number, "t" + System.nanoTime() + " .");
                    } else {
                        sent.complete(null);
                    }
                },
                0,
                MESSAGE_MILLIS,
                TimeUnit.MILLISECONDS);
        return sent.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).whenComplete((all, e) -> timer.cancel(false));
    }

    private static long percentile99(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[(int) (nanos.length * 0.99)];
    }

    private static List<Long> millis(long[] nanos) {
        return LongStream.of(nanos).map(TimeUnit.NANOSECONDS::toMillis).boxed().toList();
    }

    @Test
    void holdsNoMoreThanItsOutboxForWhoDoesNotRead() {
        String flood = Guest.newRoom("memory-");
        try (OneMore stalled = new OneMore(true, flood);
                Guest flooder = Guest.named(server, "Flooder")) {
            flooder.join(flood);
            long before = Jcmd.heapInUse(server);
            List<Long> heaps = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                for (int i = 0; i < STEP; i++) {
                    flooder.sendPublish(flood, step + "-" + i, LARGE);
                    next(flooder, "ack");
                }
                heaps.add(Jcmd.heapInUse(server) - before);
            }
            System.out.printf(
                    "SlowConsumerIT: heap in use beyond %d KiB after each %d KiB for one who does not read: %s KiB%n",
                    before >> 10,
                    STEP * LARGE.length() >> 10,
                    heaps.stream().map(bytes -> bytes >> 10).toList());
            assertThat(heaps).allSatisfy(bytes -> assertThat(bytes).isLessThan(BOUND));
            stalled.assertComplete(Map.of(flood, (long) STEPS * STEP));
        }
    }

    private static JsonObject next(Guest guest, String type) {
        JsonObject frame;
        do {
            frame = guest.next();
        } while (!frame.getString("type").equals(type));
        return frame;
    }

    /** The hundredth reader: reads all the time, or nothing until it is asked what it has. */
    private static final class OneMore implements AutoCloseable {
        private final boolean stalls;
        private final String id = Guest.newRoom("one-more-");
        private final String cookie = Guest.signIn(server.http(""), "One more");
        private final Map<String, Progress> rooms = new TreeMap<>();
        private final RawSocket socket;
        private final CompletableFuture<Void> reading;
        private volatile int code;

        OneMore(boolean stalls, String... names) {
            this.stalls = stalls;
            Map<String, String> headers = new TreeMap<>(Guest.headers(server, cookie));
            headers.put("X-Request-Id", id);
            socket = RawSocket.connect(server.port(), "/hub", "parley.v1", headers, stalls ? 4 << 10 : 1 << 20);
            socket.patience(PATIENCE);
            for (String name : names) {
                socket.send("{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + name + "\"}");
                JsonObject joined = parse(socket.readText("\"joined\""));
                rooms.put(name, new Progress(joined.getString("epoch")));
            }
            reading = stalls ? CompletableFuture.completedFuture(null) : CompletableFuture.runAsync(this::read);
        }

        /** Until the server ends the connection, or {@link #close} does. */
        private void read() {
            RawSocket.Frame frame = socket.read();
            while (frame != null && !frame.isClose()) {
                if (frame.isText()) {
                    JsonObject object = parse(frame.text());
                    if (object.getString("type").equals("messages")) {
                        rooms.get(object.getString("room")).take(object);
                    }
                }
                frame = socket.read();
            }
            code = frame == null ? 0 : frame.code();
        }

        /** Everything up to there came once and in order, with the help of a resume to who was sent away. */
        void assertComplete(Map<String, Long> lasts) {
            if (stalls) {
                // Whoever reads again before the server had more for him than it keeps was never slow.
                Awaitility.await("the end of " + id).atMost(PATIENCE).until(() -> server.log()
                        .contains("event=connection-ended connection=" + id));
                read();
                assertSentAway();
                assertThat(lasts).as("what it got by then").isNotEqualTo(seqs());
            } else {
                Awaitility.await("everything, or the end")
                        .atMost(PATIENCE)
                        .until(() -> seqs().equals(lasts) || reading.isDone());
            }
            if (!seqs().equals(lasts)) {
                // Who does read may be too slow as well, where this machine has no time for it.
                assertSentAway();
                lasts.keySet().forEach(this::resume);
            }
            assertThat(seqs()).isEqualTo(lasts);
            assertThat(rooms.values()).allSatisfy(room -> assertThat(room.gaps).isZero());
        }

        /** The close may not make it through full buffers; on a busy machine unanswered pings may tell first (4009). */
        private void assertSentAway() {
            assertThat(code).as("how it was sent away").isIn(4008, 4009, 0);
        }

        private Map<String, Long> seqs() {
            Map<String, Long> seqs = new TreeMap<>();
            rooms.forEach((name, room) -> seqs.put(name, room.seq));
            return seqs;
        }

        private void resume(String room) {
            Progress progress = rooms.get(room);
            try (Guest back = Guest.withCookie(server, cookie)) {
                back.send("{'type':'join','id':'r','room':'" + room + "','since':{'epoch':'" + progress.epoch
                        + "','seq':" + progress.seq + "}}");
                JsonObject page = back.expect("joined");
                progress.take(page);
                while (page.getBoolean("more")) {
                    back.send("{'type':'history','id':'h','room':'" + room + "','after':" + progress.seq + "}");
                    page = back.expect("history");
                    progress.take(page);
                }
            }
        }

        @Override
        public void close() {
            socket.close();
            reading.join();
        }
    }

    /** How far somebody has one room. */
    private static final class Progress {
        private final String epoch;
        private volatile long seq;
        private volatile int gaps;

        Progress(String epoch) {
            this.epoch = epoch;
        }

        void take(JsonObject frame) {
            boolean page = frame.containsKey("recovered");
            boolean recovered = !page || frame.getBoolean("recovered");
            gaps += recovered && frame.getString("epoch").equals(epoch) ? 0 : 1;
            for (JsonObject message : frame.getJsonArray("messages").getValuesAs(JsonObject.class)) {
                long number = message.getJsonNumber("seq").longValue();
                gaps += number == seq + 1 ? 0 : 1;
                seq = number;
            }
        }
    }

    private static JsonObject parse(String frame) {
        return Json.createReader(new StringReader(frame)).readObject();
    }
}

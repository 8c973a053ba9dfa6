package org.parley;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;

/**
 * A guest who speaks {@code parley.v1} as {@code js/client} does: comes back whenever the connection is lost, resumes
 * each room at its position, and sends what has no ack again with the same id. What happens is written to its {@link
 * Transcript}. Everything but the public methods runs on the client's own thread.
 */
public final class ProtocolClient implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    static final JsonProvider JSON = JsonProvider.provider();
    private static final String SUBPROTOCOL = "parley.v1";
    private static final Duration OPENING = Duration.ofSeconds(15);
    private static final long BACKOFF_MIN_MILLIS = 50;
    private static final long BACKOFF_MAX_MILLIS = 1_000;
    private static final AtomicLong IDS = new AtomicLong();

    private final List<URI> servers;
    private final boolean fromTheStart;
    private final Transcript transcript;
    private final Map<String, ProtocolRoom> rooms = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor loop;
    private volatile AssertionError failure;

    private String cookie;
    private WebSocket socket;
    private CompletableFuture<?> sending;
    private int generation;
    private int server;
    private boolean open;
    private boolean everOpen;
    private int attempt;
    private int unanswered;
    private long requests;

    /** @param server its scheme, host and port */
    public ProtocolClient(String name, URI server, List<String> rooms, boolean fromTheStart) {
        this(name, List.of(server), rooms, fromTheStart);
    }

    /**
     * @param servers their schemes, hosts and ports; when one is lost the next one is tried
     * @param fromTheStart whether to read a room from its first message, or from now on
     */
    public ProtocolClient(String name, List<URI> servers, List<String> rooms, boolean fromTheStart) {
        this.servers = servers;
        this.fromTheStart = fromTheStart;
        this.transcript = new Transcript(name);
        rooms.forEach(room -> this.rooms.put(room, new ProtocolRoom(room, this, transcript)));
        loop = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "client-" + name);
            thread.setDaemon(true);
            return thread;
        });
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A further client of the same user, as a second tab is: it needs no sign-in of its own. Not started yet. */
    public ProtocolClient another(String name, boolean readsFromTheStart) {
        ProtocolClient other = new ProtocolClient(name, servers, List.copyOf(rooms.keySet()), readsFromTheStart);
        other.cookie = ask(() -> cookie);
        other.transcript.user(transcript.user());
        return other;
    }

    /** Signs in, connects and joins; goes on trying until {@link #close}. */
    public ProtocolClient start() {
        run(this::connect);
        return this;
    }

    /** Queues a text for a room; {@link Transcript#acked} tells when it is kept. */
    public void publish(String room, String text) {
        String id = HexFormat.of().toHexDigits(System.currentTimeMillis(), 12) + "-" + IDS.incrementAndGet();
        JsonObject body = JSON.createObjectBuilder().add("text", text).build();
        run(() -> rooms.get(room).publish(id, body));
    }

    public Transcript transcript() {
        return transcript;
    }

    /** How many publishes have no ack. */
    public int waiting() {
        return ask(() -> rooms.values().stream().mapToInt(ProtocolRoom::waiting).sum());
    }

    /** How many publishes into the room have no ack. */
    public int waiting(String room) {
        return ask(() -> rooms.get(room).waiting());
    }

    /** Whether every room is joined on the present connection. */
    public boolean joined() {
        return ask(() -> rooms.values().stream().allMatch(ProtocolRoom::joined));
    }

    /** Whether the client has everything that it knows of. */
    public boolean caughtUp() {
        return ask(() -> rooms.values().stream().allMatch(ProtocolRoom::caughtUp));
    }

    /** The seq up to which the client has everything of the room. */
    public long seq(String room) {
        return rooms.get(room).seq();
    }

    /** @throws AssertionError if the server has said something that it may not say */
    public void verify() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends the connection for good. */
    @Override
    public void close() {
        run(() -> {
            generation++;
            if (socket != null) {
                socket.abort();
            }
        });
        loop.shutdown();
    }

    private <T> T ask(Supplier<T> question) {
        try {
            return CompletableFuture.supplyAsync(question, loop).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("client " + transcript.name() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    boolean fromTheStart() {
        return fromTheStart;
    }

    String nextRequest() {
        return "r" + ++requests;
    }

    void fail(String what) {
        failure = new AssertionError("client " + transcript.name() + ": " + what);
    }

    /** On the same connection; a new one asks anew. */
    void later(long millis, Runnable task) {
        int now = generation;
        loop.schedule(
                () -> {
                    if (generation == now && open) {
                        guarded(task);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void run(Runnable task) {
        if (!loop.isShutdown()) {
            loop.execute(() -> guarded(task));
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError e) {
            failure = new AssertionError("client " + transcript.name() + ": " + e, e);
        }
    }

    private void connect() {
        int mine = ++generation;
        open = false;
        opening(mine).whenComplete((opened, e) -> {
            if (e != null) {
                run(() -> lost(mine));
            }
        });
        loop.schedule(
                () -> {
                    if (!open) {
                        lost(mine);
                    }
                },
                OPENING.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void opened(int mine, WebSocket opened) {
        if (mine != generation) {
            opened.abort();
            return;
        }
        socket = opened;
        sending = CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<WebSocket> opening(int mine) {
        URI http = servers.get(server);
        CompletableFuture<String> credential = cookie == null ? signIn() : CompletableFuture.completedFuture(cookie);
        return credential.thenCompose(value -> HTTP.newWebSocketBuilder()
                .header("Cookie", value)
                .header("Origin", http.toString())
                .connectTimeout(Duration.ofSeconds(5))
                .subprotocols(SUBPROTOCOL)
                .buildAsync(URI.create("ws://" + http.getAuthority() + "/hub"), new Listener(mine)));
    }

    private CompletableFuture<String> signIn() {
        URI http = servers.get(server);
        String name = JSON.createObjectBuilder()
                .add("name", transcript.name())
                .build()
                .toString();
        HttpRequest request = HttpRequest.newBuilder(http.resolve("/api/session"))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("Origin", http.toString())
                .POST(HttpRequest.BodyPublishers.ofString(name))
                .build();
        return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(this::signedIn);
    }

    private String signedIn(HttpResponse<String> response) {
        String set = response.headers().firstValue("Set-Cookie").orElse("");
        if (response.statusCode() != 201 || !set.startsWith("parley=")) {
            throw new IllegalStateException("sign-in: " + response.statusCode() + " " + response.body());
        }
        String value = set.substring(0, set.indexOf(';'));
        run(() -> cookie = value);
        transcript.user(parse(response.body()).getJsonObject("user").getString("id"));
        return value;
    }

    private void lost(int mine) {
        if (mine != generation) {
            return;
        }
        int next = ++generation;
        server = (server + 1) % servers.size();
        open = false;
        if (socket != null) {
            socket.abort();
            socket = null;
        }
        rooms.values().forEach(ProtocolRoom::disconnected);
        long ceiling = Math.min(BACKOFF_MAX_MILLIS, BACKOFF_MIN_MILLIS << Math.min(attempt++, 10));
        long millis = BACKOFF_MIN_MILLIS + (long) (Math.random() * ceiling);
        loop.schedule(
                () -> {
                    if (next == generation) {
                        guarded(this::connect);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** @return false when there is no open connection */
    boolean send(JsonObject frame) {
        if (!open) {
            return false;
        }
        int mine = generation;
        WebSocket to = socket;
        // The client of the JDK takes one message at a time.
        sending = sending.thenCompose(before -> to.sendText(frame.toString(), true));
        sending.whenComplete((sent, e) -> {
            if (e != null) {
                run(() -> lost(mine));
            }
        });
        return true;
    }

    private void received(int mine, String text) {
        if (mine != generation) {
            return;
        }
        unanswered = 0;
        JsonObject frame = parse(text);
        String type = frame.getString("type");
        if (type.equals("welcome")) {
            welcomed(frame);
        } else if (!type.equals("pong")) {
            boolean taken = false;
            for (ProtocolRoom room : rooms.values()) {
                taken = taken || room.receive(frame);
            }
        }
    }

    private void welcomed(JsonObject welcome) {
        open = true;
        attempt = 0;
        if (everOpen) {
            transcript.reconnected();
        }
        everOpen = true;
        rooms.values().forEach(ProtocolRoom::connected);
        beat(welcome.getJsonNumber("heartbeatMs").longValue());
    }

    private void beat(long millis) {
        int mine = generation;
        later(millis, () -> {
            if (unanswered++ >= 2) {
                lost(mine);
            } else {
                send(JSON.createObjectBuilder().add("type", "ping").build());
                beat(millis);
            }
        });
    }

    private static JsonObject parse(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final int mine;
        private final StringBuilder parts = new StringBuilder();

        Listener(int mine) {
            this.mine = mine;
        }

        /** Before the first message: the future of the handshake may be completed after it. */
        @Override
        public void onOpen(WebSocket opened) {
            run(() -> opened(mine, opened));
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                String whole = parts.toString();
                parts.setLength(0);
                run(() -> received(mine, whole));
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            run(() -> lost(mine));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            run(() -> lost(mine));
        }
    }
}

package org.parley;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;

import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.core.HandshakeException;

/**
 * A WebSocket client for tests. What the server sends waits in a queue in the order of arrival; every wait has a limit
 * and says what it waited for.
 *
 * <pre>{@code
 * try (var client = TestClient.connect("/ws/echo")) {
 *     client.send("hello");
 *     client.expectText("Echo: hello");
 * }
 * }</pre>
 */
public final class TestClient implements AutoCloseable {
    /** How long {@link #expectText}, {@link #next()} and {@link #closeCode()} wait, on a machine that may be slow and busy. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final int LARGEST = 64 * 1024 * 1024;

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Session session;

    /** One thing the server sent. */
    public sealed interface Received {}

    /** A whole text message. */
    public record Text(String text) implements Received {}

    /** A whole binary message; equal when the bytes are. */
    public record Binary(byte[] bytes) implements Received {
        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** The answer to {@link #ping}. */
    public record Pong(String data) implements Received {}

    /** The end of the connection. Nothing follows it. */
    public record Closed(int code, String reason) implements Received {}

    private TestClient(URI uri, List<String> subprotocols, Map<String, List<String>> headers)
            throws DeploymentException, IOException {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(subprotocols)
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> request) {
                        request.putAll(headers);
                    }
                })
                .build();
        session = container().connectToServer(new Receiver(received, closed), config, uri);
    }

    private static ClientManager container() {
        ClientManager container = ClientManager.createClient();
        container.getProperties().put(ClientProperties.HANDSHAKE_TIMEOUT, (int) LIMIT.toMillis());
        container.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, LARGEST);
        // One selector for all clients: each with its own costs 0.3 s. One ClientManager for all would not do: it ends
        // its
        // timer with its last connection, which races with the next one (Tyrus 2.1.5).
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        return container;
    }

    /** @param pathAndQuery begins with {@code /}, percent-encoded already */
    public static TestClient connect(String pathAndQuery) {
        return connect(pathAndQuery, List.of(), Map.of());
    }

    /**
     * Opens a connection.
     *
     * @param pathAndQuery begins with {@code /}, percent-encoded already
     * @param subprotocols offered, preferred first
     * @param headers added to the handshake request, for example {@code Cookie}
     * @throws RefusedException when the server does not upgrade
     */
    public static TestClient connect(String pathAndQuery, List<String> subprotocols, Map<String, String> headers) {
        return connect(ParleyServer.ws(pathAndQuery), subprotocols, headers);
    }

    /** The same with any server. */
    public static TestClient connect(URI uri, List<String> subprotocols, Map<String, String> headers) {
        Map<String, List<String>> lists = new HashMap<>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        try {
            return new TestClient(uri, subprotocols, lists);
        } catch (DeploymentException | IOException e) {
            throw new RefusedException(uri, e);
        }
    }

    /** Sends one text message in one frame. */
    public void send(String text) {
        send(() -> session.getBasicRemote().sendText(text));
    }

    /** The same, but a server that ends the connection meanwhile is no failure. */
    public void sendUnchecked(String text) {
        session.getAsyncRemote().sendText(text, result -> {});
    }

    /** Sends one fragment of a text message. */
    public void sendPart(String part, boolean last) {
        send(() -> session.getBasicRemote().sendText(part, last));
    }

    /** Sends one binary message in one frame. */
    public void send(byte[] bytes) {
        send(() -> session.getBasicRemote().sendBinary(ByteBuffer.wrap(bytes)));
    }

    @FunctionalInterface
    private interface Sending {
        void run() throws IOException;
    }

    /**
     * A server may end the connection while we send, before it has all (1009): what was received tells, so that is no
     * failure here. Tyrus 2.1.5 then throws any of IOException, IllegalStateException, RejectedExecutionException.
     */
    private void send(Sending sending) {
        try {
            sending.run();
        } catch (IOException | RuntimeException e) {
            if (session.isOpen()) {
                throw new AssertionError("could not send", e);
            }
        }
    }

    /** Sends one text message as so many frames as there are parts. */
    public void sendParts(String... parts) {
        for (int i = 0; i < parts.length; i++) {
            sendPart(parts[i], i == parts.length - 1);
        }
    }

    /** Sends one binary message as so many frames as there are parts. */
    public void sendParts(byte[]... parts) {
        try {
            for (int i = 0; i < parts.length; i++) {
                session.getBasicRemote().sendBinary(ByteBuffer.wrap(parts[i]), i == parts.length - 1);
            }
        } catch (IOException e) {
            throw new AssertionError("could not send a fragment", e);
        }
    }

    /** Sends a ping frame; {@link Pong} answers it. */
    public void ping(String data) {
        try {
            session.getBasicRemote().sendPing(ByteBuffer.wrap(data.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError("could not ping", e);
        }
    }

    /** The subprotocol that the server chose, empty for none. */
    public String subprotocol() {
        return session.getNegotiatedSubprotocol();
    }

    /** How much has come that nobody has taken. */
    public int received() {
        return received.size();
    }

    /** The next thing received, within {@link #LIMIT}. */
    public Received next() {
        return next(LIMIT);
    }

    /** The next thing received. */
    public Received next(Duration limit) {
        Received next = nextOrNull(limit);
        if (next == null) {
            throw new AssertionError("nothing received within " + limit + " from " + session.getRequestURI());
        }
        return next;
    }

    private Received nextOrNull(Duration limit) {
        try {
            return received.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    /** The next thing received, which must be text. */
    public String nextText() {
        return next() instanceof Text text ? text.text() : fail("a text message");
    }

    /** The next thing received must be this text. */
    public void expectText(String expected) {
        expect(new Text(expected));
    }

    /** Skips what others cause until this text comes, within {@link #LIMIT} for all. */
    public void awaitText(String expected) {
        awaitText(expected::equals, shortened(new Text(expected)));
    }

    /** The same with any condition. */
    public String awaitText(Predicate<String> condition) {
        return awaitText(condition, "a text as wanted");
    }

    private String awaitText(Predicate<String> condition, String wanted) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Received next = nextOrNull(left);
            if (next == null || next instanceof Closed) {
                throw new AssertionError("waited for " + wanted + " but got " + (next == null ? "nothing" : next));
            }
            if (next instanceof Text text && condition.test(text.text())) {
                return text.text();
            }
        }
    }

    /** The next thing received must be these bytes. */
    public void expectBinary(byte[] expected) {
        expect(new Binary(expected));
    }

    /** The next thing received must equal this. */
    public void expect(Received expected) {
        Received next = next();
        if (!next.equals(expected)) {
            throw new AssertionError("expected " + shortened(expected) + " but received " + shortened(next));
        }
    }

    /**
     * The close code of the server, 1006 when the connection ended without one. What was received before stays in the
     * queue.
     */
    public int closeCode() {
        return closeReason().getCloseCode().getCode();
    }

    /** The close code and reason of the server, within {@link #LIMIT}. */
    public CloseReason closeReason() {
        try {
            return closed.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not closed within " + LIMIT + ", received: " + received, e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a close", e);
        }
    }

    public boolean isOpen() {
        return session.isOpen();
    }

    /** Closes with 1000 and waits until the server has closed too. */
    @Override
    public void close() {
        leave();
    }

    /** The same, for use before the end of a {@code try}. */
    public void leave() {
        if (session.isOpen()) {
            try {
                session.close();
            } catch (IOException | IllegalStateException e) {
                // The server was faster; closed below tells.
                closed.complete(new CloseReason(CloseReason.CloseCodes.CLOSED_ABNORMALLY, e.getMessage()));
            }
        }
        closeReason();
    }

    private String fail(String wanted) {
        throw new AssertionError("expected " + wanted);
    }

    private static String shortened(Received frame) {
        String whole = frame instanceof Binary binary ? binary.bytes().length + " bytes" : frame.toString();
        return whole.length() <= 300 ? whole : whole.substring(0, 300) + "… (" + whole.length() + " characters)";
    }

    /** The server answered the handshake with something else than 101. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(URI uri, Throwable cause) {
            super("no WebSocket at " + uri.getPath() + ": " + cause.getMessage(), cause);
        }

        /** The status of the answer, or 0 if there was none. */
        public int status() {
            for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof HandshakeException handshake) {
                    return handshake.getHttpStatusCode();
                }
            }
            return 0;
        }
    }

    private static final class Receiver extends Endpoint {
        private final BlockingQueue<Received> received;
        private final CompletableFuture<CloseReason> closed;

        Receiver(BlockingQueue<Received> received, CompletableFuture<CloseReason> closed) {
            this.received = received;
            this.closed = closed;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.setMaxTextMessageBufferSize(LARGEST);
            session.setMaxBinaryMessageBufferSize(LARGEST);
            session.addMessageHandler(String.class, text -> received.add(new Text(text)));
            session.addMessageHandler(byte[].class, bytes -> received.add(new Binary(bytes)));
            session.addMessageHandler(new PongHandler());
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            received.add(new Closed(reason.getCloseCode().getCode(), reason.getReasonPhrase()));
            closed.complete(reason);
        }

        @Override
        public void onError(Session session, Throwable error) {
            if (!session.isOpen()) {
                return;
            }
            closed.completeExceptionally(error);
        }

        private final class PongHandler implements MessageHandler.Whole<PongMessage> {
            @Override
            public void onMessage(PongMessage pong) {
                received.add(new Pong(
                        StandardCharsets.UTF_8.decode(pong.getApplicationData()).toString()));
            }
        }
    }
}

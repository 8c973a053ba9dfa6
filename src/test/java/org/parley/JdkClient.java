package org.parley;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's WebSocket client, text only, for what {@link TestClient} cannot do: Tyrus 2.1.5 sends a percent-encoded path
 * decoded, and no request of more than 8 KiB.
 */
public final class JdkClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    private JdkClient(String pathAndQuery) throws Exception {
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(ParleyServer.ws(pathAndQuery), new Receiver())
                .get(TestClient.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param pathAndQuery begins with {@code /}, percent-encoded already */
    public static JdkClient connect(String pathAndQuery) throws Exception {
        return new JdkClient(pathAndQuery);
    }

    public void send(String text) throws Exception {
        socket.sendText(text, true).get(TestClient.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Skips what others cause until this text comes. */
    public void awaitText(String expected) throws InterruptedException {
        String next;
        do {
            next = received.poll(TestClient.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("waited in vain for a text of " + expected.length() + " characters");
            }
        } while (!next.equals(expected));
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(TestClient.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                received.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}

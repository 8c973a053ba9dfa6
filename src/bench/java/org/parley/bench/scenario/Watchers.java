package org.parley.bench.scenario;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;

import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/**
 * Dashboards as a server sees them: each takes the stream, with the tables every five seconds.
 *
 * <p>Not with the JDK's WebSockets: one of JDK 17 that gets more than 16 KiB right behind the handshake, as the history is,
 * now and then loses one or two reads of 16,384 bytes and then fails with "Invalid UTF-8": 43 of 1,200 connections to a plain
 * socket that sent 150,000 characters with its handshake. Its HTTP side gives up its queue of reads while the selector still
 * adds to it ({@code Http1AsyncReceiver.drain}).
 */
final class Watchers implements AutoCloseable {
    private static final int LARGEST = 1 << 20;

    private final List<Watcher> watchers = new ArrayList<>();

    private static final class Watcher extends Endpoint {
        private final AtomicInteger snapshots = new AtomicInteger();
        private volatile String ended = "is open";
        private Session session;

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> snapshots.incrementAndGet());
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            ended = "was closed: " + reason;
        }

        @Override
        public void onError(Session failed, Throwable error) {
            ended = "failed: " + error;
        }
    }

    Watchers(int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            watchers.add(open(URI.create("ws://127.0.0.1:" + port + "/ws/dashboard")));
        }
    }

    private static Watcher open(URI uri) throws IOException {
        ClientManager container = ClientManager.createClient();
        container.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
        container.getProperties().put(ClientProperties.INCOMING_BUFFER_SIZE, LARGEST);
        Watcher watcher = new Watcher();
        try {
            watcher.session = container.connectToServer(
                    watcher, ClientEndpointConfig.Builder.create().build(), uri);
        } catch (DeploymentException e) {
            throw new IOException("a dashboard could not connect", e);
        }
        return watcher;
    }

    /** @throws IOException unless each has had several: else nothing was measured */
    void requireSnapshots() throws IOException {
        List<String> deaf = watchers.stream()
                .filter(watcher -> watcher.snapshots.get() < 3)
                .map(watcher -> "got " + watcher.snapshots + " snapshots and " + watcher.ended)
                .toList();
        if (!deaf.isEmpty()) {
            throw new IOException(deaf.size() + " of " + watchers.size() + " dashboards: " + String.join("; ", deaf));
        }
    }

    @Override
    public void close() throws IOException {
        for (Watcher watcher : watchers) {
            watcher.session.close();
        }
    }
}

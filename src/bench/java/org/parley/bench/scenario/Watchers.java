package org.parley.bench.scenario;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Dashboards as a server sees them: each takes the stream and asks for the tables every five seconds. */
final class Watchers implements AutoCloseable {
    private static final int TABLES_SECONDS = 5;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<Watcher> watchers = new ArrayList<>();

    private static final class Watcher implements WebSocket.Listener {
        private final AtomicInteger snapshots = new AtomicInteger();
        private volatile String ended = "is open";
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (last) {
                snapshots.incrementAndGet();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended = "was closed with " + code + " " + reason;
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended = "failed: " + error + ", because of " + error.getCause();
        }
    }

    Watchers(int port, int count) {
        for (int i = 0; i < count; i++) {
            Watcher watcher = new Watcher();
            watcher.socket = http.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/dashboard"), watcher)
                    .join();
            watchers.add(watcher);
            timer.scheduleAtFixedRate(
                    () -> tables(port), i * 1_000L / count, TABLES_SECONDS * 1_000L, TimeUnit.MILLISECONDS);
        }
    }

    private void tables(int port) {
        http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/dashboard"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
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
    public void close() {
        timer.shutdownNow();
        watchers.forEach(watcher -> watcher.socket.abort());
    }
}

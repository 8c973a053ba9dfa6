package org.parley.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Users who upload one file after the other until {@link #close}. */
final class Uploaders implements AutoCloseable {
    private static final AtomicInteger USERS = new AtomicInteger(1_000_000);
    private static final byte[] CONTENT = FileThroughput.content(16 << 20);
    private static final String SHA256 = FileThroughput.sha256(CONTENT);

    private final LongAdder stored = new LongAdder();
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private final long begun = System.nanoTime();
    private volatile boolean over;

    /** @param bytesPerSecond of each; 0: as fast as the server gives credit */
    Uploaders(int port, int count, double bytesPerSecond) {
        for (int i = 0; i < count; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            running.add(done);
            Thread thread = new Thread(() -> run(port, bytesPerSecond, done), "uploader " + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run(int port, double bytesPerSecond, CompletableFuture<Void> done) {
        int user = USERS.incrementAndGet();
        try (FilesClient client = new FilesClient(port, Tokens.of(user)).welcomed()) {
            while (!over) {
                client.upload("bench-uploads-" + user, CONTENT, SHA256, bytesPerSecond);
                stored.add(CONTENT.length);
            }
            done.complete(null);
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    /** Of all of them together, in whole files. */
    double megabytesPerSecond() {
        return stored.sum() / 1e6 / ((System.nanoTime() - begun) / 1e9);
    }

    /** Waits for the files that are under way; an upload that failed is thrown here. */
    @Override
    public void close() {
        over = true;
        running.forEach(CompletableFuture::join);
    }
}

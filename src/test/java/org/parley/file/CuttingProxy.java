package org.parley.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.parley.ServerProcess;

/**
 * A cable to a server on 127.0.0.1 that breaks: each connection carries so many bytes, both ways together, and is then
 * cut without a word.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    private final ServerSocket listening;
    private final ServerProcess server;
    private final LongSupplier lengths;
    private final AtomicInteger cuts = new AtomicInteger();

    /** @param lengths for each connection, the bytes after which it is cut; {@link Long#MAX_VALUE}: never */
    CuttingProxy(ServerProcess server, LongSupplier lengths) {
        this.server = server;
        this.lengths = lengths;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String origin() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    FileClient connect(String cookie) {
        return new FileClient(
                URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/files"),
                Map.of("Cookie", cookie, "Origin", origin()));
    }

    /** How many connections were cut. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket near = listening.accept();
                carry(near);
            } catch (IOException e) {
                // Closed, or the server behind is away: whoever called finds out.
                continue;
            }
        }
    }

    private void carry(Socket near) throws IOException {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), server.port());
        } catch (IOException e) {
            near.close();
            throw e;
        }
        AtomicLong left = new AtomicLong(lengths.getAsLong());
        daemon(() -> pump(near, far, left));
        daemon(() -> pump(far, near, left));
    }

    private void pump(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                long before = left.getAndAdd(-read);
                out.write(buffer, 0, (int) Math.max(0, Math.min(read, before)));
                if (before <= read) {
                    cuts.addAndGet(before > 0 ? 1 : 0);
                    return;
                }
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // One of both has gone, and so goes the other.
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

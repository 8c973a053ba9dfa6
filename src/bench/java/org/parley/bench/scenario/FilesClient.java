package org.parley.bench.scenario;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

/** A client of {@code parley.files.v1} for one thread. Chunks that come are counted and forgotten, each with its credit. */
final class FilesClient implements WebSocket.Listener, AutoCloseable {
    private static final int BEGIN = 1;
    private static final int CHUNK = 2;
    private static final int END = 3;
    private static final int OPEN = 5;
    private static final int CREDIT = 6;
    private static final int WELCOME = 16;
    private static final int READY = 17;
    private static final int ACK = 18;
    private static final int STORED = 20;
    private static final int OPENED = 22;
    private static final int SENT = 23;

    private static final int PREFIX = 4;
    private static final int HEADER_BYTES = 4 << 10;
    private static final int LIMIT_SECONDS = 60;

    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private CompletableFuture<WebSocket> sending = CompletableFuture.completedFuture(null);
    /** Beginning of the message that comes, up to the end of its header and perhaps beyond. */
    private final ByteBuffer beginning = ByteBuffer.allocate(HEADER_BYTES);

    private long messageBytes;
    private long have;

    private record Frame(int type, JsonObject header) {}

    FilesClient(int port, String token) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("parley.files.v1")
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/files"), this)
                .join();
    }

    /** Waits for the server's first frame. */
    FilesClient welcomed() throws IOException {
        expect(WELCOME);
        return this;
    }

    /**
     * Uploads all of it, from {@code begin} to {@code stored}.
     *
     * @param bytesPerSecond 0: as fast as the credits allow
     * @return the file's id
     */
    String upload(String room, byte[] content, String sha256, double bytesPerSecond) throws IOException {
        send(
                BEGIN,
                "{\"id\":\"1\",\"room\":\"" + room + "\",\"name\":\"bench.bin\",\"size\":" + content.length
                        + ",\"sha256\":\"" + sha256 + "\"}");
        JsonObject ready = expect(READY);
        String transfer = ready.getString("transfer");
        int chunk = ready.getInt("chunkBytes");
        int window = ready.getInt("window");
        long begun = System.nanoTime();
        long stored = 0;
        for (int sent = 0; sent < content.length; sent += chunk) {
            int length = Math.min(chunk, content.length - sent);
            while (sent + length > stored + window) {
                stored = acked();
            }
            if (bytesPerSecond > 0) {
                await(begun + (long) (sent / bytesPerSecond * 1e9));
            }
            send(CHUNK, header(transfer, "offset", sent), content, sent, length);
        }
        while (stored < content.length) {
            stored = acked();
        }
        send(END, "{\"transfer\":\"" + transfer + "\"}");
        return expect(STORED).getString("file");
    }

    private long acked() throws IOException {
        return expect(ACK).getJsonNumber("have").longValue();
    }

    private static void await(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String header(String transfer, String field, long value) {
        return "{\"transfer\":\"" + transfer + "\",\"" + field + "\":" + value + "}";
    }

    /** @return how many bytes came, from {@code open} to {@code sent} */
    long download(String file) throws IOException {
        have = 0;
        send(OPEN, "{\"id\":\"2\",\"file\":\"" + file + "\"}");
        expect(OPENED);
        expect(SENT);
        return have;
    }

    private JsonObject expect(int type) throws IOException {
        try {
            Frame frame = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (frame == null || frame.type != type) {
                throw new IOException("frame " + type + " was to come, there came " + frame);
            }
            return frame.header;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void send(int type, String header) {
        send(type, header, new byte[0], 0, 0);
    }

    /** Credits are sent by the thread that receives; there may be one send at a time. */
    private void send(int type, String header, byte[] payload, int from, int length) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(PREFIX + json.length + length)
                .put((byte) 1)
                .put((byte) type)
                .putShort((short) json.length)
                .put(json)
                .put(payload, from, length)
                .flip();
        synchronized (this) {
            sending = sending.thenCompose(before -> socket.sendBinary(frame, true));
        }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        messageBytes += part.remaining();
        part.limit(part.position() + Math.min(part.remaining(), beginning.remaining()));
        beginning.put(part);
        if (last) {
            beginning.flip().get();
            received(beginning.get(), beginning.getShort());
            beginning.clear();
            messageBytes = 0;
        }
        from.request(1);
        return null;
    }

    private void received(int type, int headerBytes) {
        String json = new String(beginning.array(), beginning.position(), headerBytes, StandardCharsets.UTF_8);
        JsonObject header = read(json);
        if (type == CHUNK) {
            have += messageBytes - PREFIX - headerBytes;
            send(CREDIT, header(header.getString("transfer"), "have", have));
        } else {
            received.add(new Frame(type, header));
        }
    }

    private static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended("closed with " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        ended(String.valueOf(failure));
    }

    private void ended(String why) {
        received.add(new Frame(0, Json.createObjectBuilder().add("why", why).build()));
    }

    @Override
    public void close() {
        socket.abort();
    }
}

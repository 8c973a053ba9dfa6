package org.parley.file;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;

import org.parley.ParleyServer;
import org.parley.ServerProcess;
import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of {@code parley.files.v1} that says one frame at a time and reads the answers. */
public final class FileClient implements WebSocket.Listener, AutoCloseable {
    static final int BEGIN = 1;
    static final int CHUNK = 2;
    static final int END = 3;
    static final int CANCEL = 4;
    static final int OPEN = 5;
    static final int CREDIT = 6;
    static final int WELCOME = 16;
    static final int READY = 17;
    static final int ACK = 18;
    static final int NACK = 19;
    static final int STORED = 20;
    static final int CANCELLED = 21;
    static final int OPENED = 22;
    static final int SENT = 23;
    static final int ERROR = 32;
    /** Not a frame: the connection is over. */
    static final int CLOSED = -1;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final int PREFIX = 4;
    private static final int LIMIT_SECONDS = 30;

    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final WebSocket socket;
    private ByteBuffer partial = ByteBuffer.allocate(0);
    private volatile boolean over;

    /** What came; of {@link #CLOSED} the header is the code and the reason. */
    public record Frame(int type, JsonObject header, byte[] payload) {
        String string(String field) {
            return header.getString(field);
        }

        long number(String field) {
            return header.getJsonNumber(field).longValue();
        }
    }

    /** @throws CompletionException if there is no connection */
    FileClient(URI uri, Map<String, String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("parley.files.v1");
        headers.forEach(builder::header);
        socket = builder.buildAsync(uri, this)
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    static FileClient of(String cookie) {
        return new FileClient(ParleyServer.ws("/files"), Guest.headers(cookie));
    }

    static FileClient of(ServerProcess server, String cookie) {
        return new FileClient(server.ws("/files"), Guest.headers(server, cookie));
    }

    /** @param header JSON with single quotes */
    void send(int type, String header, byte... payload) {
        sendBytes(frame(type, header.replace('\'', '"'), payload));
    }

    private static ByteBuffer frame(int type, String json, byte[] payload) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PREFIX + header.length + payload.length)
                .put((byte) 1)
                .put((byte) type)
                .putShort((short) header.length)
                .put(header)
                .put(payload)
                .flip();
    }

    /** @throws CompletionException if the connection is gone */
    void sendBytes(ByteBuffer bytes) {
        socket.sendBinary(bytes, true)
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    void chunk(String transfer, long offset, byte[] bytes) {
        send(CHUNK, "{'transfer':'" + transfer + "','offset':" + offset + "}", bytes);
    }

    /** @return the answer, {@code ready} or {@code error} */
    Frame begin(String room, String name, long size) {
        return begin("'room':'" + room + "','name':'" + name + "','size':" + size);
    }

    /** @param fields JSON with single quotes, without braces and {@code id} */
    Frame begin(String fields) {
        return request(BEGIN, fields);
    }

    Frame resume(String transfer) {
        return request(BEGIN, "'transfer':'" + transfer + "'");
    }

    Frame open(String file, long offset) {
        return request(OPEN, "'file':'" + file + "','offset':" + offset);
    }

    private Frame request(int type, String fields) {
        String id = "r" + requests.incrementAndGet();
        send(type, "{'id':'" + id + "'," + fields + "}");
        Frame answer = next();
        while (answer.type() == ACK) {
            answer = next();
        }
        if (answer.type() != CLOSED) {
            assertThat(answer.header().getString("id", null))
                    .as("%s", answer.header())
                    .isEqualTo(id);
        }
        return answer;
    }

    void end(String transfer, String sha256) {
        send(END, "{'transfer':'" + transfer + "','sha256':'" + sha256 + "'}");
    }

    /** The next frame. */
    Frame next() {
        try {
            Frame frame = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s");
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    Frame expect(int type) {
        Frame frame = next();
        assertThat(frame.type()).as("%s", frame.header()).isEqualTo(type);
        return frame;
    }

    Frame expectError(String name) {
        Frame error = expect(ERROR);
        assertThat(error.string("name")).as("%s", error.header()).isEqualTo(name);
        return error;
    }

    /** Uploads all of it by the rules and returns {@code stored}. */
    Frame upload(String room, String name, byte[] content) {
        Frame ready = begin(room, name, content.length);
        assertThat(ready.type()).as("%s", ready.header()).isEqualTo(READY);
        return goOn(ready, content);
    }

    /** Goes on with an upload where {@code ready} says. */
    Frame goOn(Frame ready, byte[] content) {
        String transfer = ready.string("transfer");
        int chunk = (int) ready.number("chunkBytes");
        long window = ready.number("window");
        long have = ready.number("have");
        long sent = have;
        while (have < content.length) {
            while (sent < content.length && sent + chunk <= have + window) {
                int length = (int) Math.min(chunk, content.length - sent);
                byte[] bytes = new byte[length];
                System.arraycopy(content, (int) sent, bytes, 0, length);
                chunk(transfer, sent, bytes);
                sent += length;
            }
            have = expect(ACK).number("have");
        }
        end(transfer, Contents.sha256(content));
        return expect(STORED);
    }

    /** Downloads all of it from {@code offset} on. */
    byte[] download(String file, int offset) {
        Frame opened = open(file, offset);
        assertThat(opened.type()).as("%s", opened.header()).isEqualTo(OPENED);
        String transfer = opened.string("transfer");
        ByteBuffer content = ByteBuffer.allocate((int) opened.number("size") - offset);
        Frame frame = next();
        while (frame.type() == CHUNK) {
            assertThat(frame.number("offset")).isEqualTo(offset + content.position());
            content.put(frame.payload());
            send(CREDIT, "{'transfer':'" + transfer + "','have':" + (offset + content.position()) + "}");
            frame = next();
        }
        assertThat(frame.type()).as("%s", frame.header()).isEqualTo(SENT);
        assertThat(content.hasRemaining()).isFalse();
        return content.array();
    }

    boolean isOver() {
        return over;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        ByteBuffer whole = ByteBuffer.allocate(partial.remaining() + part.remaining())
                .put(partial)
                .put(part)
                .flip();
        partial = ByteBuffer.allocate(0);
        if (last) {
            received.add(parse(whole));
        } else {
            partial = whole;
        }
        from.request(1);
        return null;
    }

    private static Frame parse(ByteBuffer bytes) {
        bytes.get();
        int type = bytes.get();
        byte[] header = new byte[bytes.getShort()];
        bytes.get(header);
        byte[] payload = new byte[bytes.remaining()];
        bytes.get(payload);
        return new Frame(type, parse(new String(header, StandardCharsets.UTF_8)), payload);
    }

    private static JsonObject parse(String json) {
        try (JsonReader reader = JSON.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed(1006, String.valueOf(error.getMessage()));
    }

    private void closed(int code, String reason) {
        over = true;
        JsonObject header = JSON.createObjectBuilder()
                .add("code", code)
                .add("reason", reason)
                .build();
        received.add(new Frame(CLOSED, header, new byte[0]));
    }

    @Override
    public void close() {
        CompletableFuture<WebSocket> bye = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        bye.handle((done, e) -> null).orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
        socket.abort();
    }

    /** Without a close, as a cable that is cut. */
    void cut() {
        socket.abort();
    }
}

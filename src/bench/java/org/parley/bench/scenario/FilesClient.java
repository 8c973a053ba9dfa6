package org.parley.bench.scenario;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;

/**
 * A client of {@code parley.files.v1} for one thread, on a plain socket: it is to cost less than the server. A chunk that
 * is sent is masked eight bytes at a time and is one write; one that comes is counted and forgotten; credit for them goes out by
 * the half window, as the page gives it.
 */
final class FilesClient implements AutoCloseable {
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
    private static final int LIMIT_MILLIS = 60_000;
    private static final int BUFFER = 256 << 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    /** Of a frame with a length of 64 bits and its key (RFC 6455 section 5.2). */
    private static final int FRAME_HEADER = 14;

    private final Socket socket;
    private final DataInputStream in;
    private final byte[] scratch = new byte[BUFFER];
    private final ByteBuffer out = ByteBuffer.allocate(BUFFER);

    /** @param seq of the message that the file hangs on */
    record Stored(String file, long seq) {}

    private record Message(int type, JsonObject header, long payload) {}

    FilesClient(int port, String token) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        String request = "GET /files HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: parley.files.v1\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String status = line();
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IOException("handshake refused: " + status);
        }
        while (!line().isEmpty()) {
            // Nothing in the other header fields is of interest here.
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
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
     */
    Stored upload(String room, byte[] content, String sha256, double bytesPerSecond) throws IOException {
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
        JsonObject answer = expect(STORED);
        return new Stored(answer.getString("file"), answer.getJsonNumber("seq").longValue());
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
        send(OPEN, "{\"id\":\"2\",\"file\":\"" + file + "\"}");
        JsonObject opened = expect(OPENED);
        int step = opened.getInt("window") / 2;
        long due = step;
        long have = 0;
        Message message = message();
        while (message.type == CHUNK) {
            have += message.payload;
            if (have >= due) {
                send(CREDIT, header(opened.getString("transfer"), "have", have));
                due = have + step;
            }
            message = message();
        }
        require(message, SENT);
        return have;
    }

    private JsonObject expect(int type) throws IOException {
        Message message = message();
        require(message, type);
        return message.header;
    }

    private static void require(Message message, int type) throws IOException {
        if (message.type != type) {
            throw new IOException("type " + type + " was to come, there came " + message);
        }
    }

    private void send(int type, String header) throws IOException {
        send(type, header, scratch, 0, 0);
    }

    private void send(int type, String header, byte[] payload, int from, int length) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        beginFrame(BINARY, PREFIX + json.length + length);
        out.put((byte) 1)
                .put((byte) type)
                .putShort((short) json.length)
                .put(json)
                .put(payload, from, length);
        endFrame();
    }

    private void beginFrame(int opcode, int length) {
        out.clear().put((byte) (FIN | opcode)).put((byte) (MASKED | 127)).putLong(length);
        out.putInt(ThreadLocalRandom.current().nextInt());
    }

    private void endFrame() throws IOException {
        int key = out.getInt(FRAME_HEADER - Integer.BYTES);
        long twice = (long) key << 32 | key & 0xffff_ffffL;
        int at = FRAME_HEADER;
        for (; at + Long.BYTES <= out.position(); at += Long.BYTES) {
            out.putLong(at, out.getLong(at) ^ twice);
        }
        for (; at < out.position(); at++) {
            out.put(at, (byte) (out.get(at) ^ key >>> 24 - 8 * (at - FRAME_HEADER & 3)));
        }
        socket.getOutputStream().write(out.array(), 0, out.position());
    }

    /** The next message, of one frame or several; its prefix and header are in the first one. */
    private Message message() throws IOException {
        boolean last = false;
        int type = 0;
        JsonObject header = null;
        long payload = 0;
        while (!last) {
            int first = in.readUnsignedByte();
            long length = length();
            int opcode = first & 15;
            if (opcode >= CLOSE) {
                control(opcode, (int) length);
                continue;
            }
            if (header == null) {
                in.readByte();
                type = in.readByte();
                int headerBytes = in.readUnsignedShort();
                header = header(headerBytes);
                length -= PREFIX + headerBytes;
            }
            skip(length);
            payload += length;
            last = (first & FIN) != 0;
        }
        return new Message(type, header, payload);
    }

    private long length() throws IOException {
        int length = in.readUnsignedByte();
        return length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
    }

    private void control(int opcode, int length) throws IOException {
        in.readFully(scratch, 0, length);
        if (opcode == PING) {
            // A length of seven bits, as control frames must have; masked with zeros, which change nothing.
            out.clear().put((byte) (FIN | PONG)).put((byte) (MASKED | length)).putInt(0);
            out.put(scratch, 0, length);
            socket.getOutputStream().write(out.array(), 0, out.position());
        } else if (opcode == CLOSE) {
            throw new IOException("the server says goodbye: " + new String(scratch, 0, length, StandardCharsets.UTF_8));
        }
    }

    private JsonObject header(int bytes) throws IOException {
        in.readFully(scratch, 0, bytes);
        String json = new String(scratch, 0, bytes, StandardCharsets.UTF_8);
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    /** Without a copy of what is in the buffer. */
    private void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

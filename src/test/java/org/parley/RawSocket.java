package org.parley;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A WebSocket client that does only what it is told: it answers no ping, and reads nothing until it is asked to. What a
 * library would never do, a peer in the wild does.
 */
public final class RawSocket implements AutoCloseable {
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;

    /** One frame as it came; {@code code} of a close, else 0. */
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public boolean isText() {
            return opcode == TEXT;
        }

        public boolean isPing() {
            return opcode == PING;
        }

        public boolean isClose() {
            return opcode == CLOSE;
        }

        /** Of a close frame; 1005 if it has none (RFC 6455 section 7.4.1). */
        public int code() {
            return payload.length < 2 ? 1005 : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /**
     * Connects and upgrades.
     *
     * @param receiveBuffer of the socket in bytes: small, so that a reader who stops is felt soon
     */
    public static RawSocket connect(String path, String subprotocol, Map<String, String> headers, int receiveBuffer) {
        return connect(ParleyServer.port(), path, subprotocol, headers, receiveBuffer);
    }

    /** The same with a server of one's own, by its port. */
    public static RawSocket connect(
            int port, String path, String subprotocol, Map<String, String> headers, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(receiveBuffer);
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 10_000);
            socket.setSoTimeout(30_000);
            RawSocket raw = new RawSocket(socket);
            raw.upgrade(port, path, subprotocol, headers);
            return raw;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upgrade(int port, String path, String subprotocol, Map<String, String> headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        if (subprotocol != null) {
            request.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
        }
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        out.write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        String head = head(in);
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("No upgrade: " + head.lines().findFirst().orElse("nothing"));
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("The server closed after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    public void send(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        byte[] frame = new byte[payload.length + 14];
        int at = 0;
        frame[at++] = (byte) (0x80 | TEXT);
        if (payload.length < 126) {
            frame[at++] = (byte) (0x80 | payload.length);
        } else {
            frame[at++] = (byte) (0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame[at++] = (byte) ((long) payload.length >>> shift);
            }
        }
        System.arraycopy(mask, 0, frame, at, 4);
        at += 4;
        for (int i = 0; i < payload.length; i++) {
            frame[at++] = (byte) (payload[i] ^ mask[i % 4]);
        }
        try {
            out.write(frame, 0, at);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame, whatever it is; null when the socket is closed, perhaps in the middle of a frame. */
    public Frame read() {
        try {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            long length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = in.readNBytes((int) length);
            return payload.length < length ? null : new Frame(first & 0x0f, payload);
        } catch (SocketException | EOFException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next text frame that has this in it; passes over others. */
    public String readText(String part) {
        Frame frame = read();
        while (frame != null && !(frame.isText() && frame.text().contains(part))) {
            frame = read();
        }
        if (frame == null) {
            throw new AssertionError("The server closed before it sent " + part);
        }
        return frame.text();
    }

    /** How long {@link #read} waits at most. */
    public void patience(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

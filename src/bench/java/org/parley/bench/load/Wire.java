package org.parley.bench.load;

import java.io.IOException;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * One WebSocket (RFC 6455) of the generator, confined to its event loop.
 *
 * <p>Frames that carry messages are never put together: their bytes are searched for stamps as they come, since what
 * comes in is a gigabyte a second. The others are small and handed over whole.
 */
final class Wire extends ChannelInboundHandlerAdapter {
    /** Who is told. */
    interface Owner {
        /** The handshake is done. */
        void upgraded(Wire wire);

        /** @return how many bytes from {@code at} on hold no further stamp, at least {@link Stamp#LENGTH} */
        int stamp(Wire wire, byte[] b, int at);

        /** A text that carries no messages. */
        void text(Wire wire, byte[] b, int from, int to);

        /** @param code of the server's close frame, 1006 if none came */
        void closed(Wire wire, int code);
    }

    private static final byte[] NOTHING = {};
    private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};
    private static final byte[] SWITCHING = Bytes.ascii("HTTP/1.1 101");
    /** Bytes that tell what a text is. */
    private static final int BEGINNING = 24;

    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    final int number;
    final int room;
    private final Generator generator;
    private final Dialect dialect;
    private final Owner owner;
    private Channel channel;
    private boolean upgraded;
    private boolean ended;
    private boolean goodbye;
    /** Whole texts are wanted until the connection takes part. */
    private boolean joined;

    private boolean dirty;
    private byte[] kept = NOTHING;
    /** Bytes still to come of the frame that is being searched. */
    private long left;

    private int code = 1006;

    Wire(int number, int room, Generator generator, Dialect dialect, Owner owner) {
        this.number = number;
        this.room = room;
        this.generator = generator;
        this.dialect = dialect;
        this.owner = owner;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        String request = "GET " + dialect.path(number) + " HTTP/1.1\r\nHost: 127.0.0.1:" + generator.port(this)
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + dialect.headers(number) + "\r\n";
        channel.writeAndFlush(Unpooled.wrappedBuffer(Bytes.ascii(request)), channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        int fresh = in.readableBytes();
        int end = kept.length + fresh;
        byte[] b = generator.scratch(end);
        System.arraycopy(kept, 0, b, 0, kept.length);
        in.readBytes(b, kept.length, fresh);
        in.release();
        generator.received(fresh);
        int used = upgraded ? frames(b, 0, end) : handshake(b, end);
        kept = used == end ? NOTHING : Arrays.copyOfRange(b, used, end);
    }

    private int handshake(byte[] b, int end) {
        int headers = Bytes.indexOf(b, 0, end, HEADERS_END);
        if (headers < 0) {
            return 0;
        }
        if (!Bytes.startsWith(b, 0, end, SWITCHING)) {
            throw new IllegalStateException(
                    "handshake refused: " + new String(b, 0, end, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        upgraded = true;
        owner.upgraded(this);
        return frames(b, headers + HEADERS_END.length, end);
    }

    /** @return up to where the bytes are done with */
    private int frames(byte[] b, int from, int end) {
        int at = from;
        while (!ended) {
            if (left > 0) {
                int part = (int) Math.min(left, end - at);
                int searched = search(b, at, at + part, part == left);
                left -= searched - at;
                at = searched;
                if (left > 0) {
                    return at;
                }
            }
            int body = at + headerLength(b, at, end);
            if (body <= at || body > end) {
                return at;
            }
            long length = bodyLength(b, at);
            if (isSearched(b, at, body, (int) Math.min(end, body + length), length)) {
                left = length;
                at = body;
            } else if (end - body < length) {
                return at;
            } else {
                whole(b[at], b, body, body + (int) length);
                at = body + (int) length;
            }
        }
        return end;
    }

    private static int headerLength(byte[] b, int at, int end) {
        if (end - at < 2) {
            return 0;
        }
        int length = b[at + 1] & 127;
        return length < 126 ? 2 : length == 126 ? 4 : 10;
    }

    private static long bodyLength(byte[] b, int at) {
        int length = b[at + 1] & 127;
        if (length < 126) {
            return length;
        }
        int bytes = length == 126 ? 2 : 8;
        long value = 0;
        for (int i = at + 2; i < at + 2 + bytes; i++) {
            value = value << 8 | b[i] & 0xff;
        }
        return value;
    }

    private boolean isSearched(byte[] b, int at, int body, int end, long length) {
        int opcode = b[at] & 15;
        if (!joined || length == 0 || opcode >= CLOSE) {
            return false;
        }
        boolean known = end - body >= Math.min(length, BEGINNING);
        return known && (opcode == CONTINUATION || dialect.carriesMessages(b, body, end));
    }

    /** @param last whether the frame ends at {@code to}; if not, a stamp that is cut off is left for the next time */
    private int search(byte[] b, int from, int to, boolean last) {
        int at = from;
        while (at < to) {
            int mark = Bytes.indexOf(b, at, to, Stamp.MARK);
            if (mark < 0) {
                return to;
            }
            if (mark + Stamp.LENGTH > to) {
                return last ? to : mark;
            }
            at = mark + owner.stamp(this, b, mark);
        }
        return to;
    }

    private void whole(byte first, byte[] b, int from, int to) {
        int opcode = first & 15;
        if (opcode == TEXT) {
            if (first >= 0) {
                throw new IllegalStateException("a fragmented text that carries no messages");
            }
            owner.text(this, b, from, to);
        } else if (opcode == PING) {
            send(PONG, Arrays.copyOfRange(b, from, to));
        } else if (opcode == CLOSE) {
            code = to - from < 2 ? 1005 : (b[from] & 0xff) << 8 | b[from + 1] & 0xff;
            close();
        }
    }

    /** From now on texts are searched for stamps. */
    void takesPart() {
        joined = true;
    }

    /** Reads nothing more, and so lets the server's send buffer fill. */
    void stopReading() {
        channel.config().setAutoRead(false);
    }

    void text(byte[] text) {
        send(TEXT, text);
    }

    /** Sent at the end of this turn of the event loop, with whatever else there is. */
    private void send(int opcode, byte[] payload) {
        if (ended || !channel.isActive()) {
            return;
        }
        channel.write(Masking.frame(channel.alloc(), opcode, payload), channel.voidPromise());
        if (!dirty) {
            dirty = true;
            generator.dirty(this);
        }
    }

    void flush() {
        dirty = false;
        channel.flush();
    }

    /** Says goodbye, once; the server ends the connection. */
    void close() {
        if (!ended && !goodbye && channel != null && channel.isActive()) {
            goodbye = true;
            channel.config().setAutoRead(true);
            channel.writeAndFlush(
                    Masking.frame(channel.alloc(), CLOSE, new byte[] {0x03, (byte) 0xe8}), channel.voidPromise());
        }
    }

    /** Without a goodbye. */
    void cut() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended = true;
        owner.closed(this, code);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        // A reset is an end without a goodbye, nothing worse.
        if (!(failure instanceof IOException)) {
            generator.failed(new IllegalStateException("connection " + number + ": " + failure, failure));
        }
        context.close();
    }
}

package org.parley.bench.load;

import java.util.SplittableRandom;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Frames as a client must send them (RFC 6455 section 5.3). Used on the generator's event loop only. */
final class Masking {
    private static final SplittableRandom RANDOM = new SplittableRandom();

    private Masking() {}

    static ByteBuf frame(ByteBufAllocator buffers, int opcode, byte[] payload) {
        ByteBuf frame = buffers.ioBuffer(14 + payload.length);
        frame.writeByte(0x80 | opcode);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        } else {
            frame.writeByte(0x80 | 127).writeLong(payload.length);
        }
        int key = RANDOM.nextInt();
        frame.writeInt(key);
        int at = 0;
        for (long twice = (long) key << 32 | key & 0xffff_ffffL; at + Long.BYTES <= payload.length; at += Long.BYTES) {
            frame.writeLong(bigEndian(payload, at) ^ twice);
        }
        for (; at < payload.length; at++) {
            frame.writeByte(payload[at] ^ key >>> 24 - 8 * (at & 3));
        }
        return frame;
    }

    private static long bigEndian(byte[] b, int at) {
        long value = 0;
        for (int i = at; i < at + Long.BYTES; i++) {
            value = value << 8 | b[i] & 0xff;
        }
        return value;
    }
}

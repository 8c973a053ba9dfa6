package org.parley.sample;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;

/**
 * Counts the bytes in zlib data (RFC 1950) without ever holding them: 256 KiB of it may stand for 256 MiB, so counting ends
 * at 16 MiB.
 */
public final class ZlibDecoder implements Decoder.Binary<Long> {
    static final long MAX_INFLATED = 16L << 20;

    private static final int STEP = 16 << 10;

    @Override
    public Long decode(ByteBuffer zlib) throws DecodeException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(zlib.duplicate());
            return count(inflater, zlib);
        } catch (DataFormatException e) {
            throw new DecodeException(zlib, "not zlib data", e);
        } finally {
            inflater.end();
        }
    }

    private static long count(Inflater inflater, ByteBuffer zlib) throws DataFormatException, DecodeException {
        byte[] step = new byte[STEP];
        while (!inflater.finished()) {
            int inflated = inflater.inflate(step);
            if (inflated == 0 && !inflater.finished()) {
                throw new DecodeException(zlib, "zlib data that is cut off or needs a dictionary");
            }
            if (inflater.getBytesWritten() > MAX_INFLATED) {
                throw new DecodeException(zlib, "inflates to more than " + MAX_INFLATED + " bytes");
            }
        }
        return inflater.getBytesWritten();
    }

    @Override
    public boolean willDecode(ByteBuffer zlib) {
        return true;
    }
}

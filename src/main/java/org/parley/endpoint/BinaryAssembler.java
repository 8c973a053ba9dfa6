package org.parley.endpoint;

import java.io.ByteArrayOutputStream;

/**
 * One binary message from its parts, never more of it than the limit.
 *
 * <p>One for each connection; not thread-safe, as the container calls back one at a time.
 */
public final class BinaryAssembler {
    private final int limit;
    private ByteArrayOutputStream parts;

    /** @param limit bytes that one message may have */
    public BinaryAssembler(int limit) {
        this.limit = limit;
    }

    /**
     * @param part nobody else may write to it from now on
     * @return the whole message, or null if there is more to come
     * @throws MessageTooBigException if it exceeds the limit; the connection is then to be closed with 1009
     */
    public byte[] add(byte[] part, boolean last) throws MessageTooBigException {
        int before = parts == null ? 0 : parts.size();
        if (part.length > limit - before) {
            parts = null;
            throw new MessageTooBigException(limit);
        }
        if (last && parts == null) {
            return part;
        }
        if (parts == null) {
            parts = new ByteArrayOutputStream(part.length);
        }
        parts.writeBytes(part);
        return last ? finish() : null;
    }

    private byte[] finish() {
        byte[] whole = parts.toByteArray();
        parts = null;
        return whole;
    }
}

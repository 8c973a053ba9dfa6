package org.parley.endpoint;

import java.nio.ByteBuffer;

import jakarta.websocket.Decoder;

import org.parley.protocol.BadFrameException;
import org.parley.protocol.ClientFileFrame;
import org.parley.protocol.FileFrameDecoder;

/**
 * Binary messages of {@code /files} as frames. One that cannot be read is handed on with the reason: what a decoder
 * throws reaches {@code @OnError} only, where nobody knows what the peer can be told.
 */
public final class FileFrameReader implements Decoder.Binary<FileFrameReader.Incoming> {

    /**
     * One of both is null.
     *
     * @param bytes of the whole message
     */
    public record Incoming(ClientFileFrame frame, BadFrameException problem, int bytes) {}

    @Override
    public boolean willDecode(ByteBuffer bytes) {
        return true;
    }

    @Override
    public Incoming decode(ByteBuffer message) {
        int bytes = message.remaining();
        try {
            return new Incoming(FileFrameDecoder.decode(message), null, bytes);
        } catch (BadFrameException e) {
            return new Incoming(null, e, bytes);
        }
    }
}

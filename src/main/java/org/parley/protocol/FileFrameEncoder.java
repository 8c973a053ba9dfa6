package org.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.parley.json.Json;

/**
 * Frames of {@code parley.files.v1} as bytes: version, type, length of the header, header, payload; numbers are
 * big-endian.
 */
public final class FileFrameEncoder {
    static final int VERSION = 1;
    /** Version, type and length of the header. */
    static final int PREFIX = 4;

    /** The same in both directions. */
    static final int CHUNK = 2;

    private static final byte[] NOTHING = {};

    private FileFrameEncoder() {}

    public static byte[] encode(ServerFileFrame frame) {
        return frame instanceof ServerFileFrame.Chunk chunk
                ? frame(CHUNK, header(chunk), chunk.payload())
                : frame(type(frame), Json.write(frame), NOTHING);
    }

    /** By hand, since there is one for each chunk, and the payload is no part of it. */
    private static String header(ServerFileFrame.Chunk chunk) {
        return new JsonText(64)
                .open()
                .field("transfer", chunk.transfer())
                .field("offset", chunk.offset())
                .close()
                .toString();
    }

    /**
     * The body of the message about a file.
     *
     * @param image JSON, or null
     */
    public static String body(String file, String name, String type, long size, String sha256, String image) {
        JsonText text = new JsonText(256)
                .open()
                .field("file", file)
                .field("name", name)
                .field("type", type)
                .field("size", size)
                .field("sha256", sha256);
        return (image == null ? text : text.raw("image", image)).close().toString();
    }

    static byte[] frame(int type, String json, byte[] payload) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PREFIX + header.length + payload.length)
                .put((byte) VERSION)
                .put((byte) type)
                .putShort((short) header.length)
                .put(header)
                .put(payload)
                .array();
    }

    static int type(ServerFileFrame frame) {
        if (frame instanceof ServerFileFrame.Welcome) {
            return 16;
        } else if (frame instanceof ServerFileFrame.Ready) {
            return 17;
        } else if (frame instanceof ServerFileFrame.Ack) {
            return 18;
        } else if (frame instanceof ServerFileFrame.Nack) {
            return 19;
        } else if (frame instanceof ServerFileFrame.Stored) {
            return 20;
        } else if (frame instanceof ServerFileFrame.Cancelled) {
            return 21;
        } else if (frame instanceof ServerFileFrame.Opened) {
            return 22;
        } else if (frame instanceof ServerFileFrame.Sent) {
            return 23;
        }
        return 32;
    }
}

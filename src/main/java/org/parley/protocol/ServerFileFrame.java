package org.parley.protocol;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.User;

/** What the server sends from {@code /files}. A component that is null is left out. */
public sealed interface ServerFileFrame {

    /** The server's first frame. */
    @JsonbPropertyOrder({"user", "heartbeatMs", "limits"})
    record Welcome(User user, long heartbeatMs, Limits limits) implements ServerFileFrame {}

    /** @param fileBytes of one file; {@code transfers}: of one connection at once, in either direction */
    @JsonbPropertyOrder({"fileBytes", "transfers"})
    record Limits(long fileBytes, int transfers) {}

    @JsonbPropertyOrder({"id", "transfer", "chunkBytes", "window", "have"})
    record Ready(String id, String transfer, int chunkBytes, int window, long have) implements ServerFileFrame {}

    @JsonbPropertyOrder({"transfer", "have"})
    record Ack(String transfer, long have) implements ServerFileFrame {}

    @JsonbPropertyOrder({"transfer", "expected"})
    record Nack(String transfer, long expected) implements ServerFileFrame {}

    @JsonbPropertyOrder({"transfer", "file", "sha256", "message", "seq"})
    record Stored(String transfer, String file, String sha256, String message, Long seq) implements ServerFileFrame {}

    record Cancelled(String transfer) implements ServerFileFrame {}

    @JsonbPropertyOrder({"id", "transfer", "file", "name", "type", "size", "sha256", "offset", "chunkBytes", "window"})
    record Opened(
            String id,
            String transfer,
            String file,
            String name,
            String type,
            long size,
            String sha256,
            long offset,
            int chunkBytes,
            int window)
            implements ServerFileFrame {}

    /** Bytes of the file from {@code offset} on. */
    record Chunk(String transfer, long offset, byte[] payload) implements ServerFileFrame {}

    @JsonbPropertyOrder({"transfer", "sha256"})
    record Sent(String transfer, String sha256) implements ServerFileFrame {}

    @JsonbPropertyOrder({"id", "transfer", "code", "name", "message", "retryable", "retryAfterMs"})
    record Failed(
            String id, String transfer, int code, String name, String message, boolean retryable, Long retryAfterMs)
            implements ServerFileFrame {
        /** @param retryAfterMs 0 if there is nothing to say about it */
        public static Failed of(String id, String transfer, ErrorCode code, String message, long retryAfterMs) {
            Long after = retryAfterMs > 0 ? retryAfterMs : null;
            return new Failed(id, transfer, code.number(), code.label(), message, code.retryable(), after);
        }

        /** The last frame before a close: why. */
        public static Failed of(Disconnect why, String message) {
            String name = why.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            return new Failed(null, null, why.code(), name, message, why.reconnect(), null);
        }
    }
}

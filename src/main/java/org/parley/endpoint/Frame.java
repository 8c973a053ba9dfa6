package org.parley.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** One whole WebSocket message that is ready to be sent, to however many connections. */
public sealed interface Frame {
    /** Its payload's length in bytes (RFC 6455 section 5.2). */
    int bytes();

    /** A text message; its length is counted once, however many connections get it. */
    record Text(String text, int bytes) implements Frame {}

    /** A binary message. The array is not copied: nobody may write to it. */
    record Binary(byte[] payload) implements Frame {
        @Override
        public int bytes() {
            return payload.length;
        }
    }

    /** Messages that are sent one after the other, each as its own. */
    record Several(List<Frame> frames) implements Frame {
        @Override
        public int bytes() {
            return frames.stream().mapToInt(Frame::bytes).sum();
        }
    }

    static Frame text(String text) {
        return new Text(text, utf8Length(text));
    }

    static Frame binary(byte[] payload) {
        return new Binary(payload);
    }

    /** Of a text, in bytes. */
    static int utf8Length(String text) {
        int length = text.length();
        int extra = 0;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
            if (c >= 0x80) {
                extra++;
            }
        }
        return length + extra;
    }
}

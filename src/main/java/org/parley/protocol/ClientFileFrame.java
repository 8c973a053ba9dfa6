package org.parley.protocol;

import jakarta.json.bind.annotation.JsonbCreator;

/**
 * What a client sends to {@code /files}. A component that the client left out is null; {@link FileFrameDecoder} checks
 * what must be there. Unknown fields are ignored.
 */
public sealed interface ClientFileFrame {

    /** What the answer will carry, or null. */
    default String id() {
        return null;
    }

    /** The transfer that it is about, or null. */
    default String transfer() {
        return null;
    }

    /** Begins an upload, or, with {@code transfer}, goes on with one; answered by {@code ready}. */
    record Begin(
            String id, String transfer, String room, String name, String type, Long size, String sha256, Image image)
            implements ClientFileFrame {
        @JsonbCreator
        public Begin {}

        boolean resumes() {
            return transfer != null;
        }
    }

    /** Of a picture: its size in pixels, and what to show before it is fetched, as a data URL. */
    record Image(Integer width, Integer height, String thumbnail) {
        @JsonbCreator
        public Image {}
    }

    /** Bytes of the file from {@code offset} on; answered by {@code ack} or {@code nack}, not each. */
    record Chunk(String transfer, Long offset, byte[] payload) implements ClientFileFrame {}

    /** What is not payload of a {@link Chunk}. */
    record ChunkHeader(String transfer, Long offset) {
        @JsonbCreator
        public ChunkHeader {}
    }

    /** All is sent; answered by {@code stored}. */
    record End(String transfer, String sha256) implements ClientFileFrame {
        @JsonbCreator
        public End {}
    }

    /** Ends an upload, of which nothing stays, or a download; answered by {@code cancelled}. */
    record Cancel(String transfer) implements ClientFileFrame {
        @JsonbCreator
        public Cancel {}
    }

    /** Begins a download; answered by {@code opened}. */
    record Open(String id, String file, Long offset) implements ClientFileFrame {
        @JsonbCreator
        public Open {}
    }

    /** The client has all bytes of a download before {@code have}. Not answered. */
    record Credit(String transfer, Long have) implements ClientFileFrame {
        @JsonbCreator
        public Credit {}
    }
}

package org.parley.file;

import java.util.HexFormat;

import org.parley.hub.User;

/**
 * A file, complete or not, without its bytes.
 *
 * @param number the store's own key
 * @param id 128 random bits; names the transfer and then the file
 * @param owner who uploads it
 * @param name as it was given, null in a sealed room: data, never a path
 * @param type media type as it was given, not to be trusted
 * @param size in bytes, as announced
 * @param chunkBytes the length of each of its chunks but the last, for life
 * @param have bytes that are stored, from the first on
 * @param sha256 in small hexadecimal digits; null as long as nobody has said it
 * @param image what the client said about a picture, as JSON, or null
 * @param created ms since 1970
 * @param touched when something last became of it, ms since 1970
 * @param seq the message that it hangs on, 0 if that is not known
 */
public record StoredFile(
        long number,
        String id,
        String room,
        User owner,
        String name,
        String type,
        long size,
        int chunkBytes,
        long have,
        String sha256,
        String image,
        long created,
        long touched,
        State state,
        long seq) {

    /** In the order in which a file goes through them; the database keeps the ordinal. */
    public enum State {
        UNFINISHED,
        STORED,
        DELETED
    }

    /** The idempotency key of the message about it: whoever publishes it again publishes it once. */
    public String message() {
        return HexFormat.of().toHexDigits(created, 12) + "-" + id;
    }

    /** How many bytes the chunk that begins at {@code offset} has. */
    public int chunkLength(long offset) {
        return (int) Math.min(chunkBytes, size - offset);
    }

    StoredFile withHave(long bytes) {
        return with(bytes, sha256, state, seq);
    }

    StoredFile complete(String digest) {
        return with(have, digest, State.STORED, seq);
    }

    StoredFile claimed(long message) {
        return with(have, sha256, state, message);
    }

    private StoredFile with(long bytes, String digest, State now, long message) {
        return new StoredFile(
                number,
                id,
                room,
                owner,
                name,
                type,
                size,
                chunkBytes,
                bytes,
                digest,
                image,
                created,
                touched,
                now,
                message);
    }
}

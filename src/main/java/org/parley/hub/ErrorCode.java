package org.parley.hub;

/**
 * Why a request failed while its connection lives on. Numbers and names are part of the protocol: they may be added to,
 * never changed.
 */
public enum ErrorCode {
    MALFORMED(100, false, "The frame is not a JSON object of the protocol."),
    UNKNOWN_TYPE(101, false, "No frame has this type."),
    INVALID(102, false, "A field is missing, of the wrong type or out of its range."),
    TOO_LARGE(103, false, "The body is larger than this kind of message may be."),
    FORBIDDEN(110, false, "The user may not do this in this room."),
    NOT_JOINED(111, false, "The connection has not joined this room."),
    NO_TARGET(112, false, "The message that this one is about does not exist."),
    NOT_AUTHOR(113, false, "Only its author may change a message."),
    CONFLICT(114, false, "The room's value is not the expected one."),
    UNSUPPORTED(115, false, "Rooms of this class cannot do this."),
    UNAUTHORIZED(116, false, "The token is not valid."),
    NOT_SEALED(117, false, "This room takes only sealed messages."),
    NO_FILE(118, false, "There is no such file or transfer."),
    MISMATCH(119, false, "What came is not what was announced."),
    LIMIT(120, false, "A limit of this server is reached."),
    QUOTA(121, false, "The user or the room has as many bytes of files as they may have."),
    UNAVAILABLE(200, true, "The message log cannot be reached. It is not known whether anything was stored."),
    OVERLOADED(201, true, "The server has more to store than it can."),
    BUSY(202, true, "Too many requests of this connection are waiting."),
    RATE_LIMITED(203, true, "Too many messages in a short time."),
    ABORTED(204, true, "An earlier message to the same room failed, so this one was not stored."),
    INTERNAL(300, true, "The server failed.");

    private final int number;
    private final boolean retryable;
    private final String text;

    ErrorCode(int number, boolean retryable, String text) {
        this.number = number;
        this.retryable = retryable;
        this.text = text;
    }

    public int number() {
        return number;
    }

    /** Whether the same request may succeed later; a publish is then sent again with the same id. */
    public boolean retryable() {
        return retryable;
    }

    /** A sentence for people. */
    public String text() {
        return text;
    }

    /** As in the protocol: {@code rate-limited}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}

package org.parley.protocol;

import org.parley.hub.ErrorCode;

/** A frame that the protocol does not allow; the connection lives on. */
public final class BadFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String request;

    BadFrameException(ErrorCode code, String request, String message) {
        super(message);
        this.code = code;
        this.request = request;
    }

    public ErrorCode code() {
        return code;
    }

    /** The id that the frame carried, or null. */
    public String request() {
        return request;
    }
}

package org.parley.json;

/** A text that is not JSON, or not JSON that we take. The message may be shown to the peer. */
public final class InvalidJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidJsonException(String message) {
        // No stack trace: bad input is not a fault of ours, and filling one in costs more than the check.
        super(message, null, false, false);
    }
}

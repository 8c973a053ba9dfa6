package org.parley.hub;

/** The log could not answer: nothing is known of what was asked, and the same may succeed later. */
public final class LogUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public LogUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

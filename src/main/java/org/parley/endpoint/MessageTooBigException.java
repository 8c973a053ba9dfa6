package org.parley.endpoint;

/** A message exceeds the limit of one message; the connection ends with 1009 (RFC 6455 section 7.4.1). */
public final class MessageTooBigException extends Exception {
    private static final long serialVersionUID = 1L;

    MessageTooBigException(int limit) {
        super("One message may have " + limit + " bytes.");
    }
}

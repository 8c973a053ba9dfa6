package org.parley.json;

/** JSON text that is not let through; the message may be shown to who sent it. */
public final class JsonRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    JsonRefusedException(String message) {
        super(message);
    }
}

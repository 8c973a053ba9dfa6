package org.parley.auth;

/** A display name that cannot be had. The message is one sentence for the person who chose it. */
public final class NameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean taken;

    NameException(String message, boolean taken) {
        super(message);
        this.taken = taken;
    }

    /** Whether the name is somebody else's, rather than no name at all. */
    public boolean taken() {
        return taken;
    }
}

package org.parley.hub;

/** A request that cannot be granted; its connection lives on. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public RefusedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public RefusedException(ErrorCode code) {
        this(code, code.text());
    }

    public ErrorCode code() {
        return code;
    }
}

package org.parley.auth;

/** The database that holds sign-ins did not answer; the same call may succeed later. */
public final class SignInsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SignInsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

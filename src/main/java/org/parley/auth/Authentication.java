package org.parley.auth;

import java.time.Duration;

/** What came of somebody's attempt to say who they are. */
public sealed interface Authentication {
    /** The credential holds. */
    record Authenticated(Identity identity) implements Authentication {}

    /**
     * It does not, or there was none.
     *
     * @param detail one English sentence for the person in front of the page; names no secret and no class
     * @param retryAfter when another attempt makes sense; zero when time does not help
     */
    record Refused(Reason reason, String detail, Duration retryAfter) implements Authentication {
        static Refused because(Reason reason, String detail) {
            return new Refused(reason, detail, Duration.ZERO);
        }
    }

    /** Why not, with the status of the HTTP answer (RFC 9110 section 15.5). */
    enum Reason {
        /** No credential that counts came with the request. */
        MISSING(401),
        /** Malformed, forged, or made for somebody else. */
        INVALID(401),
        EXPIRED(401),
        /** Signed out, or ended by an administrator. */
        REVOKED(401),
        /** This server does not take this kind of credential. */
        NOT_ACCEPTED(401),
        NAME_NOT_ALLOWED(400),
        NAME_TAKEN(409),
        TOO_MANY_REQUESTS(429),
        /** What decides (the database, the issuer's keys) cannot be asked at the moment. */
        UNAVAILABLE(503);

        private final int status;

        Reason(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }
}

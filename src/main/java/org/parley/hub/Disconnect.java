package org.parley.hub;

/**
 * Why a connection ends: the close codes of RFC 6455 section 7.4.1 that Parley sends, and its own. 4000–4499: come back;
 * 4500–4999: do not.
 */
public enum Disconnect {
    NORMAL(1000, "bye", false),
    GOING_AWAY(1001, "going away", true),
    UNSUPPORTED_DATA(1003, "unsupported data", true),
    INVALID_DATA(1007, "invalid data", true),
    POLICY(1008, "policy violation", false),
    TOO_BIG(1009, "message too big", true),
    SERVER_ERROR(1011, "server error", true),
    RESTARTING(1012, "server restarting", true),
    TRY_LATER(1013, "try again later", true),
    SLOW_CONSUMER(4008, "slow consumer", true),
    HEARTBEAT(4009, "no heartbeat", true),
    TOO_MANY_REQUESTS(4029, "too many requests", true),
    TOKEN_EXPIRED(4401, "token expired", true),
    UNAUTHORIZED(4501, "unauthorized", false),
    FORBIDDEN(4503, "forbidden", false),
    REVOKED(4505, "revoked", false),
    PROTOCOL_ERROR(4506, "protocol error", false);

    private final int code;
    private final String reason;
    private final boolean reconnect;

    Disconnect(int code, String reason, boolean reconnect) {
        this.code = code;
        this.reason = reason;
        this.reconnect = reconnect;
    }

    public int code() {
        return code;
    }

    /** At most 123 bytes, so that it fits into a close frame (RFC 6455 section 5.5). */
    public String reason() {
        return reason;
    }

    /** Whether a client should connect again; after 1003, 1007 and 1009 without what it was sending. */
    public boolean reconnect() {
        return reconnect;
    }
}

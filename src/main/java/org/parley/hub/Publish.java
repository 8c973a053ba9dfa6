package org.parley.hub;

import java.util.OptionalLong;

/**
 * What a client wants to say in a room.
 *
 * @param id idempotency key, 1–64 of {@code [A-Za-z0-9_-]}; also names the request
 * @param change what it does to an earlier message, or null; see {@link Kind#targets}
 * @param expect see {@link Append#expect}
 */
public record Publish(String id, String room, String kind, String body, Append.Change change, OptionalLong expect) {

    public Publish(String id, String room, String kind, String body) {
        this(id, room, kind, body, null, OptionalLong.empty());
    }

    /** As it enters the log. */
    Append by(User from, RoomClass roomClass) {
        return new Append(room, roomClass, from, id, kind, body, change, expect);
    }
}

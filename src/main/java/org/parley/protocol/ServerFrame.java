package org.parley.protocol;

import java.util.List;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

import org.parley.hub.User;

/**
 * What the server sends, but for frames with messages in them, which {@link FrameEncoder} writes itself. A component that
 * is null is left out.
 */
sealed interface ServerFrame {
    String type();

    @JsonbPropertyOrder({"type", "user", "node", "heartbeatMs", "limits", "reconnect"})
    record Welcome(String type, User user, String node, long heartbeatMs, Limits limits, Reconnect reconnect)
            implements ServerFrame {}

    /** Sizes in bytes; {@code rooms} at once; {@code dedupeMs}: how long a publish may be sent again with its id. */
    record Limits(int messageBytes, int signalBytes, int rooms, long dedupeMs) {}

    /** Bounds of the pause before a client connects again, in ms. */
    record Reconnect(long minMs, long maxMs) {}

    @JsonbPropertyOrder({"type", "id", "room", "code", "rejoin"})
    record Left(String type, String id, String room, Integer code, Boolean rejoin) implements ServerFrame {}

    @JsonbPropertyOrder({"type", "room", "count", "joined", "left"})
    record Presence(String type, String room, int count, List<User> joined, List<User> left) implements ServerFrame {}

    @JsonbPropertyOrder({"type", "room", "seq"})
    record Read(String type, String room, long seq) implements ServerFrame {}

    @JsonbPropertyOrder({"type", "id", "rooms"})
    record Rooms(String type, String id, List<Entry> rooms) implements ServerFrame {}

    @JsonbPropertyOrder({"room", "class", "epoch", "seq", "n", "time", "read", "unread"})
    record Entry(
            String room,
            @jakarta.json.bind.annotation.JsonbProperty("class") String roomClass,
            String epoch,
            long seq,
            long n,
            long time,
            long read,
            long unread) {}

    @JsonbPropertyOrder({"type", "id", "expires"})
    record Authed(String type, String id, long expires) implements ServerFrame {}

    record Pong(String type) implements ServerFrame {}
}

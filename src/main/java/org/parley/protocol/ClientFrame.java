package org.parley.protocol;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

/**
 * What a client sends. A component that the client left out is null; {@link FrameDecoder} checks what must be there.
 * Unknown fields are ignored, so that newer clients can talk to older servers.
 */
@JsonbTypeInfo(
        key = "type",
        value = {
            @JsonbSubtype(alias = "join", type = ClientFrame.Join.class),
            @JsonbSubtype(alias = "leave", type = ClientFrame.Leave.class),
            @JsonbSubtype(alias = "unfollow", type = ClientFrame.Unfollow.class),
            @JsonbSubtype(alias = "publish", type = ClientFrame.Publish.class),
            @JsonbSubtype(alias = "signal", type = ClientFrame.Signal.class),
            @JsonbSubtype(alias = "history", type = ClientFrame.History.class),
            @JsonbSubtype(alias = "read", type = ClientFrame.Read.class),
            @JsonbSubtype(alias = "rooms", type = ClientFrame.Rooms.class),
            @JsonbSubtype(alias = "auth", type = ClientFrame.Auth.class),
            @JsonbSubtype(alias = "ping", type = ClientFrame.Ping.class)
        })
public sealed interface ClientFrame {

    /** What the answer will carry, or null. */
    default String id() {
        return null;
    }

    /** Answered by {@code joined}. Without {@code since}: the newest page. */
    record Join(String id, String room, Since since) implements ClientFrame {
        @JsonbCreator
        public Join {}
    }

    /** How far the client has everything. */
    record Since(String epoch, Long seq) {
        @JsonbCreator
        public Since {}
    }

    /** Answered by {@code left}. */
    record Leave(String id, String room) implements ClientFrame {
        @JsonbCreator
        public Leave {}
    }

    /** Leaves, and the room is in {@code rooms} no more; answered by {@code left}. */
    record Unfollow(String id, String room) implements ClientFrame {
        @JsonbCreator
        public Unfollow {}
    }

    /** Answered by {@code ack} when it is kept. */
    record Publish(String id, String room, String kind, JsonObject body, Long expect) implements ClientFrame {
        @JsonbCreator
        public Publish {}
    }

    /** Not answered. */
    record Signal(String room, String kind, JsonObject body) implements ClientFrame {
        @JsonbCreator
        public Signal {}
    }

    /** One of {@code before} and {@code after}, a seq each, not itself part of the page. */
    record History(String id, String room, Long before, Long after, Integer limit) implements ClientFrame {
        @JsonbCreator
        public History {}
    }

    /** Everything up to {@code seq} has been read. Not answered. */
    record Read(String room, Long seq) implements ClientFrame {
        @JsonbCreator
        public Read {}
    }

    /** Answered by {@code rooms}. */
    record Rooms(String id) implements ClientFrame {
        @JsonbCreator
        public Rooms {}
    }

    /** A fresh token for a live connection; answered by {@code authed}. */
    record Auth(String id, String token) implements ClientFrame {
        @JsonbCreator
        public Auth {}
    }

    /** Answered by {@code pong}. */
    record Ping() implements ClientFrame {
        @JsonbCreator
        public Ping {}
    }
}

package org.parley.hub;

import java.util.List;

/**
 * What the hub hands to a connection: the answer to one of its requests ({@code request} is that request's id) or a push
 * that many get. How it looks on the wire is not the hub's business.
 */
public sealed interface Delivery {

    /** Answers to a request, or null for a push. */
    default String request() {
        return null;
    }

    /**
     * @param position where {@code messages} end
     * @param recovered whether {@code messages} go on exactly where the client's position was
     * @param more whether the client must pull further pages before anything live comes
     * @param older whether there are messages before {@code messages}
     * @param messages raw and without a hole if recovered from a position, else the newest, folded
     */
    record Joined(
            String request,
            String room,
            RoomClass roomClass,
            Position position,
            boolean recovered,
            boolean more,
            boolean older,
            List<Message> messages,
            Present present)
            implements Delivery {}

    /** @param position where raw {@code messages} end; for folded ones where the room stands */
    record History(
            String request, String room, Position position, List<Message> messages, boolean more, boolean recovered)
            implements Delivery {}

    /** A subscription ended because the client asked. */
    record Left(String request, String room) implements Delivery {}

    /** The hub ended a subscription; {@code rejoin} tells whether joining again makes sense. */
    record Removed(String room, ErrorCode code, boolean rejoin) implements Delivery {}

    /** The message is stored; in an ephemeral room (epoch null, seq 0) it is on its way. */
    record Acked(String request, String room, String epoch, long seq, long time, boolean duplicate)
            implements Delivery {}

    /** @param current of a conflict: the room's value, or null if it has none */
    record Failed(String request, String room, ErrorCode code, String message, long retryAfterMs, Message current)
            implements Delivery {
        public Failed(String request, ErrorCode code, String message) {
            this(request, null, code, message, 0, null);
        }
    }

    record Rooms(String request, List<Entry> rooms) implements Delivery {
        /** A followed room; {@code read} is the seq of the user's marker. */
        public record Entry(String room, RoomClass roomClass, RoomHead head, long read, long unread) {}
    }

    record Messages(String room, RoomClass roomClass, String epoch, List<Message> messages) implements Delivery {}

    /** Lists are empty in a room of many members; the count is always right. */
    record PresenceChanged(String room, int count, List<User> joined, List<User> left) implements Delivery {}

    record Signalled(String room, User from, String kind, String body) implements Delivery {}

    /** One of the user's other connections has read up to {@code seq}. */
    record ReadMoved(String room, long seq) implements Delivery {}

    /** @param users the first 100 of {@code count} */
    record Present(int count, List<User> users) {}
}

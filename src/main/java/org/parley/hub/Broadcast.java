package org.parley.hub;

/**
 * One delivery on its way to any number of connections: encoded once for each encoding, however many get it.
 *
 * <p>Thread-safe: two threads may encode the same, and either result is kept.
 */
public final class Broadcast {

    /** What a connection does with this when its outbox has no place for it. */
    public enum Overflow {
        /** Nothing may be missing: the connection ends and resumes from the log. */
        DISCONNECT,
        /** It replaces what waits for the same room. */
        CONFLATE,
        /** It is left out. */
        DROP
    }

    /** How a delivery looks on the wire of one kind of connection. Compared by identity. */
    @FunctionalInterface
    public interface Encoding<T> {
        T encode(Delivery delivery);
    }

    private record Encoded(Encoding<?> encoding, Object value, Encoded next) {}

    private final String room;
    private final Overflow overflow;
    private final Delivery delivery;
    private volatile Encoded encoded;

    private Broadcast(String room, Overflow overflow, Delivery delivery) {
        this.room = room;
        this.overflow = overflow;
        this.delivery = delivery;
    }

    /** For one connection, in order with everything of {@code room} (null: of no room). */
    public static Broadcast reply(String room, Delivery delivery) {
        return new Broadcast(room, Overflow.DISCONNECT, delivery);
    }

    static Broadcast push(String room, Overflow overflow, Delivery delivery) {
        return new Broadcast(room, overflow, delivery);
    }

    static Broadcast messages(Delivery.Messages messages) {
        return new Broadcast(
                messages.room(),
                switch (messages.roomClass()) {
                    case LOG -> Overflow.DISCONNECT;
                    case LATEST -> Overflow.CONFLATE;
                    case EPHEMERAL -> Overflow.DROP;
                },
                messages);
    }

    /** What is sent keeps its order within a room; null is a lane of its own. */
    public String room() {
        return room;
    }

    public Overflow overflow() {
        return overflow;
    }

    public Delivery delivery() {
        return delivery;
    }

    public <T> T encodedBy(Encoding<T> encoding) {
        for (Encoded e = encoded; e != null; e = e.next) {
            if (e.encoding == encoding) {
                @SuppressWarnings("unchecked") // stored below under the encoding that made it
                T value = (T) e.value;
                return value;
            }
        }
        T value = encoding.encode(delivery);
        encoded = new Encoded(encoding, value, encoded);
        return value;
    }
}

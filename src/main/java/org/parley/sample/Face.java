package org.parley.sample;

import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

import org.parley.endpoint.Exchange;
import org.parley.endpoint.Frame;
import org.parley.hub.Access;
import org.parley.hub.Broadcast;
import org.parley.hub.Delivery;
import org.parley.hub.Hub;
import org.parley.hub.Message;
import org.parley.hub.Publish;
import org.parley.hub.Publisher;
import org.parley.hub.User;

/** One connection in the one hub room behind an endpoint: each message a frame, nothing else. */
final class Face {
    private final Hub hub;
    private final Exchange exchange;
    private final String room;

    Face(Hub hub, Exchange exchange, String room) {
        this.hub = hub;
        this.exchange = exchange;
        this.room = room;
    }

    /**
     * How such a connection's frames look.
     *
     * @param text of a message of the room
     * @param empty on joining a room without messages, or null for nothing
     * @param refused what the peer gets when the room did not take a message, from the reason; or null for nothing
     */
    static Broadcast.Encoding<Frame> encoding(
            Function<Message, String> text, String empty, Function<String, String> refused) {
        return delivery -> {
            if (delivery instanceof Delivery.Messages messages) {
                return frames(messages.messages(), text);
            } else if (delivery instanceof Delivery.Joined joined
                    && !joined.messages().isEmpty()) {
                return frames(joined.messages(), text);
            } else if (delivery instanceof Delivery.Joined) {
                return empty == null ? null : Frame.text(empty);
            }
            boolean tell = refused != null && delivery instanceof Delivery.Failed;
            return tell ? Frame.text(refused.apply(((Delivery.Failed) delivery).message())) : null;
        };
    }

    private static Frame frames(List<Message> messages, Function<Message, String> text) {
        return new Frame.Several(messages.stream()
                .map(message -> Frame.text(text.apply(message)))
                .toList());
    }

    /** Joins, then does what never blocks. */
    void join(Runnable then) {
        exchange.later(() -> {
            hub.join(exchange.connection(), "join", room, null);
            then.run();
        });
    }

    /** @param body a JSON object */
    void publish(String body) {
        exchange.soon(() -> publishNow(body));
    }

    /** The same, where it is our turn already. */
    void publishNow(String body) {
        hub.publish(exchange.connection(), message(body));
    }

    /** Leaves, then says so: from outside, since the connection is in the room no more. */
    void leave(String body) {
        exchange.closed(() -> hub.publish(
                new Gone(exchange.connection().id(), exchange.connection().user()), message(body)));
    }

    private Publish message(String body) {
        // The key that makes a retried publish appear once; these clients never retry.
        String id = String.format("%012x", System.currentTimeMillis())
                + UUID.randomUUID().toString().replace("-", "");
        return new Publish(id, room, "text", body, null, OptionalLong.empty());
    }

    /** Somebody whom no answer reaches. */
    private record Gone(String id, User user) implements Publisher {
        @Override
        public Access access() {
            return Access.EVERY_ROOM;
        }

        @Override
        public void offer(Broadcast broadcast) {
            // Its connection has ended.
        }

        @Override
        public void flush() {
            // Nothing was kept.
        }
    }
}

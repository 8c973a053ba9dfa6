package org.parley.protocol;

import java.util.List;
import java.util.Locale;

import org.parley.hub.Delivery;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Kind;
import org.parley.hub.Message;
import org.parley.hub.Position;
import org.parley.hub.RoomClass;
import org.parley.hub.User;
import org.parley.json.Json;

/**
 * Deliveries of the hub as frames of {@code parley.v1}.
 *
 * <p>Frames that carry messages are written by hand: a body is JSON text already, and binding would parse and print it
 * once more for each page. So are acks, of which there is one for each publish. Everything else goes through JSON-B.
 */
public final class FrameEncoder {
    private FrameEncoder() {}

    /** The server's first frame. */
    public static String welcome(
            User user,
            String node,
            long heartbeatMs,
            int messageBytes,
            int rooms,
            long reconnectMin,
            long reconnectMax) {
        return json(new ServerFrame.Welcome(
                "welcome",
                user,
                node,
                heartbeatMs,
                new ServerFrame.Limits(messageBytes, FrameDecoder.SIGNAL_BYTES, rooms, FrameDecoder.DEDUPE_MS),
                new ServerFrame.Reconnect(reconnectMin, reconnectMax)));
    }

    public static String pong() {
        return "{\"type\":\"pong\"}";
    }

    public static String authed(String request, long expires) {
        return json(new ServerFrame.Authed("authed", request, expires));
    }

    /** The last frame before a close: why. */
    public static String error(Disconnect why, String message) {
        JsonText text = new JsonText(128).open();
        text.field("type", "error").field("code", why.code()).field("name", label(why.name()));
        text.field("message", message).field("retryable", why.reconnect());
        return text.close().toString();
    }

    public static String encode(Delivery delivery) {
        if (delivery instanceof Delivery.Messages messages) {
            return messages(messages);
        } else if (delivery instanceof Delivery.Acked acked) {
            return ack(request(new JsonText(192).open().field("type", "ack"), acked.request()), acked);
        } else if (delivery instanceof Delivery.Joined joined) {
            return joined(joined);
        } else if (delivery instanceof Delivery.History history) {
            JsonText text = new JsonText(capacity(history)).open().field("type", "history");
            return history(request(text, history.request()), history);
        } else if (delivery instanceof Delivery.Failed failed) {
            return failed(failed);
        } else if (delivery instanceof Delivery.Signalled signalled) {
            return signalled(signalled);
        } else if (delivery instanceof Delivery.PresenceChanged p) {
            return json(new ServerFrame.Presence("presence", p.room(), p.count(), p.joined(), p.left()));
        } else if (delivery instanceof Delivery.Left left) {
            return json(new ServerFrame.Left("left", left.request(), left.room(), null, null));
        } else if (delivery instanceof Delivery.Removed removed) {
            return json(new ServerFrame.Left(
                    "left", null, removed.room(), removed.code().number(), removed.rejoin()));
        } else if (delivery instanceof Delivery.ReadMoved read) {
            return json(new ServerFrame.Read("read", read.room(), read.seq()));
        }
        return rooms("rooms", (Delivery.Rooms) delivery);
    }

    /** What {@code encode} says of an ack, a page of history or a list of rooms, without {@code type} and {@code id}. */
    public static String content(Delivery delivery) {
        if (delivery instanceof Delivery.Acked acked) {
            return ack(new JsonText(192).open(), acked);
        } else if (delivery instanceof Delivery.History history) {
            return history(new JsonText(capacity(history)).open(), history);
        }
        return rooms(null, (Delivery.Rooms) delivery);
    }

    /** A message as it is in every frame. */
    public static String item(Message message) {
        return item(new JsonText(256).open(), message).close().toString();
    }

    private static String json(ServerFrame frame) {
        return Json.write(frame);
    }

    /** An ephemeral room has neither epoch nor seq. */
    private static String ack(JsonText text, Delivery.Acked acked) {
        text.field("room", acked.room());
        if (acked.epoch() != null) {
            text.field("epoch", acked.epoch()).field("seq", acked.seq());
        }
        return text.field("time", acked.time())
                .field("duplicate", acked.duplicate())
                .close()
                .toString();
    }

    private static String messages(Delivery.Messages messages) {
        JsonText text = new JsonText(256 * messages.messages().size() + 128).open();
        text.field("type", "messages").field("room", messages.room());
        if (messages.epoch() != null) {
            text.field("epoch", messages.epoch());
        }
        return items(text, messages.messages()).close().toString();
    }

    private static JsonText items(JsonText text, List<Message> messages) {
        text.array("messages");
        messages.forEach(message -> item(text.open(), message).close());
        return text.endArray();
    }

    private static JsonText item(JsonText text, Message message) {
        if (message.seq() > 0) {
            text.field("seq", message.seq());
            if (Kind.countable(message.kind())) {
                text.field("n", message.n());
            }
        }
        text.field("time", message.time()).field("id", message.id());
        text.field("from", message.from().id()).field("name", message.from().name());
        if (message.from().guest()) {
            text.field("guest", true);
        }
        text.field("kind", message.kind()).raw("body", message.body());
        return message.fold() == Message.Fold.NONE ? text : fold(text, message.fold());
    }

    private static JsonText fold(JsonText text, Message.Fold fold) {
        if (fold.edited() > 0) {
            text.field("edited", fold.edited());
        }
        if (fold.deleted() > 0) {
            text.field("deleted", fold.deleted());
        }
        if (!fold.reactions().isEmpty()) {
            text.array("reactions");
            for (Message.Reaction reaction : fold.reactions()) {
                text.open().field("emoji", reaction.emoji()).array("from");
                reaction.from().forEach(text::element);
                text.endArray().close();
            }
            text.endArray();
        }
        return text;
    }

    private static String joined(Delivery.Joined joined) {
        JsonText text = new JsonText(256 * joined.messages().size() + 512).open();
        text.field("type", "joined");
        request(text, joined.request()).field("room", joined.room()).field("class", label(joined.roomClass()));
        position(text, joined.position());
        text.field("recovered", joined.recovered()).field("more", joined.more()).field("older", joined.older());
        items(text, joined.messages())
                .object("present")
                .field("count", joined.present().count());
        text.array("users");
        for (User user : joined.present().users()) {
            text.open().field("id", user.id()).field("name", user.name());
            text.field("guest", user.guest()).close();
        }
        return text.endArray().close().close().toString();
    }

    private static int capacity(Delivery.History history) {
        return 256 * history.messages().size() + 256;
    }

    private static String history(JsonText text, Delivery.History history) {
        text.field("room", history.room());
        position(text, history.position());
        return items(text, history.messages())
                .field("more", history.more())
                .field("recovered", history.recovered())
                .close()
                .toString();
    }

    private static String failed(Delivery.Failed failed) {
        ErrorCode code = failed.code();
        JsonText text = new JsonText(256).open();
        text.field("type", "error");
        request(text, failed.request());
        if (failed.room() != null) {
            text.field("room", failed.room());
        }
        text.field("code", code.number()).field("name", code.label()).field("message", failed.message());
        text.field("retryable", code.retryable());
        if (failed.retryAfterMs() > 0) {
            text.field("retryAfterMs", failed.retryAfterMs());
        }
        if (failed.current() != null) {
            item(text.object("current"), failed.current()).close();
        }
        return text.close().toString();
    }

    private static String signalled(Delivery.Signalled signalled) {
        JsonText text = new JsonText(128 + signalled.body().length()).open();
        text.field("type", "signal").field("room", signalled.room());
        text.field("from", signalled.from().id()).field("name", signalled.from().name());
        return text.field("kind", signalled.kind())
                .raw("body", signalled.body())
                .close()
                .toString();
    }

    private static String rooms(String type, Delivery.Rooms rooms) {
        List<ServerFrame.Entry> entries = rooms.rooms().stream()
                .map(e -> new ServerFrame.Entry(
                        e.room(),
                        label(e.roomClass()),
                        e.head().epoch(),
                        e.head().last(),
                        e.head().n(),
                        e.head().time(),
                        e.read(),
                        e.unread()))
                .toList();
        return json(new ServerFrame.Rooms(type, rooms.request(), entries));
    }

    private static JsonText request(JsonText text, String request) {
        return request == null ? text : text.field("id", request);
    }

    private static void position(JsonText text, Position position) {
        if (position != null) {
            text.field("epoch", position.epoch()).field("seq", position.seq());
        }
    }

    private static String label(RoomClass roomClass) {
        return label(roomClass.name());
    }

    private static String label(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

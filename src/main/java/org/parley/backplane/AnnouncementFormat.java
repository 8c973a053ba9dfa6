package org.parley.backplane;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;

import org.parley.event.Event;
import org.parley.hub.Announcement;
import org.parley.hub.Disconnect;
import org.parley.hub.Message;
import org.parley.hub.Position;
import org.parley.hub.User;

/**
 * An announcement as text: a JSON object whose member {@code type} says which. What another version of Parley says and
 * this one does not understand is nothing to it; the log has what matters.
 */
final class AnnouncementFormat {
    private static final System.Logger LOGGER = System.getLogger(AnnouncementFormat.class.getName());
    private static final JsonProvider JSON = JsonProvider.provider();

    private AnnouncementFormat() {}

    static String write(Announcement announcement) {
        StringWriter text = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            if (announcement.room() != null) {
                json.write("room", announcement.room());
            }
            writeMembers(json, announcement);
            json.writeEnd();
        }
        return text.toString();
    }

    private static void writeMembers(JsonGenerator json, Announcement announcement) {
        if (announcement instanceof Announcement.Committed committed) {
            json.write("type", "committed").write("epoch", committed.epoch());
            writeMessages(json, committed.messages());
        } else if (announcement instanceof Announcement.Reached reached) {
            json.write("type", "reached")
                    .write("epoch", reached.position().epoch())
                    .write("seq", reached.position().seq());
        } else if (announcement instanceof Announcement.Published published) {
            json.write("type", "published");
            writeMessages(json, published.messages());
        } else if (announcement instanceof Announcement.Signalled signalled) {
            json.write("type", "signalled").write("kind", signalled.kind()).write("body", signalled.body());
            json.writeStartObject("from");
            writeUser(json, signalled.from());
        } else if (announcement instanceof Announcement.Present present) {
            writePresent(json, present);
        } else if (announcement instanceof Announcement.ReadMoved moved) {
            json.write("type", "read")
                    .write("user", moved.user())
                    .write("in", moved.in())
                    .write("seq", moved.seq());
        } else if (announcement instanceof Announcement.Disconnected disconnected) {
            json.write("type", "disconnected")
                    .write("user", disconnected.user())
                    .write("why", disconnected.why().name());
        } else if (announcement instanceof Announcement.Ended) {
            json.write("type", "ended");
        }
    }

    private static void writePresent(JsonGenerator json, Announcement.Present present) {
        json.write("type", "present")
                .write("number", present.number())
                .write("count", present.count())
                .write("asking", present.asking());
        json.writeStartArray("users");
        for (User user : present.users()) {
            json.writeStartObject();
            writeUser(json, user);
        }
        json.writeEnd();
    }

    private static void writeMessages(JsonGenerator json, List<Message> messages) {
        json.writeStartArray("messages");
        for (Message message : messages) {
            json.writeStartObject()
                    .write("seq", message.seq())
                    .write("n", message.n())
                    .write("time", message.time())
                    .write("id", message.id())
                    .write("kind", message.kind())
                    .write("body", message.body());
            json.writeStartObject("from");
            writeUser(json, message.from());
            json.writeEnd();
        }
        json.writeEnd();
    }

    /** The rest of an object that was begun. */
    private static void writeUser(JsonGenerator json, User user) {
        json.write("id", user.id())
                .write("name", user.name())
                .write("guest", user.guest())
                .writeEnd();
    }

    /** Empty if it is not understood. */
    static Optional<Announcement> read(String text) {
        try (JsonReader reader = JSON.createReader(new StringReader(text))) {
            return Optional.ofNullable(announcement(reader.readObject()));
        } catch (JsonException | NullPointerException | ClassCastException | IllegalArgumentException e) {
            // Of the JSON API's getters the second is what a missing member, the third what one of another type is.
            Event.of("announcement-not-understood").with("reason", e).warn(LOGGER);
            return Optional.empty();
        }
    }

    private static Announcement announcement(JsonObject json) {
        return switch (json.getString("type")) {
            case "committed" ->
                new Announcement.Committed(json.getString("room"), json.getString("epoch"), messages(json));
            case "reached" ->
                new Announcement.Reached(
                        json.getString("room"), new Position(json.getString("epoch"), number(json, "seq")));
            case "published" -> new Announcement.Published(json.getString("room"), messages(json));
            case "signalled" ->
                new Announcement.Signalled(
                        json.getString("room"),
                        user(json.getJsonObject("from")),
                        json.getString("kind"),
                        json.getString("body"));
            case "present" -> present(json);
            case "read" ->
                new Announcement.ReadMoved(json.getString("user"), json.getString("in"), number(json, "seq"));
            case "disconnected" ->
                new Announcement.Disconnected(json.getString("user"), Disconnect.valueOf(json.getString("why")));
            case "ended" -> new Announcement.Ended();
            default -> null;
        };
    }

    private static Announcement.Present present(JsonObject json) {
        return new Announcement.Present(
                json.getString("room"),
                number(json, "number"),
                json.getInt("count"),
                json.getJsonArray("users").getValuesAs(JsonObject.class).stream()
                        .map(AnnouncementFormat::user)
                        .toList(),
                json.getBoolean("asking"));
    }

    private static List<Message> messages(JsonObject json) {
        return json.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(AnnouncementFormat::message)
                .toList();
    }

    private static Message message(JsonObject json) {
        return new Message(
                number(json, "seq"),
                number(json, "n"),
                number(json, "time"),
                json.getString("id"),
                user(json.getJsonObject("from")),
                json.getString("kind"),
                json.getString("body"));
    }

    private static User user(JsonObject json) {
        return new User(json.getString("id"), json.getString("name"), json.getBoolean("guest"));
    }

    private static long number(JsonObject json, String name) {
        return json.getJsonNumber(name).longValueExact();
    }
}

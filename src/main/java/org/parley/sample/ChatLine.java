package org.parley.sample;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

import org.parley.endpoint.Frame;
import org.parley.hub.Broadcast;
import org.parley.hub.Message;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** What {@code /ws/chat} sends; {@code type} is {@code message} or {@code system}. */
@JsonbPropertyOrder({"message", "sender", "type"})
public record ChatLine(String message, String sender, String type) {
    static final Broadcast.Encoding<Frame> FRAMES =
            Face.encoding(Message::body, null, why -> notice(why).json());

    static ChatLine notice(String text) {
        return new ChatLine(text, "Server", "system");
    }

    /**
     * @param received a JSON object with {@code message}
     * @throws InvalidJsonException if it is something else
     */
    static ChatLine said(String sender, String received) throws InvalidJsonException {
        if (Json.read(received) instanceof JsonObject object && object.containsKey("message")) {
            JsonValue message = object.get("message");
            String text = message instanceof JsonString string ? string.getString() : message.toString();
            return new ChatLine(sender + ": " + text, sender, "message");
        }
        throw new InvalidJsonException("A JSON object with \"message\" is needed.");
    }

    String json() {
        return Json.write(this);
    }
}

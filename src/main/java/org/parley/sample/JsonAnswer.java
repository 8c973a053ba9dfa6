package org.parley.sample;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;

/** What {@code /ws/json} answers. */
@JsonbPropertyOrder({"originalMessage", "response"})
public record JsonAnswer(@JsonbProperty("original_message") JsonValue originalMessage, String response) {
    static JsonAnswer to(JsonValue message) {
        return new JsonAnswer(message, "Server received your JSON with " + size(message) + " fields");
    }

    /** As Python's {@code len}: members, elements, or characters (code points); 0 for what has none. */
    private static int size(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object.size();
        }
        if (value instanceof JsonArray array) {
            return array.size();
        }
        if (value instanceof JsonString string) {
            String text = string.getString();
            return text.codePointCount(0, text.length());
        }
        return 0;
    }
}

package org.parley.sample;

import org.parley.hub.Message;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** A text that goes through a room, where every body is a JSON object. */
public record Line(String text) {
    static Line of(Message message) {
        try {
            return Json.read(message.body(), Line.class);
        } catch (InvalidJsonException e) {
            throw new IllegalStateException("The room holds what no endpoint wrote", e);
        }
    }

    String json() {
        return Json.write(this);
    }
}

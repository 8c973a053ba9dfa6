package org.parley.sample;

import jakarta.json.JsonValue;
import jakarta.websocket.DecodeException;
import jakarta.websocket.Decoder;

import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** A text as a JSON value, bounded in nesting and number length before it is built. */
public final class JsonDecoder implements Decoder.Text<JsonValue> {
    @Override
    public JsonValue decode(String text) throws DecodeException {
        try {
            return Json.read(text);
        } catch (InvalidJsonException e) {
            throw new DecodeException(text, e.getMessage(), e);
        }
    }

    @Override
    public boolean willDecode(String text) {
        return true;
    }
}

package org.parley.json;

import java.lang.reflect.Type;

import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;

/** JSON text to objects and back. Thread-safe; making a {@link Jsonb} costs milliseconds, so there is one. */
public final class Json {
    private static final Jsonb JSONB = JsonbBuilder.create(
            new JsonbConfig().withCreatorParametersRequired(false).withNullValues(false));

    private Json() {}

    /**
     * Binds a text that came from outside.
     *
     * @return never null
     * @throws InvalidJsonException if it is not JSON (RFC 8259), exceeds a bound of {@link JsonSyntax}, or does not fit
     *     the type
     */
    public static <T> T read(String text, Class<T> type) throws InvalidJsonException {
        JsonSyntax.check(text);
        T value = bind(text, type);
        if (value == null) {
            throw new InvalidJsonException("null does not stand for anything here.");
        }
        return value;
    }

    /** Any JSON value; {@code null} is {@link JsonValue#NULL}. */
    public static JsonValue read(String text) throws InvalidJsonException {
        JsonSyntax.check(text);
        // Yasson 3.0.4 answers the text null with a NullPointerException.
        return text.strip().equals("null") ? JsonValue.NULL : bind(text, JsonValue.class);
    }

    /** @throws jakarta.json.bind.JsonbException if the object has no JSON form, which is a fault of ours */
    public static String write(Object value) {
        return JSONB.toJson(value);
    }

    /**
     * An object with one member more, without reading it.
     *
     * @param object the JSON of an object that has a member at least
     * @param name needs no escapes
     * @param value JSON
     */
    public static String with(String object, String name, String value) {
        return object.substring(0, object.length() - 1) + ",\"" + name + "\":" + value + "}";
    }

    private static <T> T bind(String text, Type type) throws InvalidJsonException {
        try {
            return JSONB.fromJson(text, type);
        } catch (RuntimeException e) {
            // Its message names our classes, and its many kinds (NullPointerException, ClassCastException) all mean
            // this.
            throw new InvalidJsonException("The JSON does not have the expected shape.");
        }
    }
}

package org.parley.protocol;

import java.util.OptionalLong;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbCreator;

import org.parley.hub.ErrorCode;
import org.parley.hub.Publish;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** Requests that come in parts, by HTTP, and not as a frame: under the same rules as those of {@link FrameDecoder}. */
public final class ApiDecoder {
    private ApiDecoder() {}

    /** The fields of a {@code publish} that are neither in the address nor in a header. */
    public record Content(String kind, JsonObject body, Long expect) {
        @JsonbCreator
        public Content {}
    }

    /**
     * A publish.
     *
     * @param id its idempotency key
     * @param json {@code {"kind":…,"body":{…},"expect"?:…}}
     */
    public static Publish publish(String id, String room, String json) throws BadFrameException {
        if (id == null || !Names.isId(id)) {
            throw new BadFrameException(
                    ErrorCode.INVALID,
                    null,
                    "An idempotency key is needed: 1 to 64 ASCII letters, digits, dashes or underscores.");
        }
        Content content = content(id, json);
        InteroperableJson.check(json);
        ClientFrame.Publish frame = new ClientFrame.Publish(id, room, content.kind(), content.body(), content.expect());
        FrameDecoder.check(frame);
        return FrameDecoder.publish(frame);
    }

    /** Which page of a room is wanted, each part as text or null. Neither {@code before} nor {@code after}: the newest. */
    public static ClientFrame.History history(String room, String before, String after, String limit)
            throws BadFrameException {
        OptionalLong pageSize = number("limit", limit);
        ClientFrame.History frame = new ClientFrame.History(
                null,
                room,
                before == null && after == null ? (Long) Long.MAX_VALUE : boxed(number("before", before)),
                boxed(number("after", after)),
                pageSize.isEmpty() ? null : (Integer) (int) Math.min(pageSize.getAsLong(), Integer.MAX_VALUE));
        FrameDecoder.check(frame);
        return frame;
    }

    private static Content content(String id, String json) throws BadFrameException {
        try {
            return Json.read(json, Content.class);
        } catch (InvalidJsonException e) {
            throw isObject(id, json)
                    ? new BadFrameException(ErrorCode.INVALID, id, "A field is of the wrong type.")
                    : new BadFrameException(ErrorCode.MALFORMED, id, "The body is not a JSON object.");
        }
    }

    private static boolean isObject(String id, String json) throws BadFrameException {
        try {
            return Json.read(json) instanceof JsonObject;
        } catch (InvalidJsonException e) {
            throw new BadFrameException(ErrorCode.MALFORMED, id, e.getMessage());
        }
    }

    private static OptionalLong number(String name, String text) throws BadFrameException {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new BadFrameException(ErrorCode.INVALID, null, "The parameter " + name + " is not a whole number.");
        }
    }

    private static Long boxed(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}

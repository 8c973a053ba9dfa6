package org.parley.protocol;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

import org.parley.hub.Append;
import org.parley.hub.ErrorCode;
import org.parley.hub.Kind;
import org.parley.hub.Position;
import org.parley.hub.Publish;
import org.parley.json.InvalidJsonException;

/**
 * Frames from text, checked: what comes out has every field that its type must have, in its range.
 *
 * <p>Looked into twice only where it fails: speed does not matter there.
 */
public final class FrameDecoder {
    /** A signal's body, in characters of JSON. */
    static final int SIGNAL_BYTES = 4 << 10;

    static final long DEDUPE_MS = 24 * 60 * 60 * 1_000;
    private static final int ID_LENGTH = 64;
    private static final int EMOJI_LENGTH = 64;
    private static final int PAGE = 100;

    private static final Pattern KIND = Pattern.compile("text|edit|delete|react|sealed|x-[a-z0-9-]{1,40}");
    private static final Pattern SIGNAL_KIND = Pattern.compile("typing|x-[a-z0-9-]{1,40}");

    private static final Map<String, Class<? extends ClientFrame>> TYPES = Arrays.stream(
                    ClientFrame.class.getAnnotation(JsonbTypeInfo.class).value())
            .collect(Collectors.toUnmodifiableMap(
                    JsonbSubtype::alias, subtype -> subtype.type().asSubclass(ClientFrame.class)));

    private static final String TYPE = "\"type\"";
    private static final String TYPE_FIRST = "{" + TYPE + ":\"";

    private FrameDecoder() {}

    public static ClientFrame decode(String text) throws BadFrameException {
        ClientFrame frame;
        try {
            frame = org.parley.json.Json.read(text, shape(text));
        } catch (InvalidJsonException e) {
            throw diagnose(text, e);
        }
        InteroperableJson.check(text);
        check(frame);
        return frame;
    }

    /**
     * The type that the text is to be bound to: told by its first member, where nearly every client writes it, binding
     * takes half the time, because Yasson (3.0.4) reads a polymorphic object into a map before it binds it.
     */
    private static Class<? extends ClientFrame> shape(String text) {
        if (!text.startsWith(TYPE_FIRST) || text.indexOf(TYPE, TYPE_FIRST.length()) >= 0) {
            return ClientFrame.class;
        }
        int end = text.indexOf('"', TYPE_FIRST.length());
        String type = end < 0 ? "" : text.substring(TYPE_FIRST.length(), end);
        return TYPES.getOrDefault(type, ClientFrame.class);
    }

    /** Why the text could not be bound; looked into a second time only here, where speed does not matter. */
    private static BadFrameException diagnose(String text, InvalidJsonException why) {
        JsonValue value;
        try {
            value = org.parley.json.Json.read(text);
        } catch (InvalidJsonException e) {
            return new BadFrameException(ErrorCode.MALFORMED, null, why.getMessage());
        }
        if (!(value instanceof JsonObject object)) {
            return new BadFrameException(ErrorCode.MALFORMED, null, ErrorCode.MALFORMED.text());
        }
        String id = object.get("id") instanceof JsonString s ? s.getString() : null;
        if (!(object.get("type") instanceof JsonString type)) {
            return new BadFrameException(ErrorCode.MALFORMED, id, "The frame has no type.");
        }
        return TYPES.containsKey(type.getString())
                ? new BadFrameException(ErrorCode.INVALID, id, "A field is of the wrong type.")
                : new BadFrameException(ErrorCode.UNKNOWN_TYPE, id, ErrorCode.UNKNOWN_TYPE.text());
    }

    /** That each field which must be there is, and is in its range. */
    static void check(ClientFrame frame) throws BadFrameException {
        if (frame.id() != null && frame.id().length() > ID_LENGTH) {
            throw new BadFrameException(ErrorCode.INVALID, null, "The id is longer than " + ID_LENGTH + " characters.");
        }
        if (frame instanceof ClientFrame.Join join) {
            room(join.id(), join.room());
            ClientFrame.Since since = join.since();
            if (since != null) {
                require(since.epoch() != null && since.seq() != null && since.seq() >= 0, frame, "since");
            }
        } else if (frame instanceof ClientFrame.Leave leave) {
            room(leave.id(), leave.room());
        } else if (frame instanceof ClientFrame.Unfollow unfollow) {
            room(unfollow.id(), unfollow.room());
        } else if (frame instanceof ClientFrame.Publish publish) {
            check(publish);
        } else if (frame instanceof ClientFrame.Signal signal) {
            check(signal);
        } else if (frame instanceof ClientFrame.History history) {
            check(history);
        } else if (frame instanceof ClientFrame.Read read) {
            room(null, read.room());
            require(read.seq() != null && read.seq() >= 0, frame, "seq");
        } else if (frame instanceof ClientFrame.Auth auth) {
            require(auth.token() != null, frame, "token");
        }
    }

    private static void check(ClientFrame.Publish publish) throws BadFrameException {
        room(publish.id(), publish.room());
        require(publish.id() != null && Names.isId(publish.id()), publish, "id");
        require(publish.kind() != null && KIND.matcher(publish.kind()).matches(), publish, "kind");
        require(publish.body() != null, publish, "body");
        require(publish.expect() == null || publish.expect() >= 0, publish, "expect");
    }

    private static void check(ClientFrame.Signal signal) throws BadFrameException {
        room(null, signal.room());
        require(signal.kind() != null && SIGNAL_KIND.matcher(signal.kind()).matches(), signal, "kind");
        require(signal.body() != null, signal, "body");
        if (signal.body().toString().length() > SIGNAL_BYTES) {
            throw new BadFrameException(ErrorCode.TOO_LARGE, null, "A signal's body has at most 4096 characters.");
        }
    }

    private static void check(ClientFrame.History history) throws BadFrameException {
        room(history.id(), history.room());
        require((history.before() == null) != (history.after() == null), history, "before or after");
        require(history.before() == null || history.before() >= 1, history, "before");
        require(history.after() == null || history.after() >= 0, history, "after");
        require(history.limit() == null || history.limit() >= 1, history, "limit");
    }

    private static void room(String request, String room) throws BadFrameException {
        if (room == null || !Names.isRoom(room)) {
            throw new BadFrameException(
                    ErrorCode.INVALID,
                    request,
                    "A room's name has 1 to 64 letters, digits, dots, dashes or underscores and begins with a letter or"
                            + " digit.");
        }
    }

    private static void require(boolean holds, ClientFrame frame, String field) throws BadFrameException {
        if (!holds) {
            throw new BadFrameException(
                    ErrorCode.INVALID, frame.id(), "The field " + field + " is missing or out of its range.");
        }
    }

    /** How many messages a page is to have. */
    public static int limit(ClientFrame.History history) {
        return history.limit() == null ? PAGE : history.limit();
    }

    /** @return null if the join has none */
    public static Position since(ClientFrame.Join join) {
        return join.since() == null
                ? null
                : new Position(join.since().epoch(), join.since().seq());
    }

    /** The frame as the hub takes it, its body as text. */
    public static Publish publish(ClientFrame.Publish frame) throws BadFrameException {
        return new Publish(
                frame.id(),
                frame.room(),
                frame.kind(),
                frame.body().toString(),
                change(frame),
                frame.expect() == null ? OptionalLong.empty() : OptionalLong.of(frame.expect()));
    }

    private static Append.Change change(ClientFrame.Publish frame) throws BadFrameException {
        if (!Kind.targets(frame.kind())) {
            return null;
        }
        JsonObject body = frame.body();
        if (!(body.get("target") instanceof JsonNumber number) || !number.isIntegral() || number.longValue() < 1) {
            throw new BadFrameException(ErrorCode.INVALID, frame.id(), "body.target is not the seq of a message.");
        }
        long target = number.longValue();
        return switch (frame.kind()) {
            case Kind.DELETE -> new Append.Change.Delete(target);
            case Kind.EDIT ->
                new Append.Change.Edit(
                        target,
                        Json.createObjectBuilder(body).remove("target").build().toString());
            default -> react(frame, target);
        };
    }

    private static Append.Change react(ClientFrame.Publish frame, long target) throws BadFrameException {
        if (!(frame.body().get("emoji") instanceof JsonString emoji)
                || emoji.getString().isEmpty()
                || emoji.getString().length() > EMOJI_LENGTH) {
            throw new BadFrameException(ErrorCode.INVALID, frame.id(), "body.emoji is missing or too long.");
        }
        boolean removed = frame.body().get("remove") == JsonValue.TRUE;
        return new Append.Change.React(target, emoji.getString(), !removed);
    }
}

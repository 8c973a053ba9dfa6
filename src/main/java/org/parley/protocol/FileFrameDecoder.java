package org.parley.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;

import org.parley.hub.ErrorCode;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/** Frames of {@code parley.files.v1} from bytes, checked: what comes out has every field that its type must have. */
public final class FileFrameDecoder {
    static final Map<Integer, Class<? extends ClientFileFrame>> TYPES = Map.of(
            1,
            ClientFileFrame.Begin.class,
            FileFrameEncoder.CHUNK,
            ClientFileFrame.Chunk.class,
            3,
            ClientFileFrame.End.class,
            4,
            ClientFileFrame.Cancel.class,
            5,
            ClientFileFrame.Open.class,
            6,
            ClientFileFrame.Credit.class);

    static final int THUMBNAIL_CHARACTERS = 16 << 10;
    private static final int NAME_CHARACTERS = 255;
    private static final int MAX_PIXELS = 1 << 16;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    /** RFC 6838 section 4.2. */
    private static final Pattern TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    private static final Pattern THUMBNAIL =
            Pattern.compile("data:image/(?:webp|jpeg|png);base64,[A-Za-z0-9+/]{4,}={0,2}");
    /** What no terminal, log or dialog should be given: C0, DEL, C1, and Unicode's own ends of lines. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private FileFrameDecoder() {}

    /**
     * Takes a frame apart; its payload is copied.
     *
     * @throws BadFrameException {@link ErrorCode#MALFORMED} and {@link ErrorCode#UNKNOWN_TYPE} if whoever sent this
     *     speaks something else, {@link ErrorCode#INVALID} if a field will not do
     */
    public static ClientFileFrame decode(ByteBuffer bytes) throws BadFrameException {
        if (bytes.remaining() < FileFrameEncoder.PREFIX) {
            throw malformed("A frame has at least " + FileFrameEncoder.PREFIX + " bytes.");
        }
        int version = bytes.get() & 0xff;
        int type = bytes.get() & 0xff;
        int length = bytes.getShort() & 0xffff;
        if (version != FileFrameEncoder.VERSION) {
            throw malformed("This server speaks version " + FileFrameEncoder.VERSION + " of the frames.");
        }
        if (!TYPES.containsKey(type)) {
            throw new BadFrameException(ErrorCode.UNKNOWN_TYPE, null, ErrorCode.UNKNOWN_TYPE.text());
        }
        if (length > bytes.remaining()) {
            throw malformed("The header is longer than the frame.");
        }
        String header = text(bytes.slice().limit(length));
        bytes.position(bytes.position() + length);
        ClientFileFrame frame = type == FileFrameEncoder.CHUNK ? chunk(header, bytes) : bind(header, TYPES.get(type));
        check(frame);
        return frame;
    }

    private static ClientFileFrame.Chunk chunk(String json, ByteBuffer bytes) throws BadFrameException {
        ClientFileFrame.ChunkHeader header = bind(json, ClientFileFrame.ChunkHeader.class);
        byte[] payload = new byte[bytes.remaining()];
        bytes.get(payload);
        return new ClientFileFrame.Chunk(header.transfer(), header.offset(), payload);
    }

    private static BadFrameException malformed(String message) {
        return new BadFrameException(ErrorCode.MALFORMED, null, message);
    }

    private static String text(ByteBuffer utf8) throws BadFrameException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw malformed("The header is not UTF-8.");
        }
    }

    private static <T> T bind(String header, Class<T> type) throws BadFrameException {
        try {
            T frame = Json.read(header, type);
            InteroperableJson.check(header);
            return frame;
        } catch (InvalidJsonException e) {
            throw diagnose(header);
        }
    }

    /** Looked into a second time only here, where speed does not matter. */
    private static BadFrameException diagnose(String header) {
        try {
            if (Json.read(header) instanceof JsonObject object) {
                String id = object.get("id") instanceof JsonString s ? s.getString() : null;
                return new BadFrameException(ErrorCode.INVALID, id, "A field is of the wrong type.");
            }
        } catch (InvalidJsonException e) {
            return malformed("The header is not JSON: " + e.getMessage());
        }
        return malformed("The header is not a JSON object.");
    }

    private static void check(ClientFileFrame frame) throws BadFrameException {
        if (frame instanceof ClientFileFrame.Begin begin) {
            check(begin);
        } else if (frame instanceof ClientFileFrame.Chunk chunk) {
            require(isId(chunk.transfer()), frame, "transfer");
            require(chunk.offset() != null && chunk.offset() >= 0, frame, "offset");
            require(chunk.payload().length > 0, frame, "payload");
        } else if (frame instanceof ClientFileFrame.End end) {
            require(isId(end.transfer()), frame, "transfer");
            require(end.sha256() == null || SHA256.matcher(end.sha256()).matches(), frame, "sha256");
        } else if (frame instanceof ClientFileFrame.Cancel cancel) {
            require(isId(cancel.transfer()), frame, "transfer");
        } else if (frame instanceof ClientFileFrame.Open open) {
            require(isRequest(open.id()), frame, "id");
            require(isId(open.file()), frame, "file");
            require(open.offset() == null || open.offset() >= 0, frame, "offset");
        } else if (frame instanceof ClientFileFrame.Credit credit) {
            require(isId(credit.transfer()), frame, "transfer");
            require(credit.have() != null && credit.have() >= 0, frame, "have");
        }
    }

    private static void check(ClientFileFrame.Begin begin) throws BadFrameException {
        require(isRequest(begin.id()), begin, "id");
        if (begin.resumes()) {
            require(isId(begin.transfer()), begin, "transfer");
            return;
        }
        require(begin.room() != null && Names.isRoom(begin.room()), begin, "room");
        require(begin.size() != null && begin.size() >= 0, begin, "size");
        require(begin.type() == null || TYPE.matcher(begin.type()).matches(), begin, "type");
        require(begin.sha256() == null || SHA256.matcher(begin.sha256()).matches(), begin, "sha256");
        if (begin.name() != null) {
            checkName(begin);
        }
        if (begin.image() != null) {
            check(begin, begin.image());
        }
    }

    private static void checkName(ClientFileFrame.Begin begin) throws BadFrameException {
        String name = begin.name();
        if (name.codePointCount(0, name.length()) > NAME_CHARACTERS) {
            throw new BadFrameException(
                    ErrorCode.INVALID, begin.id(), "A file's name has at most " + NAME_CHARACTERS + " characters.");
        }
        if (CONTROL.matcher(name).find()) {
            throw new BadFrameException(
                    ErrorCode.INVALID, begin.id(), "A file's name has no control characters and no ends of lines.");
        }
    }

    private static void check(ClientFileFrame.Begin begin, ClientFileFrame.Image image) throws BadFrameException {
        require(isPixels(image.width()) && isPixels(image.height()), begin, "image");
        String thumbnail = image.thumbnail();
        require(
                thumbnail == null
                        || (thumbnail.length() <= THUMBNAIL_CHARACTERS
                                && THUMBNAIL.matcher(thumbnail).matches()),
                begin,
                "image.thumbnail");
    }

    private static boolean isPixels(Integer pixels) {
        return pixels != null && pixels >= 1 && pixels <= MAX_PIXELS;
    }

    private static boolean isId(String id) {
        return id != null && ID.matcher(id).matches();
    }

    private static boolean isRequest(String id) {
        return id != null && !id.isEmpty() && id.length() <= 64;
    }

    private static void require(boolean holds, ClientFileFrame frame, String field) throws BadFrameException {
        if (!holds) {
            String id = frame.id() == null || frame.id().length() > 64 ? null : frame.id();
            throw new BadFrameException(
                    ErrorCode.INVALID, id, "The field " + field + " is missing or out of its range.");
        }
    }
}

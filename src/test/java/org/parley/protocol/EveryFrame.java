package org.parley.protocol;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

import org.parley.hub.Delivery;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Message;
import org.parley.hub.Position;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;
import org.parley.hub.User;

/** What the code can read and write, found in the code itself: what documents are compared with. */
final class EveryFrame {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final User GUEST = new User("guest:a", "Ada", true);
    private static final User MEMBER = new User("user::1", "Grace", false);
    private static final Position POSITION = new Position("e", 7);
    private static final Message ROOT = new Message(
            7,
            5,
            1_000,
            "m-7",
            GUEST,
            "text",
            "{}",
            new Message.Fold(2_000, 3_000, List.of(new Message.Reaction("+", List.of(MEMBER.id())))));
    private static final Message UNNUMBERED = new Message(0, 0, 1_000, "m", MEMBER, "x-move", "{\"x\":1}");

    private EveryFrame() {}

    /** Type to record. */
    static Map<String, Class<?>> client() {
        return Arrays.stream(
                        ClientFrame.class.getAnnotation(JsonbTypeInfo.class).value())
                .collect(Collectors.toMap(JsonbSubtype::alias, JsonbSubtype::type, (a, b) -> a, TreeMap::new));
    }

    /** Deliveries of every kind, with all that is optional and with nothing of it. */
    static List<Delivery> deliveries() {
        Delivery.Present present = new Delivery.Present(2, List.of(GUEST, MEMBER));
        List<Delivery> all = new ArrayList<>(List.of(
                new Delivery.Joined("1", "r", RoomClass.LOG, POSITION, true, false, true, List.of(ROOT), present),
                new Delivery.Joined(null, "r", RoomClass.EPHEMERAL, null, true, false, false, List.of(), present),
                new Delivery.History("1", "r", POSITION, List.of(ROOT), true, true),
                new Delivery.History(null, "r", new Position("e", 0), List.of(), false, false),
                new Delivery.Left("1", "r"),
                new Delivery.Left(null, "r"),
                new Delivery.Removed("r", ErrorCode.ABORTED, true),
                new Delivery.Acked("m-1", "r", "e", 1, 1_000, true),
                new Delivery.Acked("m-1", "r", null, 0, 1_000, false),
                new Delivery.Messages("r", RoomClass.LOG, "e", List.of(ROOT)),
                new Delivery.Messages("r", RoomClass.EPHEMERAL, null, List.of(UNNUMBERED)),
                new Delivery.PresenceChanged("r", 1, List.of(GUEST), List.of(MEMBER)),
                new Delivery.PresenceChanged("r", 300, List.of(), List.of()),
                new Delivery.Signalled("r", GUEST, "x-move", "{\"x\":1}"),
                new Delivery.ReadMoved("r", 3),
                new Delivery.Rooms(null, List.of()),
                new Delivery.Rooms("1", List.of(entry()))));
        for (ErrorCode code : ErrorCode.values()) {
            all.add(new Delivery.Failed(null, code, code.text()));
            all.add(new Delivery.Failed("1", "r", code, code.text(), 1_000, ROOT));
        }
        return all;
    }

    private static Delivery.Rooms.Entry entry() {
        return new Delivery.Rooms.Entry("r", RoomClass.LATEST, new RoomHead("r", "e", 7, 5, 1_000), 3, 2);
    }

    /** The texts that the encoder makes of them, and those that it makes of no delivery. */
    static List<JsonObject> server() {
        List<String> texts =
                new ArrayList<>(deliveries().stream().map(FrameEncoder::encode).toList());
        texts.add(FrameEncoder.welcome(GUEST, "n1", 25_000, 262_144, 100, 500, 30_000));
        texts.add(FrameEncoder.authed("1", 2_000));
        texts.add(FrameEncoder.authed(null, 2_000));
        texts.add(FrameEncoder.pong());
        for (Disconnect why : Disconnect.values()) {
            texts.add(FrameEncoder.error(why, "Why."));
        }
        return texts.stream().map(EveryFrame::parse).toList();
    }

    static Set<String> serverTypes() {
        return server().stream().map(frame -> frame.getString("type")).collect(Collectors.toCollection(TreeSet::new));
    }

    /** File name to text. */
    static Map<String, String> golden() {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            f -> f.getFileName().toString(), EveryFrame::read, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonObject parse(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}

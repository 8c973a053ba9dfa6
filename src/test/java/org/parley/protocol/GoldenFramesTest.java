package org.parley.protocol;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.parley.hub.Append;
import org.parley.hub.Delivery;
import org.parley.hub.ErrorCode;
import org.parley.hub.Message;
import org.parley.hub.Position;
import org.parley.hub.Publish;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** The texts that the browser's client is tested with are the ones that this server writes and reads. */
class GoldenFramesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String EPOCH = "b7c1d0f2a93e4d58861f0c4e7a2b9d35";
    private static final User ADA = new User("guest:Zk3vQ8yT2mLwX1bR", "Ada", true);
    private static final User ALAN = new User("guest:n4Wq7LsD0cVhT2yK", "Alan", true);
    private static final User GRACE = new User("user:https://id.example:42", "Grace", false);
    private static final String MORNING_ID = "019b76daab84-Ku5xW2pQ9aBd";
    private static final String GREEN_ID = "019b76daaf6c-p0LmN7vRtY3s";
    private static final Message GREEN =
            new Message(42, 39, 1767225602000L, GREEN_ID, GRACE, "text", "{\"text\":\"The build is green\"}");
    private static final Message EDIT = new Message(
            43,
            39,
            1767225603000L,
            "019b76dab354-Hc8eJ4wZq1Xo",
            GRACE,
            "edit",
            "{\"target\":42,\"text\":\"The build is green again\"}");
    private static final Message MORNING =
            new Message(41, 38, 1767225601000L, MORNING_ID, ADA, "text", "{\"text\":\"Good morning\"}", reactions());

    private static Message.Fold reactions() {
        return new Message.Fold(0, 0, List.of(new Message.Reaction("👋", List.of(GRACE.id()))));
    }

    private static Message edited() {
        Message.Fold fold = new Message.Fold(1767225603000L, 0, List.of());
        return new Message(42, 39, GREEN.time(), GREEN_ID, GRACE, "text", GREEN.body(), fold);
    }

    private static Message deleted() {
        Message.Fold fold = new Message.Fold(0, 1767225603000L, List.of());
        return new Message(40, 37, 1767225600500L, "019b76daa990-vB6nD1kSfG5u", ADA, "text", "{}", fold);
    }

    private static Message raw(Message message) {
        return new Message(
                message.seq(),
                message.n(),
                message.time(),
                message.id(),
                message.from(),
                message.kind(),
                message.body());
    }

    private static Map<String, Supplier<String>> server() {
        Map<String, Supplier<String>> frames = new TreeMap<>();
        frames.put("welcome", () -> FrameEncoder.welcome(ADA, "n1", 20_000, 262_144, 200, 500, 30_000));
        frames.put("pong", FrameEncoder::pong);
        frames.put("authed", () -> FrameEncoder.authed("7", 1767229200000L));
        delivery(frames, "ack", new Delivery.Acked(GREEN_ID, "lobby", EPOCH, 42, 1767225602000L, false));
        delivery(
                frames,
                "error",
                new Delivery.Failed(
                        GREEN_ID, "lobby", ErrorCode.RATE_LIMITED, ErrorCode.RATE_LIMITED.text(), 1500, null));
        delivery(
                frames,
                "joined",
                new Delivery.Joined(
                        "1",
                        "lobby",
                        RoomClass.LOG,
                        new Position(EPOCH, 42),
                        true,
                        false,
                        true,
                        List.of(MORNING, edited()),
                        new Delivery.Present(2, List.of(ADA, GRACE))));
        delivery(
                frames,
                "history",
                new Delivery.History(
                        "4", "lobby", new Position(EPOCH, 43), List.of(raw(MORNING), GREEN, EDIT), false, true));
        delivery(
                frames,
                "history-before",
                new Delivery.History("5", "lobby", new Position(EPOCH, 43), List.of(deleted()), true, true));
        delivery(frames, "messages", new Delivery.Messages("lobby", RoomClass.LOG, EPOCH, List.of(GREEN, EDIT)));
        delivery(frames, "left", new Delivery.Left("2", "lobby"));
        delivery(frames, "left-pushed", new Delivery.Removed("lobby", ErrorCode.FORBIDDEN, false));
        delivery(frames, "presence", new Delivery.PresenceChanged("lobby", 2, List.of(GRACE), List.of(ALAN)));
        delivery(frames, "read", new Delivery.ReadMoved("lobby", 42));
        delivery(frames, "signal", new Delivery.Signalled("lobby", GRACE, "typing", "{}"));
        delivery(
                frames,
                "rooms",
                new Delivery.Rooms(
                        "6",
                        List.of(
                                new Delivery.Rooms.Entry(
                                        "lobby",
                                        RoomClass.LOG,
                                        new RoomHead("lobby", EPOCH, 42, 39, 1767225602000L),
                                        41,
                                        1),
                                new Delivery.Rooms.Entry(
                                        "state.deploy",
                                        RoomClass.LATEST,
                                        new RoomHead("state.deploy", EPOCH, 7, 0, 1767225600000L),
                                        7,
                                        0))));
        return frames;
    }

    private static void delivery(Map<String, Supplier<String>> frames, String name, Delivery delivery) {
        frames.put(name, () -> FrameEncoder.encode(delivery));
    }

    @TestFactory
    Stream<DynamicTest> writesEveryServerFrame() {
        return server().entrySet().stream()
                .map(frame -> dynamicTest(frame.getKey(), () -> {
                    JsonObject written = parse(frame.getValue().get());
                    assertThat(written).isEqualTo(parse(golden("server-" + frame.getKey() + ".json")));
                }));
    }

    @Test
    void hasAGoldenTextForEveryFrame() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            List<String> names = files.map(f -> f.getFileName().toString())
                    .filter(name -> name.startsWith("server-"))
                    .map(name -> name.substring("server-".length(), name.length() - ".json".length()))
                    .toList();
            assertThat(names).containsExactlyInAnyOrderElementsOf(server().keySet());
        }
    }

    @Test
    void readsEveryClientFrame() throws Exception {
        assertThat(client("join")).isEqualTo(new ClientFrame.Join("1", "lobby", new ClientFrame.Since(EPOCH, 40L)));
        assertThat(client("leave")).isEqualTo(new ClientFrame.Leave("2", "lobby"));
        assertThat(client("unfollow")).isEqualTo(new ClientFrame.Unfollow("3", "lobby"));
        assertThat(client("history")).isEqualTo(new ClientFrame.History("4", "lobby", null, 40L, 100));
        assertThat(client("history-before")).isEqualTo(new ClientFrame.History("5", "lobby", 40L, null, 50));
        assertThat(client("rooms")).isEqualTo(new ClientFrame.Rooms("6"));
        assertThat(client("auth")).isEqualTo(new ClientFrame.Auth("7", "eyJhbGciOiJFZERTQSJ9.e30.c2ln"));
        assertThat(client("read")).isEqualTo(new ClientFrame.Read("lobby", 42L));
        assertThat(client("ping")).isEqualTo(new ClientFrame.Ping());
        assertThat(client("signal"))
                .isEqualTo(new ClientFrame.Signal(
                        "lobby", "typing", Json.createObjectBuilder().build()));
        assertThat(FrameDecoder.publish((ClientFrame.Publish) client("publish")))
                .isEqualTo(new Publish(GREEN_ID, "lobby", "text", "{\"text\":\"The build is green\"}"));
        assertThat(FrameDecoder.publish((ClientFrame.Publish) client("publish-expect")))
                .isEqualTo(new Publish(
                        "019b76dabb88-yT3rE9wQ7zAa",
                        "state.deploy",
                        "x-status",
                        "{\"status\":\"on\"}",
                        null,
                        OptionalLong.of(7)));
    }

    @Test
    void takesChangesApart() throws Exception {
        assertThat(change("edit", "{\"target\":7,\"text\":\"b\"}"))
                .isEqualTo(new Append.Change.Edit(7, "{\"text\":\"b\"}"));
        assertThat(change("delete", "{\"target\":7}")).isEqualTo(new Append.Change.Delete(7));
        assertThat(change("react", "{\"target\":7,\"emoji\":\"👍\"}"))
                .isEqualTo(new Append.Change.React(7, "👍", true));
        assertThat(change("react", "{\"target\":7,\"emoji\":\"👍\",\"remove\":true}"))
                .isEqualTo(new Append.Change.React(7, "👍", false));
        for (String body : List.of("{}", "{\"target\":\"7\"}", "{\"target\":0}", "{\"target\":1.5}")) {
            assertThatThrownBy(() -> change("delete", body)).isInstanceOf(BadFrameException.class);
        }
    }

    private static Append.Change change(String kind, String body) throws BadFrameException {
        String frame =
                "{\"type\":\"publish\",\"id\":\"a\",\"room\":\"r\",\"kind\":\"" + kind + "\",\"body\":" + body + "}";
        return FrameDecoder.publish((ClientFrame.Publish) FrameDecoder.decode(frame))
                .change();
    }

    private static ClientFrame client(String name) throws Exception {
        return FrameDecoder.decode(golden("client-" + name + ".json"));
    }

    private static String golden(String name) throws IOException {
        return Files.readString(GOLDEN.resolve(name), StandardCharsets.UTF_8);
    }

    private static JsonObject parse(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}

package org.parley;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import jakarta.json.JsonObject;

import org.awaitility.Awaitility;

import org.parley.endpoint.Guest;
import org.parley.json.Json;

import static org.assertj.core.api.Assertions.assertThat;

/** What somebody on one node sees of what happens on the other. */
final class Crossing {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServerProcess one;
    private final ServerProcess two;

    Crossing(ServerProcess one, ServerProcess two) {
        this.one = one;
        this.two = two;
    }

    /** Once both hear each other: until then, what no log keeps would be lost, as it may. */
    void everything() {
        awaitHealth(one, "backplane", "up");
        awaitHealth(two, "backplane", "up");
        messagesSignalsAndPresence();
        oneUserOnBothNodes();
        roomsOfOtherClasses();
        tutorials();
        dashboards();
    }

    /** Skips what comes in between, such as the presence of others. */
    static JsonObject await(Guest guest, String type, Predicate<JsonObject> wanted) {
        JsonObject[] found = new JsonObject[1];
        Awaitility.await(type)
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    JsonObject frame = guest.next();
                    found[0] = frame.getString("type").equals(type) && wanted.test(frame) ? frame : null;
                    return found[0] != null;
                });
        return found[0];
    }

    /** Until the node says so of one of the things that it looks at; pools of connections take their time to notice. */
    static void awaitHealth(ServerProcess server, String check, String status) {
        Awaitility.await(check + " " + status).atMost(LIMIT).until(() -> ParleyServer.send(
                        HttpRequest.newBuilder(server.http("/api/health/ready")).GET())
                .body()
                .contains("{\"name\":\"" + check + "\",\"status\":\"" + status + "\"}"));
    }

    static String get(ServerProcess server, String path) {
        return ParleyServer.send(HttpRequest.newBuilder(server.http(path)).GET())
                .body();
    }

    private static void join(Guest guest, String room) {
        guest.send("{'type':'join','id':'" + room + "','room':'" + room + "'}");
        await(guest, "joined", frame -> frame.getString("room").equals(room));
    }

    /** The message itself may come before its ack. */
    static void publish(Guest guest, String room, String id, String text) {
        guest.sendPublish(room, id, text);
        await(guest, "ack", frame -> frame.getString("id").equals(id));
    }

    static boolean hasText(JsonObject messages, String text) {
        return messages.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .anyMatch(message ->
                        message.getJsonObject("body").getString("text", "").equals(text));
    }

    private void messagesSignalsAndPresence() {
        String room = Guest.newRoom("crossing-");
        try (Guest ada = Guest.named(one, "Ada");
                Guest bob = Guest.named(two, "Bob")) {
            ada.join(room);
            bob.join(room);
            await(ada, "presence", frame -> frame.getInt("count") == 2);
            await(bob, "presence", frame -> frame.getInt("count") == 2);
            publish(ada, room, "m1", "hello");
            assertThat(await(bob, "messages", frame -> hasText(frame, "hello"))
                            .getJsonArray("messages")
                            .getJsonObject(0)
                            .getInt("seq"))
                    .isEqualTo(1);
            bob.send("{'type':'signal','room':'" + room + "','kind':'typing','body':{}}");
            assertThat(await(ada, "signal", frame -> true).getString("from")).isEqualTo(bob.id());
        }
    }

    private void oneUserOnBothNodes() {
        String room = Guest.newRoom("crossing-");
        try (Guest here = Guest.named(one, "Carl");
                Guest there = Guest.withCookie(two, here.cookie())) {
            here.join(room);
            there.join(room);
            publish(here, room, "m1", "hello");
            await(there, "messages", frame -> hasText(frame, "hello"));
            there.send("{'type':'read','room':'" + room + "','seq':1}");
            assertThat(await(here, "read", frame -> true).getInt("seq")).isEqualTo(1);
            HttpRequest.Builder signOut = HttpRequest.newBuilder(one.http("/api/session"));
            Guest.headers(one, here.cookie()).forEach(signOut::header);
            assertThat(ParleyServer.send(signOut.DELETE()).statusCode()).isEqualTo(204);
            assertThat(there.client().closeCode()).isEqualTo(4505);
        }
    }

    private void roomsOfOtherClasses() {
        try (Guest ada = Guest.named(one, "Ada");
                Guest bob = Guest.named(two, "Bob")) {
            for (String room : List.of(Guest.newRoom("live."), Guest.newRoom("state."))) {
                join(ada, room);
                join(bob, room);
                publish(ada, room, "m1", "to " + room);
                await(bob, "messages", frame -> hasText(frame, "to " + room));
            }
        }
    }

    /** Who has an answer of its own is in the room, and hears what is said from then on. */
    private void tutorials() {
        try (TestClient here = at(one, "/ws/17");
                TestClient there = at(two, "/ws/18")) {
            there.send("ready");
            awaitText(there, "You wrote: ready");
            here.send("Hi");
            awaitText(there, "Client #17 says: Hi");
        }
        try (TestClient here = at(one, "/ws/chat?username=Ada");
                TestClient there = at(two, "/ws/chat?username=Bob")) {
            awaitText(there, "Bob has joined the chat");
            here.send("{\"message\":\"Hi\"}");
            awaitText(there, "Ada: Hi");
        }
        try (TestClient here = at(one, "/ws/toggle");
                TestClient there = at(two, "/ws/toggle/json")) {
            awaitText(there, "{\"status\":\"off\"}");
            here.send("on");
            awaitText(there, "{\"status\":\"on\"}");
            here.send("off");
            awaitText(there, "{\"status\":\"off\"}");
        }
    }

    private void dashboards() {
        try (TestClient here = at(one, "/ws/dashboard");
                TestClient there = at(two, "/ws/dashboard")) {
            String first = toldWithTheOther(here);
            String second = toldWithTheOther(there);
            assertThat(first).isNotEqualTo(second);
        }
        assertThat(ParleyServer.send(HttpRequest.newBuilder(one.http("/metrics")))
                        .body())
                .contains("\nparley_nodes 2.0\n");
    }

    /** Each tells of itself with its lease, every 3 s. @return the node that answers */
    private static String toldWithTheOther(TestClient dashboard) {
        JsonObject[] told = new JsonObject[1];
        Awaitility.await("the other node")
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    told[0] = (JsonObject) Json.read(dashboard.nextText());
                    return told[0].containsKey("others");
                });
        JsonObject other = told[0].getJsonArray("others").getJsonObject(0);
        assertThat(other.getString("node")).isNotEqualTo(told[0].getString("node"));
        assertThat(other.getBoolean("backplaneUp")).isTrue();
        assertThat(other.getBoolean("databaseUp")).isTrue();
        return told[0].getString("node");
    }

    private static TestClient at(ServerProcess server, String path) {
        return TestClient.connect(server.ws(path), List.of(), Map.of());
    }

    private static void awaitText(TestClient client, String expected) {
        Awaitility.await(expected)
                .atMost(LIMIT)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> client.nextText().contains(expected));
    }

    /** Somebody on the second node, which is killed, is gone from the first. */
    void presenceOfAKilledNode() {
        String room = Guest.newRoom("crossing-");
        try (Guest ada = Guest.named(one, "Ada")) {
            ada.join(room);
            Guest ghost = Guest.named(two, "Ghost");
            ghost.join(room);
            await(ada, "presence", frame -> frame.getInt("count") == 2);
            two.kill();
            Awaitility.await("the ghost is gone").atMost(LIMIT).until(() -> countAt(one, room) == 1);
            ghost.close();
        }
    }

    private static int countAt(ServerProcess server, String room) {
        try (Guest visitor = Guest.named(server, "Visitor")) {
            return visitor.join(room).getJsonObject("present").getInt("count") - 1;
        }
    }
}

package org.parley.browser;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;

/**
 * The server's side of {@code parley.v1} and of {@code api/session} as a page sees it, inside Playwright: rooms in
 * memory, and a test that can break, refuse or hold back what it likes. All of it runs on the test's thread.
 */
final class FakeHub {

    static final String EPOCH = "e1";
    private static final int PAGE = 50;

    private final Map<String, List<JsonObject>> rooms = new HashMap<>();
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final long began;
    private JsonObject user;
    private String nextGuest = "guest:me";
    private WebSocketRoute socket;
    private boolean answersPublishes = true;
    private boolean reachable = true;
    private JsonArrayBuilder followed;
    private int pageSize = Integer.MAX_VALUE;
    private boolean answersHistory = true;
    private boolean recovers = true;
    private JsonObject heldHistory;

    /** @param began when the first message was written, in ms since 1970 */
    FakeHub(long began) {
        this.began = began;
    }

    void serve(Page page) {
        page.route("**/api/session", this::session);
        page.routeWebSocket("**/hub", this::connected);
    }

    FakeHub signedIn(String name) {
        return signedInAs(user("guest:me", name, true));
    }

    FakeHub signedInAs(JsonObject someone) {
        user = someone;
        return this;
    }

    /** The sign-in is no longer known; whoever signs in next is this guest. */
    void signedOut(String nextGuest) {
        user = null;
        this.nextGuest = nextGuest;
    }

    static JsonObject user(String id, String name, boolean guest) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .add("guest", guest)
                .build();
    }

    /** Puts a message into the log without telling anybody. */
    JsonObject store(String room, JsonObject from, String text, long time) {
        List<JsonObject> log = log(room);
        return append(room, "stored-" + room + "-" + log.size(), from, "text", body(text), time);
    }

    JsonObject store(String room, JsonObject from, String kind, JsonObject body) {
        long time = began + log(room).size() * 1000L;
        return append(room, "stored-" + room + "-" + log(room).size(), from, kind, body, time);
    }

    void say(String room, JsonObject from, String kind, JsonObject body) {
        push(room, List.of(store(room, from, kind, body)));
    }

    /** Puts a message into the log and tells the page. */
    void say(String room, JsonObject from, String text) {
        long time = began + log(room).size() * 1000L;
        push(room, List.of(store(room, from, text, time)));
    }

    void push(String room, List<JsonObject> messages) {
        send(Json.createObjectBuilder()
                .add("type", "messages")
                .add("room", room)
                .add("epoch", EPOCH)
                .add("messages", array(messages)));
    }

    void send(JsonObjectBuilder frame) {
        socket.send(frame.build().toString());
    }

    void answersPublishes(boolean answers) {
        answersPublishes = answers;
    }

    /** What {@code rooms} answers; without a call it is an error, as of a server that cannot tell. */
    FakeHub follows(String room, int read, int unread) {
        followed = followed == null ? Json.createArrayBuilder() : followed;
        int seq = log(room).size();
        followed.add(Json.createObjectBuilder()
                .add("room", room)
                .add("class", "log")
                .add("epoch", EPOCH)
                .add("seq", seq)
                .add("n", seq)
                .add("time", began)
                .add("read", read)
                .add("unread", unread));
        return this;
    }

    private void rooms(JsonObject request) {
        if (followed == null) {
            refuse(request, "unavailable", "The rooms cannot be read.");
            return;
        }
        JsonArray rooms = followed.build();
        followed = Json.createArrayBuilder(rooms);
        send(Json.createObjectBuilder()
                .add("type", "rooms")
                .add("id", request.getString("id"))
                .add("rooms", rooms));
    }

    /** Answers the newest publish with an error that no retry helps. */
    void refuse(JsonObject request, String name, String message) {
        send(Json.createObjectBuilder()
                .add("type", "error")
                .add("id", request.getString("id"))
                .add("code", 110)
                .add("name", name)
                .add("message", message)
                .add("retryable", false));
    }

    /** From now on a resume comes in pages of this size. */
    void pages(int size) {
        pageSize = size;
    }

    FakeHub followsAnew(String room, int read, int unread) {
        followed = null;
        return follows(room, read, unread);
    }

    /** Whether a resume goes on where it was; if not, the newest page comes. */
    void recovers(boolean recovers) {
        this.recovers = recovers;
    }

    void cut(int code, String reason) {
        socket.close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
    }

    void cut(int code, boolean reachable) {
        this.reachable = reachable;
        socket.close(new WebSocketRoute.CloseOptions().setCode(code));
    }

    void answersHistory(boolean answers) {
        answersHistory = answers;
    }

    /** Answers the request that was held back. */
    void answerHistory() {
        history(heldHistory);
    }

    void reachable() {
        reachable = true;
    }

    List<JsonObject> received(String type) {
        return received.stream()
                .filter(frame -> frame.getString("type").equals(type))
                .toList();
    }

    List<String> texts(String room) {
        return log(room).stream()
                .map(message -> message.getJsonObject("body").getString("text", ""))
                .toList();
    }

    static JsonObject body(String text) {
        return Json.createObjectBuilder().add("text", text).build();
    }

    private List<JsonObject> log(String room) {
        return rooms.computeIfAbsent(room, name -> new ArrayList<>());
    }

    private JsonObject append(String room, String id, JsonObject from, String kind, JsonValue body, long time) {
        List<JsonObject> log = log(room);
        JsonObjectBuilder message = Json.createObjectBuilder()
                .add("seq", log.size() + 1)
                .add("time", time)
                .add("id", id)
                .add("from", from.getString("id"))
                .add("name", from.getString("name"))
                .add("kind", kind)
                .add("body", body);
        if (from.getBoolean("guest")) {
            message.add("guest", true);
        }
        if (kind.equals("text")) {
            message.add("n", log.size() + 1);
        }
        JsonObject stored = message.build();
        log.add(stored);
        return stored;
    }

    private void session(Route route) {
        if (route.request().method().equals("POST")) {
            user = user(nextGuest, parse(route.request().postData()).getString("name"), true);
        } else if (route.request().method().equals("DELETE")) {
            user = null;
        }
        JsonObjectBuilder content = Json.createObjectBuilder();
        content.add("user", user == null ? JsonValue.NULL : user);
        route.fulfill(new Route.FulfillOptions()
                .setStatus(200)
                .setContentType("application/json")
                .setBody(content.build().toString()));
    }

    private void connected(WebSocketRoute route) {
        socket = route;
        if (!reachable) {
            route.close(new WebSocketRoute.CloseOptions().setCode(1013));
            return;
        }
        route.onMessage(frame -> receive(parse(frame.text())));
        send(Json.createObjectBuilder()
                .add("type", "welcome")
                .add("user", user)
                .add("node", "n1")
                .add("heartbeatMs", 20_000)
                .add(
                        "limits",
                        Json.createObjectBuilder()
                                .add("messageBytes", 262_144)
                                .add("signalBytes", 4096)
                                .add("rooms", 200)
                                .add("dedupeMs", 86_400_000))
                .add("reconnect", Json.createObjectBuilder().add("minMs", 4000).add("maxMs", 30_000)));
    }

    private void receive(JsonObject frame) {
        received.add(frame);
        switch (frame.getString("type")) {
            case "join" -> join(frame);
            case "history" -> history(frame);
            case "publish" -> publish(frame);
            case "ping" -> send(Json.createObjectBuilder().add("type", "pong"));
            case "read", "signal" -> {
                // These have no answer.
            }
            case "leave", "unfollow" -> send(answer("left", frame));
            case "rooms" -> rooms(frame);
            default ->
                send(Json.createObjectBuilder()
                        .add("type", "error")
                        .add("id", frame.getString("id", ""))
                        .add("code", 101)
                        .add("name", "unknown-type")
                        .add("message", "No frame has this type.")
                        .add("retryable", false));
        }
    }

    private static JsonObjectBuilder answer(String type, JsonObject request) {
        return Json.createObjectBuilder()
                .add("type", type)
                .add("id", request.getString("id"))
                .add("room", request.getString("room"));
    }

    private void join(JsonObject request) {
        List<JsonObject> log = log(request.getString("room"));
        boolean resumes = request.containsKey("since") && recovers;
        int from = resumes ? request.getJsonObject("since").getInt("seq") : Math.max(0, log.size() - PAGE);
        int to = resumes ? (int) Math.min(log.size(), (long) from + pageSize) : log.size();
        String room = request.getString("room");
        send(answer("joined", request)
                .add("class", room.startsWith("state.") ? "latest" : "log")
                .add("epoch", EPOCH)
                .add("seq", to)
                .add("recovered", recovers || !request.containsKey("since"))
                .add("more", to < log.size())
                .add("older", from > 0)
                .add("messages", array(log.subList(from, to)))
                .add("present", present()));
    }

    private JsonObjectBuilder present() {
        JsonArrayBuilder users = Json.createArrayBuilder()
                .add(user)
                .add(user("user:grace", "Grace Hopper", false))
                .add(user("guest:alan", "Alan", true));
        return Json.createObjectBuilder().add("count", 3).add("users", users);
    }

    private void history(JsonObject request) {
        List<JsonObject> log = log(request.getString("room"));
        int from = request.getInt("after", -1);
        int to = log.size();
        if (from < 0) {
            to = request.getInt("before") - 1;
            from = Math.max(0, to - request.getInt("limit"));
        }
        boolean before = request.containsKey("before");
        to = before ? Math.min(to, log.size()) : (int) Math.min(to, (long) from + pageSize);
        from = Math.min(from, to);
        if (!answersHistory) {
            heldHistory = request;
            return;
        }
        send(answer("history", request)
                .add("epoch", EPOCH)
                .add("seq", to)
                .add("messages", array(log.subList(from, to)))
                .add("more", before ? from > 0 : to < log.size())
                .add("recovered", true));
    }

    private void publish(JsonObject request) {
        if (!answersPublishes) {
            return;
        }
        String room = request.getString("room");
        List<JsonObject> log = log(room);
        boolean duplicate = log.stream().anyMatch(each -> each.getString("id").equals(request.getString("id")));
        if (!duplicate) {
            long time = began + log.size() * 1000L;
            push(
                    room,
                    List.of(append(
                            room,
                            request.getString("id"),
                            user,
                            request.getString("kind"),
                            request.get("body"),
                            time)));
        }
        send(answer("ack", request)
                .add("epoch", EPOCH)
                .add("seq", log.size())
                .add("time", began)
                .add("duplicate", duplicate));
    }

    private static JsonArray array(List<JsonObject> messages) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        messages.forEach(array::add);
        return array.build();
    }

    private static JsonObject parse(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}

package org.parley.web;

import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.ParleyServer;
import org.parley.TestClient;
import org.parley.TestTokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class RoomsApiIT {
    private static final int MESSAGE_BYTES = 256 << 10;

    /** Each test has a user and rooms of its own, on whatever server it finds. */
    private final String unique = UUID.randomUUID().toString().substring(0, 8);

    private final String user = "backend-" + unique;
    private final String token = TestTokens.of(user);
    private final String room = "builds-" + unique;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static HttpRequest.Builder at(String path, String token) {
        return HttpRequest.newBuilder(ParleyServer.http("/api/" + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(String path) {
        return ParleyServer.send(at(path, token));
    }

    private static HttpRequest.Builder post(String room, String token, String key, String body) {
        return at("rooms/" + room + "/messages", token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> publish(String room, String key, String body) {
        return ParleyServer.send(post(room, token, key, body));
    }

    private static String text(String text) {
        return "{\"kind\":\"text\",\"body\":{\"text\":\"" + text + "\"}}";
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static JsonObject assertStatus(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith(status < 400 ? "application/json" : "application/problem+json");
        return json(answer.body());
    }

    private static JsonObject assertProblem(HttpResponse<String> answer, int status, int code, String name) {
        JsonObject problem = assertStatus(answer, status);
        assertThat(problem.getInt("code")).isEqualTo(code);
        assertThat(problem.getString("name")).isEqualTo(name);
        assertThat(problem.getString("detail")).isNotBlank().doesNotContain("org.", "jakarta.");
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(problem.getBoolean("retryable"));
        return problem;
    }

    private static TestClient connect(String token) {
        return TestClient.connect("/hub", List.of("parley.v1"), Map.of("Authorization", "Bearer " + token));
    }

    private static JsonObject await(TestClient client, String type) {
        JsonObject frame = json(client.nextText());
        while (!frame.getString("type").equals(type)) {
            frame = json(client.nextText());
        }
        return frame;
    }

    private static TestClient joined(String token, String room) {
        TestClient client = connect(token);
        client.send("{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room + "\"}");
        await(client, "joined");
        return client;
    }

    @Test
    void publishesToThoseWhoListenAndReadsTheSameItem() {
        try (TestClient reader = joined(TestTokens.of("reader-" + unique), room)) {
            JsonObject ack = assertStatus(publish(room, "k1", text("green")), 201);
            assertThat(ack.keySet()).containsExactlyInAnyOrder("room", "epoch", "seq", "time", "duplicate");
            assertThat(ack.getString("room")).isEqualTo(room);
            assertThat(ack.getInt("seq")).isEqualTo(1);
            assertThat(ack.getBoolean("duplicate")).isFalse();

            JsonObject pushed = await(reader, "messages");
            assertThat(pushed.getString("epoch")).isEqualTo(ack.getString("epoch"));
            JsonObject item = pushed.getJsonArray("messages").getJsonObject(0);
            assertThat(item.getString("from")).isEqualTo("user::" + user);
            assertThat(item.getString("id")).isEqualTo("k1");
            assertThat(item.get("time")).isEqualTo(ack.get("time"));

            JsonObject page = assertStatus(get("rooms/" + room + "/messages"), 200);
            assertThat(page.keySet())
                    .containsExactlyInAnyOrder("room", "epoch", "seq", "messages", "more", "recovered");
            assertThat(page.getJsonArray("messages")).isEqualTo(pushed.getJsonArray("messages"));
        }
    }

    @Test
    void publishesOnceHoweverOftenAndAtOnceItIsSent() throws Exception {
        List<HttpResponse<String>> answers = atOnce(16, 2, () -> publish(room, "k1", text("once")));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(31);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(json(answer.body()).getInt("seq")).isEqualTo(1);
            assertThat(json(answer.body()).getBoolean("duplicate")).isEqualTo(answer.statusCode() == 200);
        });
    }

    private static List<HttpResponse<String>> atOnce(int threads, int each, Callable<HttpResponse<String>> call)
            throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer :
                    callers.invokeAll(java.util.Collections.nCopies(threads * each, call))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            callers.shutdown();
        }
    }

    @Test
    void readsPages() {
        for (int i = 1; i <= 5; i++) {
            assertStatus(publish(room, "k" + i, text("m" + i)), 201);
        }
        assertStatus(publish(room, "k6", "{\"kind\":\"edit\",\"body\":{\"target\":2,\"text\":\"two\"}}"), 201);
        String messages = "rooms/" + room + "/messages";
        assertPage(messages + "?limit=2", "[4, 5]", true);
        assertPage(messages + "?before=3", "[1, 2]", false);
        assertPage(messages + "?before=3&limit=1", "[2]", true);
        assertPage(messages + "?after=3", "[4, 5, 6]", false);
        assertPage(messages + "?after=0&limit=2", "[1, 2]", true);
        JsonObject folded = json(get(messages + "?before=3&limit=1").body());
        assertThat(folded.getJsonArray("messages").getJsonObject(0).getJsonObject("body"))
                .isEqualTo(json("{\"text\":\"two\"}"));
        JsonObject fromTheFuture = json(get(messages + "?after=99").body());
        assertThat(fromTheFuture.getBoolean("recovered")).isFalse();
        assertThat(fromTheFuture.getJsonArray("messages")).hasSize(5);
    }

    private void assertPage(String path, String seqs, boolean more) {
        JsonObject page = assertStatus(get(path), 200);
        assertThat(page.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                        .map(item -> item.getInt("seq"))
                        .toList())
                .as(path)
                .hasToString(seqs);
        assertThat(page.getBoolean("more")).as(path).isEqualTo(more);
        assertThat(page.getBoolean("recovered")).as(path).isTrue();
    }

    @Test
    void knowsNothingOfARoomThatNobodyUsed() {
        assertThat(assertStatus(get("rooms/" + room + "/messages"), 200))
                .isEqualTo(json("{\"room\":\"" + room + "\",\"messages\":[],\"more\":false,\"recovered\":true}"));
    }

    @Test
    void listsTheRoomsThatTheCallerFollows() {
        try (TestClient client = joined(token, room)) {
            assertThat(client.isOpen()).isTrue();
        }
        assertStatus(ParleyServer.send(post(room, TestTokens.of("other-" + unique), "k1", text("new"))), 201);
        JsonObject rooms = assertStatus(get("rooms"), 200);
        assertThat(rooms.keySet()).containsExactly("rooms");
        assertThat(rooms.getJsonArray("rooms")).hasSize(1);
        JsonObject entry = rooms.getJsonArray("rooms").getJsonObject(0);
        assertThat(entry.getString("room")).isEqualTo(room);
        assertThat(entry.getString("class")).isEqualTo("log");
        assertThat(entry.getInt("unread")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a key", "k\u00fc", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a,b"})
    void wantsAnIdempotencyKey(String key) {
        assertProblem(publish(room, key, text("x")), 400, 102, "invalid");
    }

    @Test
    void wantsTheIdempotencyKeyAtAll() {
        HttpRequest.Builder request = at("rooms/" + room + "/messages", token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text("x")));
        assertProblem(ParleyServer.send(request), 400, 102, "invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kind\":\"text\"}",
                "{\"kind\":\"text\",\"body\":\"x\"}",
                "{\"kind\":\"Text\",\"body\":{}}",
                "{\"kind\":\"typing\",\"body\":{}}",
                "{\"kind\":\"text\",\"body\":{},\"expect\":-1}",
                "{\"kind\":\"text\",\"body\":{},\"expect\":\"x\"}",
                "{\"kind\":\"text\",\"body\":{\"n\":9007199254740993}}",
                "{\"kind\":\"text\",\"body\":{\"s\":\"\\u0000\"}}",
                "{\"kind\":\"edit\",\"body\":{\"text\":\"of what?\"}}"
            })
    void refusesFieldsOutOfRange(String body) {
        assertProblem(publish(room, "k1", body), 400, 102, "invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"kind\":\"text\",\"body\":{}} x", "{\"a\":[[[[[["})
    void refusesWhatIsNoJsonObject(String body) {
        assertProblem(publish(room, "k1", body), 400, 100, "malformed");
    }

    @Test
    void readsJsonOnly() {
        HttpRequest.Builder plain = at("rooms/" + room + "/messages", token)
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "k1")
                .POST(BodyPublishers.ofString(text("x")));
        assertThat(assertStatus(ParleyServer.send(plain), 415).getString("name"))
                .isEqualTo("unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_toggle", "a%20b", "%2e%2ex", "-a", "%00"})
    void refusesNamesThatNoRoomHas(String name) {
        HttpResponse<String> answer = publish(name, "k1", text("x"));
        // Payara itself refuses a NUL in an address.
        if (name.equals("%00")) {
            assertThat(answer.statusCode()).isEqualTo(400);
        } else {
            assertProblem(answer, 400, 102, "invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?after=x", "?after=-1", "?before=0", "?before=2&after=1", "?limit=0", "?limit=1.5"})
    void refusesPagesThatCannotBe(String query) {
        assertProblem(get("rooms/" + room + "/messages" + query), 400, 102, "invalid");
    }

    @Test
    void takesAsMuchAsAMessageMayHave() {
        String frame = text("");
        String largest = text("x".repeat(MESSAGE_BYTES - frame.length()));
        assertStatus(publish(room, "k1", largest), 201);
        assertProblem(publish(room, "k2", largest + " "), 413, 103, "too-large");
        assertThat(json(get("rooms/" + room + "/messages").body()).getJsonArray("messages"))
                .hasSize(1);
    }

    @Test
    void holdsToTheTokensRooms() {
        String readOnly = TestTokens.of("reader-" + unique, Map.of("builds-*", "r"));
        assertProblem(ParleyServer.send(post(room, readOnly, "k1", text("x"))), 403, 110, "forbidden");
        assertStatus(ParleyServer.send(at("rooms/" + room + "/messages", readOnly)), 200);
        assertProblem(ParleyServer.send(at("rooms/news/messages", readOnly)), 403, 110, "forbidden");
    }

    @Test
    void wantsSomebody() {
        HttpRequest.Builder nobody = HttpRequest.newBuilder(ParleyServer.http("/api/rooms"));
        assertThat(assertStatus(ParleyServer.send(nobody), 401).getString("name"))
                .isEqualTo("missing");
        HttpRequest.Builder read = HttpRequest.newBuilder(ParleyServer.http("/api/rooms/" + room + "/messages"));
        assertThat(assertStatus(ParleyServer.send(read), 401).getString("name")).isEqualTo("missing");
        assertThat(assertStatus(ParleyServer.send(post(room, TestTokens.expired("old"), "k1", text("x"))), 401)
                        .getString("name"))
                .isEqualTo("expired");
        HttpRequest.Builder elsewhere = post(room, token, "k1", text("x")).header("Origin", "http://evil.example");
        assertThat(assertStatus(ParleyServer.send(elsewhere), 403).getString("name"))
                .isEqualTo("origin");
    }

    @Test
    void tellsTheValueThatAConflictIsAbout() {
        String state = "state." + unique;
        assertStatus(publish(state, "k1", "{\"kind\":\"x-s\",\"body\":{\"on\":true},\"expect\":0}"), 201);
        JsonObject problem = assertProblem(
                publish(state, "k2", "{\"kind\":\"x-s\",\"body\":{\"on\":false},\"expect\":0}"), 409, 114, "conflict");
        assertThat(problem.getJsonObject("current"))
                .isEqualTo(json(get("rooms/" + state + "/messages").body())
                        .getJsonArray("messages")
                        .get(0));
        assertStatus(publish(state, "k3", "{\"kind\":\"x-s\",\"body\":{\"on\":false},\"expect\":1}"), 201);
    }

    @Test
    void saysWhatARoomOfThatClassCannotDo() {
        assertProblem(publish(room, "k1", "{\"kind\":\"x-s\",\"body\":{},\"expect\":1}"), 422, 115, "unsupported");
        assertProblem(get("rooms/live." + unique + "/messages"), 422, 115, "unsupported");
    }

    @Test
    void saysThatATargetIsMissingOrAnothersMessage() {
        assertProblem(publish(room, "k1", "{\"kind\":\"delete\",\"body\":{\"target\":7}}"), 404, 112, "no-target");
        assertStatus(ParleyServer.send(post(room, TestTokens.of("other-" + unique), "k1", text("mine"))), 201);
        assertProblem(publish(room, "k2", "{\"kind\":\"delete\",\"body\":{\"target\":1}}"), 403, 113, "not-author");
    }

    @Test
    void acknowledgesWithoutASeqWhatIsNotKept() {
        String live = "live." + unique;
        JsonObject ack = assertStatus(publish(live, "k1", "{\"kind\":\"x-s\",\"body\":{}}"), 201);
        assertThat(ack.keySet()).containsExactlyInAnyOrder("room", "time", "duplicate");
    }

    @Test
    void letsAnAdministratorEndOneUsersConnections() {
        String subject = "b-" + unique;
        String issuer = "https://id.example/realm";
        String user = "user:https%3A//id.example/realm:" + subject;
        try (TestClient first = connect(TestTokens.issuedBy(issuer, subject));
                TestClient second = connect(TestTokens.issuedBy(issuer, subject));
                TestClient bystander = connect(TestTokens.of(subject))) {
            assertThat(await(first, "welcome").getJsonObject("user").getString("id"))
                    .isEqualTo(user);
            await(second, "welcome");
            await(bystander, "welcome");
            assertProblem(disconnect(user, token), 403, 110, "forbidden");
            assertThat(disconnect(user, TestTokens.admin("root")).statusCode()).isEqualTo(204);
            assertThat(first.closeCode()).isEqualTo(4505);
            assertThat(second.closeCode()).isEqualTo(4505);
            bystander.send("{\"type\":\"ping\"}");
            await(bystander, "pong");
        }
    }

    private static HttpResponse<String> disconnect(String user, String token) {
        String encoded = java.net.URLEncoder.encode(user, UTF_8);
        return ParleyServer.send(at("users/" + encoded + "/connections", token).DELETE());
    }
}

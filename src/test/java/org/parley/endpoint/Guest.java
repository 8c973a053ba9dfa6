package org.parley.endpoint;

import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.parley.ParleyServer;
import org.parley.ServerProcess;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A signed-in guest on {@code /hub}, who says one frame at a time and reads the answers. */
public final class Guest implements AutoCloseable {
    private final TestClient client;
    private final String cookie;
    private final JsonObject welcome;

    private Guest(TestClient client, String cookie) {
        this.client = client;
        this.cookie = cookie;
        this.welcome = expect("welcome");
    }

    public static Guest named(String name) {
        return withCookie(signIn(name));
    }

    public static Guest named(ServerProcess server, String name) {
        return withCookie(server, signIn(server.http(""), name));
    }

    /** Another device of whoever has the cookie. */
    public static Guest withCookie(String cookie) {
        return new Guest(TestClient.connect("/hub", List.of("parley.v1"), headers(cookie)), cookie);
    }

    public static Guest withCookie(ServerProcess server, String cookie) {
        Map<String, String> headers = headers(server, cookie);
        return new Guest(TestClient.connect(server.ws("/hub"), List.of("parley.v1"), headers), cookie);
    }

    /** Somebody who is connected already, with whatever credential. */
    public static Guest on(TestClient client) {
        return new Guest(client, null);
    }

    public static Map<String, String> headers(String cookie) {
        return Map.of("Cookie", cookie, "Origin", origin());
    }

    public static Map<String, String> headers(ServerProcess server, String cookie) {
        return Map.of("Cookie", cookie, "Origin", server.http("").toString());
    }

    public static String origin() {
        return "http://127.0.0.1:" + ParleyServer.port();
    }

    /** @return the cookie as a request sends it */
    public static String signIn(String name) {
        return signIn(ParleyServer.http(""), name);
    }

    public static String signIn(URI server, String name) {
        String body = Json.createObjectBuilder().add("name", name).build().toString();
        HttpResponse<String> answer = ParleyServer.send(HttpRequest.newBuilder(server.resolve("/api/session"))
                .header("Content-Type", "application/json")
                .header("Origin", server.toString())
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    public static String newRoom(String prefix) {
        return prefix + UUID.randomUUID().toString().substring(0, 8);
    }

    public String cookie() {
        return cookie;
    }

    public JsonObject welcome() {
        return welcome;
    }

    public String id() {
        return welcome.getJsonObject("user").getString("id");
    }

    public TestClient client() {
        return client;
    }

    /** Sends a frame written with single quotes. */
    public void send(String frame) {
        client.send(frame.replace('\'', '"'));
    }

    /** The next frame of that type; pushes of presence in between are passed over. */
    public JsonObject expect(String type) {
        while (true) {
            JsonObject frame = next();
            if (frame.getString("type").equals(type)) {
                return frame;
            }
            assertThat(frame.getString("type"))
                    .as("%s instead of %s", frame, type)
                    .isEqualTo("presence");
        }
    }

    public JsonObject next() {
        return Json.createReader(new StringReader(client.nextText())).readObject();
    }

    public JsonObject join(String room) {
        send("{'type':'join','id':'join','room':'" + room + "'}");
        return expect("joined");
    }

    public JsonObject publish(String room, String id, String text) {
        sendPublish(room, id, text);
        return expect("ack");
    }

    public void sendPublish(String room, String id, String text) {
        send("{'type':'publish','id':'" + id + "','room':'" + room + "','kind':'text','body':{'text':'" + text + "'}}");
    }

    @Override
    public void close() {
        client.close();
    }
}

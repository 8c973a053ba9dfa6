package org.parley.endpoint;

import java.util.List;
import java.util.Map;

import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The protocol over the wire, on a real server. */
@ExtendWith(ArquillianExtension.class)
class HubIT {
    private final String room = Guest.newRoom("hub-");

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void welcomesAndDelivers() {
        try (Guest ada = Guest.named("Ada");
                Guest bob = Guest.named("Bob")) {
            assertThat(ada.client().subprotocol()).isEqualTo("parley.v1");
            assertThat(ada.welcome().getJsonObject("user").getString("name")).isEqualTo("Ada");
            ada.join(room);
            bob.join(room);
            JsonObject ack = acked(ada, "m1", "Grüße, 部屋 👋");
            assertThat(ack.getInt("seq")).isEqualTo(1);
            JsonObject message = bob.expect("messages").getJsonArray("messages").getJsonObject(0);
            assertThat(message.getJsonObject("body").getString("text")).isEqualTo("Grüße, 部屋 👋");
            assertThat(message.getString("from")).isEqualTo(ada.id());
            assertThat(message.getBoolean("guest")).isTrue();
        }
    }

    /** The ack and the publisher's own message come in either order. */
    private JsonObject acked(Guest guest, String id, String text) {
        guest.sendPublish(room, id, text);
        while (true) {
            JsonObject frame = guest.next();
            if (frame.getString("type").equals("ack")) {
                return frame;
            }
            assertThat(frame.getString("type")).isIn("messages", "presence");
        }
    }

    @Test
    void foldsEditsAndReactionsIntoHistory() {
        try (Guest ada = Guest.named("Ada")) {
            ada.join(room);
            acked(ada, "m1", "first");
            ada.send("{'type':'publish','id':'e1','room':'" + room
                    + "','kind':'edit','body':{'target':1,'text':'second'}}");
            ada.send("{'type':'publish','id':'r1','room':'" + room
                    + "','kind':'react','body':{'target':1,'emoji':'+1'}}");
            ada.send("{'type':'publish','id':'d1','room':'" + room + "','kind':'delete','body':{'target':99}}");
            JsonObject error;
            do {
                error = ada.next();
            } while (!error.getString("type").equals("error"));
            assertThat(error.getString("name")).isEqualTo("no-target");
            ada.send("{'type':'history','id':'h','room':'" + room + "','before':100,'limit':10}");
            JsonObject history;
            do {
                history = ada.next();
            } while (!history.getString("type").equals("history"));
            assertThat(history.getJsonArray("messages")).hasSize(1);
            JsonObject message = history.getJsonArray("messages").getJsonObject(0);
            assertThat(message.getJsonObject("body").getString("text")).isEqualTo("second");
            assertThat(message.getJsonNumber("edited").longValue()).isPositive();
            assertThat(message.getJsonArray("reactions").getJsonObject(0).getString("emoji"))
                    .isEqualTo("+1");
        }
    }

    @Test
    void answersBadFramesAndStaysOpen() {
        try (Guest ada = Guest.named("Ada")) {
            for (String frame : List.of("no json", "null", "[]", "[[[[", "{'type':'dance'}", "{'type':'join'}")) {
                ada.send(frame);
                JsonObject error = ada.expect("error");
                assertThat(error.getString("message")).doesNotContain("Exception", "org.", "java");
            }
            ada.send("[".repeat(100_000));
            assertThat(ada.expect("error").getString("name")).isEqualTo("malformed");
            ada.send("{'type':'join','room':'r','x':" + "1".repeat(100_000) + "}");
            assertThat(ada.expect("error").getString("name")).isEqualTo("malformed");
            ada.sendPublish("never-joined", "m1", "text");
            assertThat(ada.expect("error").getString("name")).isEqualTo("not-joined");
            ada.send("{'type':'ping'}");
            ada.expect("pong");
        }
    }

    @Test
    void takesAMessageOfTheLimitAndEndsALongerOne() {
        try (Guest ada = Guest.named("Ada")) {
            ada.join(room);
            int limit = ada.welcome().getJsonObject("limits").getInt("messageBytes");
            acked(ada, "big", "x".repeat(limit - 200));
            ada.client().send("x".repeat(limit + 1));
            JsonObject error;
            do {
                error = ada.next();
            } while (!error.getString("type").equals("error"));
            assertThat(error.getInt("code")).isEqualTo(1009);
            assertThat(ada.client().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void endsWhoSendsBinary() {
        try (Guest ada = Guest.named("Ada")) {
            ada.client().send(new byte[] {1, 2, 3});
            assertThat(ada.expect("error").getInt("code")).isEqualTo(1003);
            assertThat(ada.client().closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void keepsTheTutorialsRoomsToThemselves() {
        try (Guest ada = Guest.named("Ada")) {
            ada.send("{'type':'join','id':'1','room':'_chat'}");
            assertThat(ada.expect("error").getString("name")).isEqualTo("invalid");
        }
    }

    @Test
    void refusesHandshakesBeforeTheUpgrade() {
        String cookie = Guest.signIn("Ada");
        refused(List.of("parley.v1"), Map.of("Origin", Guest.origin()), 401);
        refused(List.of("parley.v1"), Map.of("Cookie", cookie, "Origin", "http://evil.example"), 403);
        refused(List.of(), Guest.headers(cookie), 400);
    }

    private static void refused(List<String> subprotocols, Map<String, String> headers, int status) {
        assertThatThrownBy(() -> TestClient.connect("/hub", subprotocols, headers))
                .isInstanceOfSatisfying(TestClient.RefusedException.class, e -> assertThat(e.status())
                        .isEqualTo(status));
    }

    @Test
    void endsTheConnectionsOfWhoSignsOut() {
        try (Guest desk = Guest.named("Ada");
                Guest phone = Guest.withCookie(desk.cookie());
                Guest other = Guest.named("Bob")) {
            ParleyServer.send(java.net.http.HttpRequest.newBuilder(ParleyServer.http("/api/session"))
                    .header("Cookie", desk.cookie())
                    .header("Origin", Guest.origin())
                    .DELETE());
            assertThat(desk.client().closeCode()).isEqualTo(4505);
            assertThat(phone.client().closeCode()).isEqualTo(4505);
            other.send("{'type':'ping'}");
            other.expect("pong");
        }
    }
}

package org.parley.dashboard;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
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
import org.parley.TestTokens;
import org.parley.endpoint.Guest;
import org.parley.json.Json;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class DashboardIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void tellsTheServersFiguresAgainAndAgain() throws Exception {
        try (var client = TestClient.connect("/ws/dashboard")) {
            JsonObject first = (JsonObject) Json.read(client.nextText());
            assertThat(first.getJsonNumber("heapUsed").longValue()).isGreaterThan(1 << 20);
            assertThat(first.getInt("threads")).isGreaterThan(10);
            assertThat(first.getJsonNumber("cpu").doubleValue()).isBetween(-1.0, 1.0);
            JsonObject second = (JsonObject) Json.read(client.nextText());
            assertThat(second.getInt("connections")).isPositive();
            assertThat(second.getString("node")).isEqualTo(first.getString("node"));
            assertThat(second).doesNotContainKey("history");
            long between = second.getJsonNumber("uptimeMs").longValue()
                    - first.getJsonNumber("uptimeMs").longValue();
            assertThat(between).isPositive();
        }
    }

    @Test
    void bringsTheLastMinutesWithTheFirstFigures() throws Exception {
        try (var earlier = TestClient.connect("/ws/dashboard")) {
            earlier.nextText();
            long seen = time((JsonObject) Json.read(earlier.nextText()));
            try (var later = TestClient.connect("/ws/dashboard")) {
                JsonObject first = (JsonObject) Json.read(later.nextText());
                List<Long> times = new ArrayList<>();
                first.getJsonArray("history").getValuesAs(JsonObject.class).forEach(each -> times.add(time(each)));
                times.add(time(first));
                assertThat(times)
                        .contains(seen)
                        .isSorted()
                        .doesNotHaveDuplicates()
                        .hasSizeBetween(2, 300);
            }
        }
    }

    private static long time(JsonObject snapshot) {
        return snapshot.getJsonNumber("time").longValue();
    }

    @Test
    void countsWhatGoesThroughTheRooms() throws Exception {
        try (var watcher = TestClient.connect("/ws/dashboard");
                var speaker = TestClient.connect("/ws/77")) {
            long before = published(watcher.nextText());
            speaker.send("counted");
            speaker.awaitText("Client #77 says: counted");
            watcher.awaitText(text -> published(text) > before);
        }
    }

    @Test
    void theTablesAreOfThisMomentIfThatIsAskedFor() {
        String room = Guest.newRoom("listed-");
        ParleyServer.get("/api/dashboard");
        try (Guest ada = Guest.named("Ada of " + room)) {
            ada.join(room);
            String tables = ParleyServer.send(HttpRequest.newBuilder(ParleyServer.http("/api/dashboard"))
                            .header("Cache-Control", "no-cache"))
                    .body();
            assertThat(tables).contains("\"" + room + "\"", "\"Ada of " + room + "\"", "\"node\":");
        }
    }

    @Test
    void bringsTheTablesWithTheStreamToWhomItTrusts() throws Exception {
        String room = Guest.newRoom("streamed-");
        try (Guest ada = Guest.named("Ada");
                var watcher = TestClient.connect("/ws/dashboard")) {
            JsonObject first = (JsonObject) Json.read(watcher.nextText());
            assertThat(first.getBoolean("mayDisconnect")).isFalse();
            assertThat(first.getJsonObject("tables")).containsKeys("rooms", "connections");
            ada.join(room);
            watcher.awaitText(text -> text.contains("\"" + room + "\""));
        }
        Map<String, String> administrator = Map.of("Authorization", "Bearer " + TestTokens.admin("operator"));
        try (var watcher = TestClient.connect("/ws/dashboard", List.of(), administrator)) {
            assertThat(((JsonObject) Json.read(watcher.nextText())).getBoolean("mayDisconnect"))
                    .isTrue();
        }
    }

    @Test
    void endsWithTheCredential() {
        Map<String, String> soonExpired =
                Map.of("Authorization", "Bearer " + TestTokens.expiringIn("soon-away", Duration.ofSeconds(4)));
        try (var watcher = TestClient.connect("/ws/dashboard", List.of(), soonExpired)) {
            assertThat(watcher.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void takesNoMessages() {
        try (var text = TestClient.connect("/ws/dashboard");
                var bytes = TestClient.connect("/ws/dashboard")) {
            text.send("x");
            bytes.send(new byte[1]);
            assertThat(text.closeCode()).isEqualTo(1003);
            assertThat(bytes.closeCode()).isEqualTo(1003);
        }
    }

    private static long published(String figures) {
        try {
            return ((JsonObject) Json.read(figures)).getJsonNumber("published").longValue();
        } catch (org.parley.json.InvalidJsonException e) {
            throw new AssertionError(figures, e);
        }
    }
}

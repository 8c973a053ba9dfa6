package org.parley;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.endpoint.Guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What the log has, at its most talkative, and what it never has. On WildFly, whose log is in a file and can be told to
 * have everything; what is logged is the same on both servers.
 */
@ExtendWith(ArquillianExtension.class)
class LogsIT {
    private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @BeforeEach
    void onlyWhereTheLogCanBeRead() {
        Assumptions.assumeTrue(ParleyServer.isWildFly(), "The log of Payara Micro is in no file");
    }

    private static String log() throws IOException {
        return Files.readString(Path.of(ParleyServer.property("parley.test.dir"), "log", "server.log"));
    }

    private static String awaitLine(String part) {
        Awaitility.await(part).atMost(TestClient.LIMIT).until(() -> log().contains(part));
        try {
            return log().lines().filter(line -> line.contains(part)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void followsAConnectionFromItsHandshakeToItsEnd() {
        String id = "proxy-" + UUID.randomUUID();
        Map<String, String> headers = new HashMap<>(Guest.headers(Guest.signIn("Followed")));
        headers.put("X-Request-Id", id);
        try (TestClient client = TestClient.connect("/hub", List.of("parley.v1"), headers)) {
            client.nextText();
            assertThat(awaitLine("event=connection-opened connection=" + id))
                    .contains(" user=guest:")
                    .contains(" address=127.0.0.1");
        }
        assertThat(awaitLine("event=connection-ended connection=" + id)).contains("reason=peer");
    }

    @Test
    void hasNoBodyNoTokenAndNoQuery() throws IOException {
        publishTheCanary();
        showTheCanaryAsACredential();
        askForTheCanary();
        String after = "after-" + UUID.randomUUID();
        TestClient.connect("/ws/echo", List.of(), Map.of("X-Request-Id", after)).close();
        awaitLine("event=connection-ended connection=" + after);
        assertThat(log().lines().filter(line -> line.contains(canary) || line.contains(encoded())))
                .isEmpty();
    }

    private String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(canary.getBytes(UTF_8));
    }

    /** Own messages come before an answer or after it. */
    private static void await(Guest guest, String type) {
        while (!guest.next().getString("type").equals(type)) {
            assertThat(guest.client().isOpen()).isTrue();
        }
    }

    private void publishTheCanary() {
        String room = Guest.newRoom("canary-");
        try (Guest ada = Guest.named("Ada")) {
            ada.join(room);
            ada.sendPublish(room, "m1", canary);
            await(ada, "ack");
            ada.send("{'type':'publish','id':'m2','room':'nowhere','kind':'text','body':{'text':'" + canary + "'}}");
            await(ada, "error");
            ada.send("{'" + canary + "'");
            await(ada, "error");
            ada.send("{'type':'auth','id':'a','token':'" + canary + "'}");
            await(ada, "error");
        }
        try (TestClient chat = TestClient.connect("/ws/chat?username=" + canary)) {
            chat.send("{\"message\":\"" + canary + "\"}");
            chat.awaitText(text -> text.contains(canary));
        }
        HttpRequest.Builder publish = HttpRequest.newBuilder(ParleyServer.http("/api/rooms/" + room + "/messages"))
                .header("Authorization", "Bearer " + TestTokens.of("backend"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "m3");
        assertThat(ParleyServer.send(publish.copy()
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "{\"kind\":\"text\",\"body\":{\"text\":\"" + canary + "\"}}")))
                        .statusCode())
                .isEqualTo(201);
        assertThat(ParleyServer.send(publish.POST(HttpRequest.BodyPublishers.ofString("{" + canary)))
                        .statusCode())
                .isEqualTo(400);
    }

    private void showTheCanaryAsACredential() {
        String url = URLEncoder.encode(canary, UTF_8);
        refused("/hub?token=" + url, List.of("parley.v1"), Map.of());
        refused("/hub", List.of("parley.v1"), Map.of("Authorization", "Bearer " + canary));
        refused("/hub", List.of("parley.v1"), Map.of("Cookie", "parley=" + canary, "Origin", Guest.origin()));
        refused("/hub", List.of("parley.v1", "parley.bearer." + encoded()), Map.of());
        HttpRequest.Builder scrape = HttpRequest.newBuilder(ParleyServer.http("/metrics?token=" + url))
                .header("X-Forwarded-For", "203.0.113.9");
        assertThat(ParleyServer.send(scrape).statusCode()).isEqualTo(401);
    }

    private static void refused(String path, List<String> subprotocols, Map<String, String> headers) {
        assertThatThrownBy(() -> TestClient.connect(path, subprotocols, headers))
                .isInstanceOf(TestClient.RefusedException.class);
    }

    private void askForTheCanary() {
        try (TestClient item = TestClient.connect("/items/1/ws?token=" + canary)) {
            item.send(canary);
            item.awaitText(text -> text.contains("Message text was: " + canary));
        }
        HttpRequest.Builder search = HttpRequest.newBuilder(ParleyServer.http("/api/rooms/canary/search?q=" + canary))
                .header("Authorization", "Bearer " + TestTokens.of("backend"));
        assertThat(ParleyServer.send(search).statusCode()).isLessThan(500);
    }
}

package org.parley.web;

import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestTokens;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class SearchIT {
    private final String unique = UUID.randomUUID().toString().substring(0, 8);
    private final String token = TestTokens.of("searcher-" + unique);
    private final String room = "library-" + unique;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static HttpRequest.Builder at(String path, String token) {
        return HttpRequest.newBuilder(ParleyServer.http("/api/rooms/" + path))
                .header("Authorization", "Bearer " + token);
    }

    private void say(String key, String text) {
        HttpResponse<String> answer = ParleyServer.send(at(room + "/messages", token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"kind\":\"text\",\"body\":{\"text\":\"" + text + "\"}}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    private JsonObject find(String query) {
        HttpResponse<String> answer = ParleyServer.send(at(room + "/search?" + query, token));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<Integer> seqs(JsonObject found) {
        return found.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(message -> message.getInt("seq"))
                .toList();
    }

    @Test
    void findsWordsOfARoomPageByPage() {
        for (int i = 1; i <= 5; i++) {
            say("k" + i, "Chapter " + i + (i == 3 ? " über Relais" : ""));
        }
        assertThat(seqs(find("q=uber%20rel"))).containsExactly(3);
        JsonObject newest = find("q=chapter&limit=2");
        assertThat(seqs(newest)).containsExactly(4, 5);
        assertThat(newest.getBoolean("more")).isTrue();
        assertThat(seqs(find("q=chapter&limit=2&before=2"))).containsExactly(1);
        assertThat(seqs(find("q=nowhere"))).isEmpty();
        assertThat(seqs(find("limit=2"))).isEmpty();
    }

    @Test
    void searchesOnlyWhatMayBeRead() {
        say("k1", "secret");
        String other = TestTokens.of("stranger-" + unique, Map.of("public.*", "rw"));
        HttpResponse<String> refused = ParleyServer.send(at(room + "/search?q=secret", other));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).getString("name")).isEqualTo("forbidden");
        HttpResponse<String> nobody =
                ParleyServer.send(HttpRequest.newBuilder(ParleyServer.http("/api/rooms/" + room + "/search?q=secret")));
        assertThat(nobody.statusCode()).isEqualTo(401);
    }

    @Test
    void refusesWhatIsNoQuestion() {
        HttpResponse<String> bad = ParleyServer.send(at(room + "/search?q=x&limit=many", token));
        assertThat(bad.statusCode()).isEqualTo(400);
    }
}

package org.parley.endpoint;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestClient;
import org.parley.TestTokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Tokens on a live connection: how they come in, what they allow, and when they end. */
@ExtendWith(ArquillianExtension.class)
class AuthIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static Guest with(String token) {
        return Guest.on(TestClient.connect("/hub", List.of("parley.v1"), bearer(token)));
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Test
    void takesATokenFromHeaderSubprotocolAndQuery() {
        String token = TestTokens.of("carol");
        String inSubprotocol =
                "parley.bearer." + Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(UTF_8));
        try (Guest header = with(token);
                Guest subprotocol =
                        Guest.on(TestClient.connect("/hub", List.of("parley.v1", inSubprotocol), Map.of()));
                Guest query = Guest.on(TestClient.connect(
                        "/hub?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8),
                        List.of("parley.v1"),
                        Map.of()))) {
            for (Guest guest : List.of(header, subprotocol, query)) {
                assertThat(guest.id()).isEqualTo("user::carol");
                assertThat(guest.client().subprotocol()).isEqualTo("parley.v1");
            }
        }
    }

    @Test
    void allowsWhatTheTokenSays() {
        String news = Guest.newRoom("news.");
        try (Guest reader = with(TestTokens.of("reader", Map.of("news.*", "r")));
                Guest writer = with(TestTokens.of("writer", Map.of("news.*", "rw")))) {
            reader.join(news);
            writer.join(news);
            reader.sendPublish(news, "r1", "not allowed");
            assertThat(reader.expect("error").getString("name")).isEqualTo("forbidden");
            writer.sendPublish(news, "w1", "allowed");
            assertThat(reader.expect("messages").getJsonArray("messages")).hasSize(1);
            reader.send("{'type':'join','id':'2','room':'" + Guest.newRoom("secret.") + "'}");
            assertThat(reader.expect("error").getString("name")).isEqualTo("forbidden");
        }
    }

    @Test
    void endsAConnectionWhoseTokenHasExpired() {
        try (Guest brief = with(TestTokens.expiringIn("brief", Duration.ofSeconds(4)))) {
            assertThat(brief.client().closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void keepsAConnectionWhoseTokenWasRefreshed() {
        try (Guest staying = with(TestTokens.expiringIn("staying", Duration.ofSeconds(6)))) {
            staying.send("{'type':'auth','id':'a','token':'" + TestTokens.of("staying") + "'}");
            assertThat(staying.expect("authed").getJsonNumber("expires").longValue())
                    .isGreaterThan(System.currentTimeMillis() + 10_000);
            try (Guest brief = with(TestTokens.expiringIn("brief", Duration.ofSeconds(6)))) {
                // One that was not refreshed, as the clock: when it has ended, the other's first token has expired too.
                assertThat(brief.client().closeCode()).isEqualTo(4401);
            }
            staying.send("{'type':'ping'}");
            staying.expect("pong");
        }
    }

    @Test
    void refusesARefreshThatIsNoneOfTheUsers() {
        try (Guest carol = with(TestTokens.of("carol"))) {
            for (String token : List.of("nonsense", TestTokens.of("mallory"), TestTokens.expired("carol"))) {
                carol.send("{'type':'auth','id':'a','token':'" + token + "'}");
                assertThat(carol.expect("error").getString("name")).isEqualTo("unauthorized");
            }
            carol.send("{'type':'ping'}");
            carol.expect("pong");
        }
    }

    @Test
    void letsAnAdministratorEndOneUsersConnections() {
        try (Guest desk = with(TestTokens.of("dave"));
                Guest phone = with(TestTokens.of("dave"));
                Guest other = with(TestTokens.of("erin"))) {
            assertThat(kick("user::dave", TestTokens.of("erin"))).isEqualTo(403);
            assertThat(kick("user::dave", TestTokens.admin("root"))).isEqualTo(204);
            assertThat(desk.client().closeCode()).isEqualTo(4505);
            assertThat(phone.client().closeCode()).isEqualTo(4505);
            other.send("{'type':'ping'}");
            other.expect("pong");
        }
    }

    private static int kick(String user, String token) {
        return ParleyServer.send(HttpRequest.newBuilder(ParleyServer.http("/api/users/" + user + "/connections"))
                        .header("Authorization", "Bearer " + token)
                        .DELETE())
                .statusCode();
    }
}

package org.parley.endpoint;

import java.util.ArrayList;
import java.util.List;

import jakarta.json.JsonObject;

import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Everything one client may have is bounded, and going beyond it has an answer. */
@ExtendWith(ArquillianExtension.class)
class LimitsIT {
    private static final int BURST = 200;
    private static final int PER_USER = 50;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void limitsTheRateOfPublishes() {
        String room = Guest.newRoom("live.");
        try (Guest hasty = Guest.named("Hasty")) {
            hasty.join(room);
            for (int i = 0; i < 5 * BURST; i++) {
                hasty.sendPublish(room, "m" + i, "again");
            }
            JsonObject error = hasty.next();
            while (!error.getString("type").equals("error")) {
                error = hasty.next();
            }
            assertThat(error.getString("name")).isEqualTo("rate-limited");
            assertThat(error.getBoolean("retryable")).isTrue();
            assertThat(error.getInt("retryAfterMs")).isBetween(1, 1_000);
        }
    }

    @Test
    void limitsRoomsOfAConnection() {
        try (Guest curious = Guest.named("Curious")) {
            int rooms = curious.welcome().getJsonObject("limits").getInt("rooms");
            String prefix = Guest.newRoom("live.");
            for (int i = 0; i < rooms; i++) {
                curious.join(prefix + "." + i);
            }
            curious.send("{'type':'join','id':'over','room':'" + prefix + ".over'}");
            JsonObject error = curious.expect("error");
            assertThat(error.getString("name")).isEqualTo("limit");
            assertThat(error.getString("id")).isEqualTo("over");
            curious.send("{'type':'leave','id':'l','room':'" + prefix + ".0'}");
            curious.expect("left");
            curious.join(prefix + ".over");
        }
    }

    @Test
    void limitsConnectionsOfAUser() {
        String cookie = Guest.signIn("Everywhere");
        List<Guest> devices = new ArrayList<>();
        try {
            for (int i = 0; i < PER_USER; i++) {
                devices.add(Guest.withCookie(cookie));
            }
            try (TestClient over = TestClient.connect("/hub", List.of("parley.v1"), Guest.headers(cookie))) {
                assertThat(over.closeCode()).isEqualTo(4029);
            }
            devices.remove(0).close();
            Awaitility.await("a place")
                    .atMost(TestClient.LIMIT)
                    .ignoreExceptionsMatching(AssertionError.class::isInstance)
                    .until(() -> {
                        devices.add(Guest.withCookie(cookie));
                        return true;
                    });
        } finally {
            devices.forEach(Guest::close);
        }
    }

    @Test
    void answersOrSaysBusyToManyRequestsAtOnce() {
        String room = Guest.newRoom("busy-");
        try (Guest eager = Guest.named("Eager")) {
            eager.join(room);
            int requests = 500;
            for (int i = 0; i < requests; i++) {
                eager.send("{'type':'history','id':'" + i + "','room':'" + room + "','before':1}");
            }
            int busy = 0;
            for (int answers = 0; answers < requests; ) {
                JsonObject frame = eager.next();
                answers += frame.getString("type").equals("presence") ? 0 : 1;
                if (frame.getString("type").equals("error")) {
                    assertThat(frame.getString("name")).isEqualTo("busy");
                    assertThat(frame.getBoolean("retryable")).isTrue();
                    busy++;
                } else {
                    assertThat(frame.getString("type")).isIn("history", "presence");
                }
            }
            assertThat(busy).isLessThan(requests);
        }
    }
}

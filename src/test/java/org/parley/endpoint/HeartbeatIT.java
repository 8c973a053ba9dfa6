package org.parley.endpoint;

import java.time.Duration;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.RawSocket;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A peer that vanished without a close is found within two heartbeats, and others learn that it left. */
@ExtendWith(ArquillianExtension.class)
class HeartbeatIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void pingsAndThenEndsASilentPeer() {
        String room = Guest.newRoom("heartbeat-");
        try (Guest watcher = Guest.named("Watcher");
                RawSocket silent =
                        RawSocket.connect("/hub", "parley.v1", Guest.headers(Guest.signIn("Silent")), 64 << 10)) {
            Duration heartbeat = Duration.ofMillis(
                    watcher.welcome().getJsonNumber("heartbeatMs").longValue());
            watcher.join(room);
            long start = System.nanoTime();
            silent.patience(heartbeat.multipliedBy(4));
            silent.send("{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room + "\"}");
            silent.readText("\"joined\"");
            RawSocket.Frame frame = silent.read();
            while (!frame.isPing()) {
                frame = silent.read();
            }
            while (frame != null && !frame.isClose()) {
                frame = silent.read();
            }
            assertThat(frame).as("a close with its code before the end").isNotNull();
            assertThat(frame.code()).isEqualTo(4009);
            // How late it may be is the socket's patience above.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(heartbeat);
            await().atMost(Duration.ofSeconds(30)).until(() -> leftOf(watcher));
        }
    }

    /** The pushes of presence are the only frames that come to the watcher. */
    private static boolean leftOf(Guest watcher) {
        return !watcher.next().getJsonArray("left").isEmpty();
    }

    @Test
    void keepsWhoAnswers() {
        try (Guest answering = Guest.named("Answering");
                TestClient tutorial = TestClient.connect("/ws")) {
            Duration heartbeat = Duration.ofMillis(
                    answering.welcome().getJsonNumber("heartbeatMs").longValue());
            // Tyrus answers pings by itself; nothing else is said for three heartbeats.
            await().pollDelay(heartbeat.multipliedBy(3))
                    .atMost(heartbeat.multipliedBy(5))
                    .untilAsserted(() -> {
                        answering.send("{'type':'ping'}");
                        answering.expect("pong");
                    });
            tutorial.send("still here");
            tutorial.expectText("Message text was: still here");
        }
    }
}

package org.parley.sample;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.ParleyServer;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class ClientEndpointIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void tellsEverybodyIncludingTheSender() {
        try (var anna = join(1_596_980_209_979L);
                var ben = join(2)) {
            anna.send("<b>hello</b> 😀");
            anna.awaitText("You wrote: <b>hello</b> 😀");
            anna.awaitText("Client #1596980209979 says: <b>hello</b> 😀");
            ben.awaitText("Client #1596980209979 says: <b>hello</b> 😀");
        }
    }

    @Test
    void tellsWhoLeft() {
        try (var stays = join(3)) {
            join(4).leave();
            stays.awaitText("Client #4 left the chat");
        }
    }

    @Test
    void twoTabsWithOneNumberBothWork() {
        try (var first = join(5);
                var second = join(5)) {
            first.send("x");
            second.awaitText("Client #5 says: x");
            second.leave();
            first.awaitText("Client #5 left the chat");
            first.send("y");
            first.awaitText("You wrote: y");
            first.awaitText("Client #5 says: y");
        }
    }

    @Test
    void keepsTheOrderOfOneSender() {
        try (var sender = join(6);
                var reader = join(7)) {
            for (int i = 0; i < 100; i++) {
                sender.send("m" + i);
            }
            for (int i = 0; i < 100; i++) {
                sender.awaitText("You wrote: m" + i);
            }
            for (int i = 0; i < 100; i++) {
                reader.awaitText("Client #6 says: m" + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1.5", "9223372036854775808", "-", "+1", "0x1", "%D9%A1"})
    void closesWhenTheNumberIsNone(String client) {
        try (var refused = TestClient.connect("/ws/" + client)) {
            assertThat(refused.closeCode()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 0})
    void takesAnyLong(long id) {
        join(id).leave();
    }

    @Test
    void closesOnBytesAndOnTooMuch() {
        try (var bytes = join(8);
                var much = join(9)) {
            bytes.send(new byte[1]);
            assertThat(bytes.closeCode()).isEqualTo(1003);
            much.send("x".repeat(300_000));
            assertThat(much.closeCode()).isEqualTo(1009);
        }
    }

    /** Waits until it hears itself: it is in the room by then. */
    private static TestClient join(long id) {
        var client = TestClient.connect("/ws/" + id);
        client.send("here");
        client.awaitText("You wrote: here");
        client.awaitText("Client #" + id + " says: here");
        return client;
    }
}

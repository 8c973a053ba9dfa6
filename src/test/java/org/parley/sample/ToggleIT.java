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
class ToggleIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void everybodySeesTheSameSwitchInBothForms() {
        try (var plain = TestClient.connect("/ws/toggle");
                var json = TestClient.connect("/ws/toggle/json")) {
            assertThat(plain.nextText()).isIn("on", "off");
            assertThat(json.nextText()).isIn("{\"status\":\"on\"}", "{\"status\":\"off\"}");
            plain.send("on");
            plain.awaitText("on");
            json.awaitText("{\"status\":\"on\"}");
            json.send("{\"status\":\"off\"}");
            json.awaitText("{\"status\":\"off\"}");
            plain.awaitText("off");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void newcomersSeeHowItStands(String status) {
        try (var first = TestClient.connect("/ws/toggle")) {
            first.nextText();
            first.send(status);
            first.awaitText(status);
            try (var next = TestClient.connect("/ws/toggle");
                    var json = TestClient.connect("/ws/toggle/json")) {
                next.expectText(status);
                json.expectText("{\"status\":\"" + status + "\"}");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON", "", "toggle", "true", "{\"status\":\"on\"}"})
    void closesOnAnythingElse(String text) {
        try (var client = TestClient.connect("/ws/toggle")) {
            client.send(text);
            assertThat(client.closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"on", "", "{}", "[]", "null", "{\"status\":true}", "{\"status\":\"ON\"}", "{\"status\":\"on\"} x"
            })
    void closesOnAnythingElseInJson(String text) {
        try (var client = TestClient.connect("/ws/toggle/json")) {
            client.send(text);
            assertThat(client.closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/toggle", "/ws/toggle/json"})
    void closesOnBytesAndOnTooMuch(String path) {
        try (var bytes = TestClient.connect(path);
                var much = TestClient.connect(path)) {
            bytes.send(new byte[1]);
            assertThat(bytes.closeCode()).isEqualTo(1003);
            much.send("x".repeat(300_000));
            assertThat(much.closeCode()).isEqualTo(1009);
        }
    }
}

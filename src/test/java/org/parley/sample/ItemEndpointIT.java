package org.parley.sample;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.JdkClient;
import org.parley.ParleyServer;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class ItemEndpointIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void takesTheTokenWithoutCookie() {
        try (var client = TestClient.connect("/items/foo/ws?token=some-key-token")) {
            client.send("hi");
            client.expectText("Session cookie or query token value is: some-key-token");
            client.expectText("Message text was: hi, for item ID: foo");
        }
    }

    @Test
    void takesTheCookieBeforeTheToken() {
        try (var client = connect("/items/foo/ws?token=t&q=7", "a=b; session=from-cookie; c=d")) {
            client.send("hi");
            client.expectText("Session cookie or query token value is: from-cookie");
            client.expectText("Query parameter q is: 7");
            client.expectText("Message text was: hi, for item ID: foo");
        }
    }

    @Test
    void takesTheTokenWhenTheCookieIsEmpty() {
        try (var client = connect("/items/foo/ws?token=t", "session=")) {
            client.send("hi");
            client.expectText("Session cookie or query token value is: t");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?q=1", "?token=", "?tokens=x", "?token"})
    void closesWithoutCredential(String query) {
        try (var client = TestClient.connect("/items/foo/ws" + query)) {
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "1.5", "1e3", "0x10", "%20", "--1", "%D9%A1"})
    void closesWhenQIsNoInteger(String q) {
        try (var client = TestClient.connect("/items/foo/ws?token=t&q=" + q)) {
            assertThat(client.closeCode()).isEqualTo(1008);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-5,-5", "%2B5,5", "007,7", "123456789012345678901234567890,123456789012345678901234567890"})
    void takesAnyInteger(String q, String shown) {
        try (var client = TestClient.connect("/items/foo/ws?token=t&q=" + q)) {
            client.send("hi");
            client.expectText("Session cookie or query token value is: t");
            client.expectText("Query parameter q is: " + shown);
        }
    }

    @ParameterizedTest
    @CsvSource({"a%20b,a b", "gr%C3%B6%C3%9Fe,größe", "%3Cscript%3E,<script>", "a+b,a+b", "%25,%", "42,42"})
    void decodesTheItem(String path, String item) throws Exception {
        try (var client = JdkClient.connect("/items/" + path + "/ws?token=t")) {
            client.send("hi");
            client.awaitText("Message text was: hi, for item ID: " + item);
        }
    }

    @Test
    void decodesTheToken() {
        try (var client = TestClient.connect("/items/foo/ws?token=a%20%C3%B6+%26")) {
            client.send("hi");
            client.expectText("Session cookie or query token value is: a ö &");
        }
    }

    @Test
    void closesOnBytes() {
        try (var client = TestClient.connect("/items/foo/ws?token=t")) {
            client.send(new byte[1]);
            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void keepsHandshakesAtTheSameTimeApart() {
        IntStream.range(0, 200).parallel().forEach(i -> {
            try (var client = connect("/items/" + i + "/ws?q=" + i, "session=user-" + i)) {
                client.send("hi");
                client.expectText("Session cookie or query token value is: user-" + i);
                client.expectText("Query parameter q is: " + i);
                client.expectText("Message text was: hi, for item ID: " + i);
            }
        });
    }

    private static TestClient connect(String path, String cookies) {
        return TestClient.connect(path, List.of(), Map.of("Cookie", cookies));
    }
}

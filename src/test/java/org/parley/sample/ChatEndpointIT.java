package org.parley.sample;

import java.util.UUID;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.JdkClient;
import org.parley.ParleyServer;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class ChatEndpointIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private final String anna = "anna-" + UUID.randomUUID();
    private final String ben = "ben-" + UUID.randomUUID();

    @Test
    void tellsWhoComesWhatIsSaidAndWhoGoes() {
        try (var first = join(anna, anna)) {
            try (var second = join(ben, ben)) {
                first.awaitText(notice(ben + " has joined the chat"));
                second.send("{\"message\":\"hi \\\"you\\\" 😀\"}");
                String line = "{\"message\":\"" + ben + ": hi \\\"you\\\" 😀\",\"sender\":\"" + ben
                        + "\",\"type\":\"message\"}";
                first.awaitText(line);
                second.awaitText(line);
            }
            first.awaitText(notice(ben + " has left the chat"));
        }
    }

    @Test
    void twoTabsWithOneNameBothWork() {
        try (var first = join(anna, anna);
                var second = join(anna, anna)) {
            first.send("{\"message\":\"one\"}");
            second.awaitText(said(anna, "one"));
            second.leave();
            first.awaitText(notice(anna + " has left the chat"));
            first.send("{\"message\":\"two\"}");
            first.awaitText(said(anna, "two"));
        }
    }

    @Test
    void callsWhoHasNoNameAnonymous() {
        try (var nobody = TestClient.connect("/ws/chat")) {
            nobody.awaitText(notice("Anonymous has joined the chat"));
        }
    }

    @Test
    void carriesMarkupAsText() {
        try (var client = join("%3Cscript%3Ealert(1)%3C%2Fscript%3E" + anna, "<script>alert(1)</script>" + anna)) {
            client.send("{\"message\":7}");
            client.awaitText(said("<script>alert(1)</script>" + anna, "7"));
        }
    }

    @Test
    void takesANameOfTenThousandCharacters() throws Exception {
        String name = anna + "x".repeat(10_000);
        try (var client = JdkClient.connect("/ws/chat?username=" + name)) {
            client.awaitText(notice(name + " has joined the chat"));
            client.send("{\"message\":\"long\"}");
            client.awaitText(said(name, "long"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "{}", "[]", "null", "{\"message\":", "\"message\""})
    void closesOnWhatIsNoMessage(String text) {
        try (var client = join(anna, anna)) {
            client.send(text);
            assertThat(client.closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void closesOnBytesAndOnTooMuch() {
        try (var bytes = join(anna, anna);
                var much = join(ben, ben)) {
            bytes.send(new byte[1]);
            assertThat(bytes.closeCode()).isEqualTo(1003);
            much.send("x".repeat(300_000));
            assertThat(much.closeCode()).isEqualTo(1009);
        }
    }

    private static TestClient join(String encoded, String name) {
        var client = TestClient.connect("/ws/chat?username=" + encoded);
        client.awaitText(notice(name + " has joined the chat"));
        return client;
    }

    private static String notice(String text) {
        return "{\"message\":\"" + text + "\",\"sender\":\"Server\",\"type\":\"system\"}";
    }

    private static String said(String name, String text) {
        return "{\"message\":\"" + name + ": " + text + "\",\"sender\":\"" + name + "\",\"type\":\"message\"}";
    }
}

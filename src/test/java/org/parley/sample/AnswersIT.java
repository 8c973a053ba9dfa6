package org.parley.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.ParleyServer;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class AnswersIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static final String HARD = "größe 😀 \u0000 \u2028 <script>alert(1)</script>";

    @ParameterizedTest
    @CsvSource({"/ws,Message text was:", "/ws/echo,Echo:", "/ws/mixed,You sent a text message:"})
    void answersText(String path, String prefix) {
        try (var client = TestClient.connect(path)) {
            for (String text : new String[] {"hello", "", HARD, "x".repeat(100_000)}) {
                client.send(text);
                client.expectText(prefix + " " + text);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/ws,Message text was:", "/ws/echo,Echo:", "/ws/mixed,You sent a text message:"})
    void answersWhatCameTogetherInOrder(String path, String prefix) {
        List<String> texts = IntStream.range(0, 200)
                .mapToObj(i -> i + (i % 50 == 0 ? "x".repeat(100_000) : ""))
                .toList();
        try (var client = TestClient.connect(path)) {
            texts.forEach(client::send);
            texts.forEach(text -> client.expectText(prefix + " " + text));
        }
    }

    @ParameterizedTest
    @CsvSource({"/ws,Message text was:", "/ws/echo,Echo:"})
    void answersWhatCameBeforeAMistake(String path, String prefix) {
        try (var client = TestClient.connect(path)) {
            client.send("first");
            client.send("second");
            client.send(new byte[] {1});
            client.expectText(prefix + " first");
            client.expectText(prefix + " second");
            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws/echo", "/ws/json"})
    void closesOnBytesWhereItTakesText(String path) {
        try (var client = TestClient.connect(path)) {
            client.send(new byte[] {1});
            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/binary", "/ws/compressed"})
    void closesOnTextWhereItTakesBytes(String path) {
        try (var client = TestClient.connect(path)) {
            client.send("text");
            assertThat(client.closeCode()).isEqualTo(1003);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/ws/echo", "/ws/json", "/ws/mixed"})
    void closesOnTooMuchText(String path) {
        try (var client = TestClient.connect(path)) {
            client.send("x".repeat(300_000));
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws/binary", "/ws/mixed", "/ws/compressed"})
    void closesOnTooManyBytes(String path) {
        try (var client = TestClient.connect(path)) {
            client.send(new byte[300_000]);
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void countsBytesNotCharacters() {
        try (var client = TestClient.connect("/ws/echo")) {
            client.send("ä".repeat(131_072));
            client.expectText("Echo: " + "ä".repeat(131_072));
            client.send("ä".repeat(131_073));
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void takesExactlyTheLimit() {
        try (var client = TestClient.connect("/ws/echo")) {
            client.send("x".repeat(262_144));
            client.expectText("Echo: " + "x".repeat(262_144));
            client.send("x".repeat(262_145));
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void survivesFiftyMegabytesInOneMessage() {
        try (var client = TestClient.connect("/ws/echo")) {
            client.sendUnchecked("x".repeat(50_000_000));
            // Tyrus does not show us a frame beyond its buffer (web.xml) and closes with 1011 by itself.
            assertThat(client.closeCode()).isIn(ParleyServer.isWildFly() ? List.of(1006, 1009) : List.of(1006, 1011));
        }
        try (var next = TestClient.connect("/ws/echo")) {
            next.send("still there");
            next.expectText("Echo: still there");
        }
    }

    @Test
    void joinsFragments() {
        try (var client = TestClient.connect("/ws/mixed")) {
            client.sendParts("He", "", "l", "lo 😀");
            client.expectText("You sent a text message: Hello 😀");
            client.sendParts(new byte[3], new byte[0], new byte[4]);
            client.expectText("You sent a binary message of size 7 bytes");
            client.send("whole");
            client.expectText("You sent a text message: whole");
        }
    }

    @Test
    void countsFragmentsTogether() {
        String[] parts = new String[30];
        Arrays.fill(parts, "x".repeat(10_000));
        try (var client = TestClient.connect("/ws/echo")) {
            client.sendParts(parts);
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void answersPingsAlsoBetweenFragments() {
        try (var client = TestClient.connect("/ws/echo")) {
            client.ping("a");
            client.expect(new TestClient.Pong("a"));
            client.sendPart("Hel", false);
            client.ping("b");
            client.expect(new TestClient.Pong("b"));
            client.sendPart("lo", true);
            client.expectText("Echo: Hello");
        }
    }

    @Test
    void answersInOrder() {
        try (var client = TestClient.connect("/ws/echo")) {
            for (int i = 0; i < 1_000; i++) {
                client.send("message " + i);
            }
            for (int i = 0; i < 1_000; i++) {
                client.expectText("Echo: message " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"a\":1,\"b\":[1,2]}|2",
                "[1,2,3]|3",
                "\"größe\"|5",
                "\"😀\"|1",
                "7|0",
                "null|0",
                "true|0",
                "{}|0",
                "[]|0",
                "12345678901234567890.5|0",
                "1E+400|0",
                "{\"a\":null}|1"
            })
    void answersJson(String json, int size) {
        try (var client = TestClient.connect("/ws/json")) {
            client.send(json);
            client.expectText("{\"original_message\":" + json + ",\"response\":\"Server received your JSON with " + size
                    + " fields\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no", "{", "{} {}", "[1,]", "{\"a\":}", "nan", "'a'", "\uFEFF{}"})
    void saysSoWhenItIsNotJson(String text) {
        try (var client = TestClient.connect("/ws/json")) {
            client.send(text);
            client.expectText("Error: Invalid JSON format");
            client.send("{}");
            assertThat(client.nextText()).contains("with 0 fields");
        }
    }

    @Test
    void boundsWhatJsonCosts() {
        try (var client = TestClient.connect("/ws/json")) {
            for (String attack : new String[] {"[".repeat(200_000), "1".repeat(200_000), "1e999999999"}) {
                client.send(attack);
                client.expectText("Error: Invalid JSON format");
            }
        }
    }

    @Test
    void answersBytes() {
        try (var client = TestClient.connect("/ws/binary")) {
            for (int size : new int[] {0, 1, 15, 16, 1_000, 262_144}) {
                byte[] bytes = new byte[size];
                for (int i = 0; i < size; i++) {
                    bytes[i] = (byte) (i * 31);
                }
                String base64 = Base64.getEncoder().encodeToString(bytes);
                client.send(bytes);
                client.expectText("Received binary data of size " + size + " bytes. First 20 bytes in base64: "
                        + base64.substring(0, Math.min(20, base64.length())) + "...");
                client.expectBinary(bytes);
            }
        }
    }

    @Test
    void keepsBytesApartWhenManyAreUnderWay() {
        try (var client = TestClient.connect("/ws/binary")) {
            for (int i = 0; i < 100; i++) {
                client.send(new byte[] {(byte) i, 1, 2, 3});
            }
            for (int i = 0; i < 100; i++) {
                assertThat(client.nextText()).startsWith("Received binary data of size 4 bytes.");
                client.expectBinary(new byte[] {(byte) i, 1, 2, 3});
            }
        }
    }

    @Test
    void answersMixed() {
        try (var client = TestClient.connect("/ws/mixed")) {
            client.send(new byte[5]);
            client.expectText("You sent a binary message of size 5 bytes");
            client.send("5");
            client.expectText("You sent a text message: 5");
            client.send(new byte[0]);
            client.expectText("You sent a binary message of size 0 bytes");
        }
    }

    @Test
    void answersZlib() throws IOException {
        byte[] zlib = zlib("to be or not to be, ".repeat(50).getBytes(StandardCharsets.UTF_8));
        String ratio = zlib.length < 35 ? "0.03" : "0.04";
        try (var client = TestClient.connect("/ws/compressed")) {
            client.send(zlib);
            client.expectText("{\"status\":\"success\",\"message\":\"Received and decompressed " + zlib.length
                    + " bytes into 1000 bytes\",\"compression_ratio\":\"" + ratio + "\"}");
        }
    }

    @Test
    void saysSoWhenItIsNotZlibOrABomb() throws IOException {
        byte[] good = zlib(new byte[1_000]);
        byte[] cut = Arrays.copyOf(good, good.length - 6);
        byte[] bomb = zlib(new byte[(16 << 20) + 1]);
        String failed = "{\"status\":\"error\",\"message\":\"Failed to decompress data\"}";
        try (var client = TestClient.connect("/ws/compressed")) {
            for (byte[] bad : new byte[][] {{}, {1, 2, 3}, "text".getBytes(StandardCharsets.UTF_8), cut, bomb}) {
                client.send(bad);
                client.expectText(failed);
            }
            client.send(zlib(new byte[16 << 20]));
            assertThat(client.nextText()).contains("into 16777216 bytes");
        }
    }

    private static byte[] zlib(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION))) {
            deflater.write(plain);
        }
        return bytes.toByteArray();
    }
}

package org.parley.endpoint;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.RawSocket;
import org.parley.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** One reader stops reading: the others have every message, the slow one is sent away and catches up from the log. */
@ExtendWith(ArquillianExtension.class)
class SlowConsumerIT {
    /** Fewer than may be published at once, and together far more than any buffer on the way. */
    private static final int MESSAGES = 180;

    private static final String BODY = "x".repeat(128 << 10);

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void costsNobodyAnythingAndLosesNothing() {
        String room = Guest.newRoom("slow-");
        String slowCookie = Guest.signIn("Slow");
        List<Guest> readers =
                IntStream.range(0, 5).mapToObj(i -> Guest.named("Reader " + i)).toList();
        try (Guest publisher = Guest.named("Publisher");
                RawSocket slow = RawSocket.connect("/hub", "parley.v1", Guest.headers(slowCookie), 4 << 10)) {
            String epoch = publisher.join(room).getString("epoch");
            readers.forEach(reader -> reader.join(room));
            slow.send("{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room + "\"}");
            slow.readText("\"joined\"");
            for (int i = 0; i < MESSAGES; i++) {
                publishAndWait(publisher, room, i);
            }
            for (Guest reader : readers) {
                assertThat(seqsOf(reader, MESSAGES)).as("a reader beside").isEqualTo(oneTo(MESSAGES));
                reader.close();
            }
            assertThat(endOf(slow)).as("how the slow reader was sent away").isIn(4008, 0);
            assertThat(resume(slowCookie, room, epoch)).isEqualTo(oneTo(MESSAGES));
        }
    }

    private static void publishAndWait(Guest publisher, String room, int i) {
        publisher.sendPublish(room, "m" + i, BODY);
        JsonObject frame;
        do {
            frame = publisher.next();
            assertThat(frame.getString("type")).isIn("ack", "messages", "presence");
        } while (!frame.getString("type").equals("ack"));
    }

    /** Reads what the kernel still has for it; 0 if the server's close did not make it through the full buffers. */
    private static int endOf(RawSocket slow) {
        slow.patience(Duration.ofSeconds(40));
        RawSocket.Frame frame = slow.read();
        while (frame != null && !frame.isClose()) {
            frame = slow.read();
        }
        return frame == null ? 0 : frame.code();
    }

    private static List<Integer> resume(String cookie, String room, String epoch) {
        try (Guest back = Guest.withCookie(cookie)) {
            back.send("{'type':'join','id':'r','room':'" + room + "','since':{'epoch':'" + epoch + "','seq':0}}");
            JsonObject page = back.expect("joined");
            List<Integer> seqs = new ArrayList<>(seqs(page));
            assertThat(page.getBoolean("recovered")).isTrue();
            while (page.getBoolean("more")) {
                back.send(
                        "{'type':'history','id':'h','room':'" + room + "','after':" + seqs.get(seqs.size() - 1) + "}");
                page = back.expect("history");
                assertThat(page.getBoolean("recovered")).isTrue();
                seqs.addAll(seqs(page));
            }
            return seqs;
        }
    }

    private static List<Integer> seqsOf(Guest reader, int count) {
        List<Integer> seqs = new ArrayList<>();
        while (seqs.size() < count) {
            TestClient.Received received = reader.client().next(Duration.ofSeconds(30));
            String text = ((TestClient.Text) received).text();
            JsonObject frame = Json.createReader(new StringReader(text)).readObject();
            if (frame.getString("type").equals("messages")) {
                seqs.addAll(seqs(frame));
            }
        }
        return seqs;
    }

    private static List<Integer> seqs(JsonObject frame) {
        return frame.getJsonArray("messages").stream()
                .map(JsonValue::asJsonObject)
                .map(message -> message.getInt("seq"))
                .toList();
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}

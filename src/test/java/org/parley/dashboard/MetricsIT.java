package org.parley.dashboard;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestClient;
import org.parley.TestTokens;
import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/** What {@code /metrics} says after a known load is that load: no other test runs at the same time. */
@ExtendWith(ArquillianExtension.class)
class MetricsIT {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+(?:\\{[^}]*\\})?) (\\S+)$");
    private static final int MESSAGES = 40;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    /** A connection that counts the payload of every frame in both directions. */
    private static final class Counting implements AutoCloseable {
        private final TestClient client =
                TestClient.connect("/hub", List.of("parley.v1"), Guest.headers(Guest.signIn("Counting")));
        private long sent;
        private long received;

        Counting() {
            expect("welcome");
        }

        void send(String frame) {
            String text = frame.replace('\'', '"');
            sent += bytes(text);
            client.send(text);
        }

        String expect(String type) {
            while (true) {
                String frame = client.nextText();
                received += bytes(frame);
                if (frame.contains("\"type\":\"" + type + "\"")) {
                    return frame;
                }
            }
        }

        String join(String room, String since) {
            send("{'type':'join','id':'j','room':'" + room + "'" + since + "}");
            return expect("joined");
        }

        /** Takes what has come meanwhile. */
        long received() {
            while (client.received() > 0) {
                received += bytes(client.nextText());
            }
            return received;
        }

        private static long bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static Map<String, Double> scrape() {
        HttpResponse<String> answer = ParleyServer.get("/metrics");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain")
                .contains("version=0.0.4");
        Map<String, Double> samples = new TreeMap<>();
        SAMPLE.matcher(answer.body())
                .results()
                .forEach(sample -> samples.put(sample.group(1), Double.valueOf(sample.group(2))));
        return samples;
    }

    /** The samples that are not what they were, and by how much, timings left out. */
    private static Map<String, Double> since(Map<String, Double> before) {
        Map<String, Double> changed = new TreeMap<>();
        scrape().forEach((name, value) -> {
            double difference = value - before.getOrDefault(name, 0.0);
            if (difference != 0 && name.startsWith("parley_") && !name.contains("seconds") && !name.contains("batch")) {
                changed.put(name, difference);
            }
        });
        return changed;
    }

    @Test
    void countsExactlyWhatWasSent() {
        String room = Guest.newRoom("counted-");
        awaitNobody();
        Map<String, Double> before = scrape();
        Map<String, Double> after;
        try (Counting ada = new Counting();
                Counting bob = new Counting();
                Counting eve = new Counting()) {
            String joined = ada.join(room, "");
            bob.join(room, "");
            String epoch = joined.replaceAll(".*\"epoch\":\"([^\"]+)\".*", "$1");
            eve.join(room, ",'since':{'epoch':'" + epoch + "','seq':0}");
            eve.join(room, ",'since':{'epoch':'another','seq':7}");
            for (int i = 0; i < MESSAGES; i++) {
                ada.send("{'type':'publish','id':'m" + i + "','room':'" + room
                        + "','kind':'text','body':{'text':'Grüße " + i + "'}}");
                ada.expect("ack");
            }
            ada.send("{'type':'publish','id':'x','room':'elsewhere','kind':'text','body':{'text':'lost'}}");
            ada.expect("error");
            ada.send("no JSON");
            ada.expect("error");
            List<Counting> all = List.of(ada, bob, eve);
            double deliveries = 3.0 * MESSAGES;
            Awaitility.await("all deliveries, all of their bytes, and the presence")
                    .atMost(TestClient.LIMIT)
                    .untilAsserted(() -> assertThat(since(before))
                            .contains(
                                    entry("parley_deliveries_total", deliveries),
                                    entry("parley_sent_bytes_total", (double) all.stream()
                                            .mapToLong(Counting::received)
                                            .sum())));
            after = since(before);
            assertThat(after)
                    .contains(
                            entry("parley_connections", 3.0),
                            entry("parley_rooms", 1.0),
                            entry("parley_joins_total", 4.0),
                            entry("parley_resumes_total", 2.0),
                            entry("parley_resumes_unrecovered_total", 1.0),
                            entry("parley_publishes_total", (double) MESSAGES),
                            entry("parley_deliveries_total", deliveries),
                            entry("parley_errors_total{code=\"not-joined\"}", 1.0),
                            entry("parley_errors_total{code=\"malformed\"}", 1.0),
                            entry("parley_received_bytes_total", (double)
                                    all.stream().mapToLong(one -> one.sent).sum()));
            assertThat(after.keySet())
                    .filteredOn(name -> name.contains("errors"))
                    .hasSize(2);
        }
        awaitNobody();
        assertThat(since(before)).contains(entry("parley_disconnects_total{reason=\"peer\"}", 3.0));
        Map<String, Double> now = scrape();
        assertThat(now.get("parley_append_batch_messages_sum") - before.get("parley_append_batch_messages_sum"))
                .isEqualTo(MESSAGES);
        assertThat(now.get("parley_append_seconds_count") - before.get("parley_append_seconds_count"))
                .as("one at a time, so one batch each")
                .isEqualTo(MESSAGES);
        assertThat(now.get("parley_delivery_seconds_count") - before.get("parley_delivery_seconds_count"))
                .isBetween(1.0, (double) MESSAGES);
        assertThat(now.get("parley_delivery_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(now.get("parley_delivery_seconds_count"));
    }

    /** Earlier tests' connections may end a moment after them. */
    private static void awaitNobody() {
        Awaitility.await("an idle server")
                .atMost(TestClient.LIMIT)
                .until(() -> scrape().get("parley_connections") == 0);
    }

    @Test
    void tellsOfTheMachineAndOfWhatParleyNeeds() {
        Map<String, Double> samples = scrape();
        assertThat(samples).contains(entry("parley_database_up", 1.0), entry("parley_backplane_up", 1.0));
        assertThat(samples.get("jvm_heap_used_bytes")).isGreaterThan(1 << 20);
        assertThat(samples.get("jvm_threads")).isGreaterThan(10);
        assertThat(samples.get("jvm_gc_collections_total")).isPositive();
        assertThat(samples).containsKeys("process_cpu_ratio", "parley_outbox_longest_bytes", "jvm_gc_seconds_total");
        assertThat(samples.keySet()).noneMatch(name -> name.contains("room=") || name.contains("user="));
    }

    /** A histogram is in the document by its name alone. */
    @Test
    void hasEveryMetricThatTheDocumentNamesAndNoOther() throws IOException {
        Set<String> documented = new TreeSet<>();
        Pattern.compile("(?m)^\\| (`(?:parley|jvm|process)_[^|]+) \\|")
                .matcher(Files.readString(Path.of("src/doc/operations.md")))
                .results()
                .flatMap(
                        row -> Pattern.compile("`(\\w+)`").matcher(row.group(1)).results())
                .forEach(name -> documented.add(name.group(1)));
        Set<String> scraped = scrape().keySet().stream()
                .map(name -> name.replaceAll("\\{.*", ""))
                .map(name -> name.replaceAll("(_seconds|_messages)_(bucket|count|sum|max)$", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isEqualTo(scraped);
    }

    @Test
    void tellsStrangersNothing() {
        HttpRequest.Builder proxied =
                HttpRequest.newBuilder(ParleyServer.http("/metrics")).header("X-Forwarded-For", "203.0.113.9");
        assertThat(ParleyServer.send(proxied).statusCode()).isEqualTo(403);
        HttpRequest.Builder user = proxied.header("Authorization", "Bearer " + TestTokens.of("metrics-reader"));
        assertThat(ParleyServer.send(user).statusCode()).isEqualTo(403);
        HttpRequest.Builder admin = HttpRequest.newBuilder(ParleyServer.http("/metrics"))
                .header("X-Forwarded-For", "203.0.113.9")
                .header("Authorization", "Bearer " + TestTokens.admin("prometheus"));
        assertThat(ParleyServer.send(admin).statusCode()).isEqualTo(200);
        HttpRequest.Builder below =
                HttpRequest.newBuilder(ParleyServer.http("/metrics/base")).header("X-Forwarded-For", "203.0.113.9");
        assertThat(ParleyServer.send(below).statusCode()).isIn(403, 404);
    }
}

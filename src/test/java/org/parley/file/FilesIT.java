package org.parley.file;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestTokens;
import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code /files} on the real server: what goes well, and every way in which it can go wrong. */
@ExtendWith(ArquillianExtension.class)
class FilesIT {
    private static final int CHUNK = 128 << 10;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    @Test
    void storesAFileTellsTheRoomAndGivesItBack() {
        byte[] content = Contents.random(1, 10 * CHUNK + 17);
        String room = Guest.newRoom("files-");
        String cookie = Guest.signIn("Ada");
        try (Guest reader = Guest.named("Grace");
                FileClient ada = FileClient.of(cookie)) {
            reader.join(room);
            FileClient.Frame welcome = ada.expect(FileClient.WELCOME);
            assertThat(welcome.header().getJsonObject("limits").getInt("transfers"))
                    .isEqualTo(8);
            FileClient.Frame stored = ada.upload(room, "Übersicht.pdf", content);
            assertThat(stored.string("sha256")).isEqualTo(Contents.sha256(content));

            JsonObject message =
                    reader.expect("messages").getJsonArray("messages").getJsonObject(0);
            assertThat(message.getString("kind")).isEqualTo("file");
            assertThat(message.getString("id")).isEqualTo(stored.string("message"));
            assertThat(message.getInt("seq")).isEqualTo(stored.number("seq"));
            JsonObject body = message.getJsonObject("body");
            assertThat(body.getString("file")).isEqualTo(stored.string("file"));
            assertThat(body.getString("name")).isEqualTo("Übersicht.pdf");
            assertThat(body.getString("sha256")).isEqualTo(Contents.sha256(content));
            assertThat(body.getInt("size")).isEqualTo(content.length);

            try (FileClient grace = FileClient.of(reader.cookie())) {
                grace.expect(FileClient.WELCOME);
                assertThat(grace.download(stored.string("file"), 0)).isEqualTo(content);
                int offset = 3 * CHUNK + 5;
                assertThat(grace.download(stored.string("file"), offset))
                        .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
            }
        }
    }

    @Test
    void givesAFileOverHttp() {
        byte[] content = Contents.random(2, 3 * CHUNK + 99);
        String cookie = Guest.signIn("Ada");
        String file;
        try (FileClient ada = FileClient.of(cookie)) {
            ada.expect(FileClient.WELCOME);
            file = ada.upload(Guest.newRoom("files-"), "../ré\u202egnp.exe..", content)
                    .string("file");
        }
        HttpResponse<byte[]> whole = get(file, cookie);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(content);
        HttpHeaders headers = whole.headers();
        assertThat(headers.firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"_r__gnp.exe\"; filename*=UTF-8''_r%C3%A9_gnp.exe");
        assertThat(headers.firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Content-Security-Policy")).hasValue("default-src 'none'; sandbox");
        String tag = headers.firstValue("ETag").orElseThrow();
        assertThat(tag).isEqualTo("\"" + Contents.sha256(content) + "\"");
        assertThat(headers.firstValueAsLong("Content-Length")).hasValue(content.length);

        HttpResponse<byte[]> part = get(file, cookie, "Range", "bytes=131000-262200");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 131_000, 262_201));
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 131000-262200/" + content.length);
        assertThat(get(file, cookie, "Range", "bytes=-7").body())
                .isEqualTo(Arrays.copyOfRange(content, content.length - 7, content.length));
        assertThat(get(file, cookie, "Range", "bytes=393000-").body())
                .isEqualTo(Arrays.copyOfRange(content, 393_000, content.length));
        HttpResponse<byte[]> beyond = get(file, cookie, "Range", "bytes=" + content.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).hasValue("bytes */" + content.length);
        assertThat(get(file, cookie, "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);
        assertThat(get(file, cookie, "Range", "bytes=0-9", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(get(file, cookie, "Range", "bytes=0-9", "If-Range", "\"another\"")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(file, cookie, "If-None-Match", tag).statusCode()).isEqualTo(304);

        HttpResponse<byte[]> head = send(request(file, cookie).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void givesAnEmptyFile() {
        String cookie = Guest.signIn("Ada");
        try (FileClient ada = FileClient.of(cookie)) {
            ada.expect(FileClient.WELCOME);
            String file =
                    ada.upload(Guest.newRoom("files-"), "empty", new byte[0]).string("file");
            assertThat(ada.download(file, 0)).isEmpty();
            HttpResponse<byte[]> answer = get(file, cookie);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void givesNothingToStrangers() {
        String file;
        String cookie = Guest.signIn("Ada");
        try (FileClient ada = FileClient.of(cookie)) {
            ada.expect(FileClient.WELCOME);
            file = ada.upload("team-" + Guest.newRoom("x"), "secret.txt", new byte[10])
                    .string("file");
        }
        HttpResponse<byte[]> nobody = send(HttpRequest.newBuilder(ParleyServer.http("/api/files/" + file)));
        assertThat(nobody.statusCode()).isEqualTo(401);
        String elsewhere = TestTokens.of("visitor", Map.of("lobby", "rw"));
        HttpResponse<byte[]> outsider = send(HttpRequest.newBuilder(ParleyServer.http("/api/files/" + file))
                .header("Authorization", "Bearer " + elsewhere));
        assertThat(outsider.statusCode()).isEqualTo(404);
        for (String id : new String[] {"nothing", "..%2f..%2fetc", file + "x", "%00", ""}) {
            assertThat(get(id, cookie).statusCode()).as(id).isIn(400, 404);
        }
        try (FileClient visitor =
                new FileClient(ParleyServer.ws("/files"), Map.of("Authorization", "Bearer " + elsewhere))) {
            visitor.expect(FileClient.WELCOME);
            assertThat(visitor.open(file, 0).string("name")).isEqualTo("no-file");
            assertThat(visitor.begin("team-other", "a.txt", 5).string("name")).isEqualTo("forbidden");
            assertThat(visitor.begin("lobby", "a.txt", 5).type()).isEqualTo(FileClient.READY);
        }
    }

    private static HttpRequest.Builder request(String file, String cookie) {
        return HttpRequest.newBuilder(ParleyServer.http("/api/files/" + file)).header("Cookie", cookie);
    }

    private static HttpResponse<byte[]> get(String file, String cookie, String... headers) {
        HttpRequest.Builder request = request(file, cookie);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

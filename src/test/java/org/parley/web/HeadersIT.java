package org.parley.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.ParleyServer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class HeadersIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(ParleyServer.http(path));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static void assertGuarded(HttpResponse<?> answer) {
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly(SecurityHeaders.CONTENT_SECURITY_POLICY);
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-cache");
        assertThat(answer.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
    }

    @ParameterizedTest
    @CsvSource({
        "/,text/html",
        "/index.html,text/html",
        "/playground,text/html",
        "/js/client/parley.js,javascript",
        "/css/parley.css,text/css",
        "/img/parley.svg,image/svg+xml",
        "/lib/lit-html/lit-html.js,javascript"
    })
    void answersAConditionByContentAlone(String path, String type) {
        HttpResponse<String> first = ParleyServer.get(path);
        assertThat(first.statusCode()).isEqualTo(200);
        assertGuarded(first);
        assertThat(header(first, "Content-Type")).contains(type);
        assertThat(header(first, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(first, "Last-Modified")).isEmpty();
        String tag = header(first, "ETag");
        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");

        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            HttpResponse<String> again = ParleyServer.send(at(path).header("If-None-Match", known));
            assertThat(again.statusCode()).as(known).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(header(again, "ETag")).isEqualTo(tag);
            assertThat(header(again, "Vary")).isEqualTo("Accept-Encoding");
            assertGuarded(again);
        }
        HttpResponse<String> changed = ParleyServer.send(at(path).header("If-None-Match", "\"other\"")
                .header("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(first.body());
    }

    @Test
    void givesDifferentFilesDifferentTags() {
        assertThat(header(ParleyServer.get("/"), "ETag"))
                .isEqualTo(header(ParleyServer.get("/index.html"), "ETag"))
                .isNotEqualTo(header(ParleyServer.get("/playground.html"), "ETag"));
    }

    @Test
    void ignoresTheTimeOfAFileAndRanges() {
        HttpResponse<String> whole = ParleyServer.get("/css/parley.css");
        for (String[] condition : new String[][] {
            {"If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"},
            {"If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"},
            {"If-Match", "\"other\""},
            {"Range", "bytes=0-9"}
        }) {
            HttpResponse<String> answer =
                    ParleyServer.send(at("/css/parley.css").header(condition[0], condition[1]));
            assertThat(answer.statusCode()).as(condition[0]).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(whole.body());
        }
    }

    @Test
    void tellsTheSameOfAHead() {
        HttpResponse<String> head =
                ParleyServer.send(at("/css/parley.css").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(ParleyServer.get("/css/parley.css"), "ETag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/css/parley.css", "/js/client/connection.js", "/lib/lit-html/lit-html.js"})
    void compressesTextsUnderATagOfTheirOwn(String path) throws Exception {
        HttpResponse<String> plain = ParleyServer.get(path);
        HttpResponse<byte[]> packed = bytes(at(path).header("Accept-Encoding", "br, gzip"));
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
        assertThat(header(packed, "ETag")).isEqualTo(header(plain, "ETag").replaceAll("\"$", "-gzip\""));
        assertGuarded(packed);
        assertThat(packed.body().length).isLessThan(plain.body().length() / 2);
        assertThat(unpacked(packed.body())).isEqualTo(plain.body());
        HttpResponse<byte[]> again =
                bytes(at(path).header("Accept-Encoding", "gzip").header("If-None-Match", header(packed, "ETag")));
        assertThat(again.statusCode()).isEqualTo(304);
        HttpResponse<byte[]> unwanted = bytes(at(path).header("Accept-Encoding", "gzip;q=0"));
        assertThat(header(unwanted, "ETag")).isEqualTo(header(plain, "ETag"));
    }

    @Test
    void compressesNoAnswerOfTheApi() throws Exception {
        assertThat(header(bytes(at("/api/session").header("Accept-Encoding", "gzip")), "Content-Encoding"))
                .isEmpty();
    }

    private static HttpResponse<byte[]> bytes(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String unpacked(byte[] body) throws IOException {
        try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(unpacking.readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/a/b/c.js", "/index.jsp", "/error", "/ws/nothing"})
    void showsItsOwnPageForWhatIsNotThere(String path) {
        HttpResponse<String> answer = ParleyServer.send(at(path).header("If-None-Match", "*"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertPage(answer, "There is nothing here");
    }

    @Test
    void showsItsOwnPageForAPostToNothing() {
        HttpResponse<String> answer =
                ParleyServer.send(at("/nothing").POST(HttpRequest.BodyPublishers.ofString("a=b")));
        // Undertow's file servlet refuses the method, Payara's looks for the file.
        assertThat(answer.statusCode()).isEqualTo(ParleyServer.isWildFly() ? 405 : 404);
        assertPage(answer, ParleyServer.isWildFly() ? "This does not work here" : "There is nothing here");
    }

    @Test
    void answersBelowTheApiWithAProblem() {
        HttpResponse<String> answer = ParleyServer.get("/api/nothing");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertGuarded(answer);
        assertThat(header(answer, "Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"name\":\"not-found\"");
    }

    static void assertPage(HttpResponse<String> answer, String title) {
        assertGuarded(answer);
        assertThat(header(answer, "Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(header(answer, "ETag")).isEmpty();
        assertThat(answer.body())
                .contains("<h1>" + title + "</h1>", "href=\"/css/error.css\"")
                .doesNotContainIgnoringCase("payara")
                .doesNotContainIgnoringCase("wildfly")
                .doesNotContain("{", "\tat ", "Exception");
    }
}

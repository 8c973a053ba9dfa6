package org.parley.web;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.parley.ParleyServer;
import org.parley.TestTokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(ArquillianExtension.class)
class SessionIT {
    private static final String JSON = "application/json";

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static HttpRequest.Builder session() {
        return HttpRequest.newBuilder(ParleyServer.http("/api/session"));
    }

    private static HttpRequest.Builder fromOwnPage() {
        return session().header("Origin", ParleyServer.http("").toString());
    }

    private static HttpRequest.Builder post(String type, String body) {
        return fromOwnPage().header("Content-Type", type).POST(BodyPublishers.ofString(body));
    }

    private static String name(String name) {
        return Json.createObjectBuilder().add("name", name).build().toString();
    }

    private static HttpResponse<String> signIn(String name) {
        HttpResponse<String> answer = ParleyServer.send(post(JSON, name(name)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static String setCookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow();
    }

    private static String cookie(HttpResponse<String> answer) {
        return setCookie(answer).split(";")[0];
    }

    private static JsonObject json(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String name) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        JsonObject problem = json(answer);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("name")).isEqualTo(name);
        assertThat(problem.getString("detail")).isNotBlank().doesNotContain("org.", "jakarta.");
        if (status == 401) {
            assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    void signsInWithACookieThatNoScriptAndNoOtherSiteGets() {
        HttpResponse<String> answer = signIn("Ada");
        JsonObject user = json(answer).getJsonObject("user");
        assertThat(user.getString("id")).startsWith("guest:");
        assertThat(user.getString("name")).isEqualTo("Ada");
        assertThat(user.getBoolean("guest")).isTrue();
        assertThat(json(answer).getJsonNumber("expires").longValue()).isGreaterThan(System.currentTimeMillis());
        String[] attributes =
                setCookie(answer).toLowerCase(java.util.Locale.ROOT).split("; ?");
        assertThat(attributes[0]).startsWith("parley=");
        assertThat(attributes)
                .contains("path=/", "httponly", "samesite=strict", "max-age=15552000")
                .doesNotContain("secure");
    }

    @Test
    void saysWhoIAmWithOrWithoutOrigin() {
        HttpResponse<String> in = signIn("Bo");
        for (HttpRequest.Builder asking : new HttpRequest.Builder[] {session(), fromOwnPage()}) {
            HttpResponse<String> who =
                    ParleyServer.send(asking.header("Cookie", cookie(in)).GET());
            assertThat(who.statusCode()).isEqualTo(200);
            assertThat(json(who)).isEqualTo(json(in));
        }
    }

    @Test
    void renamesAGuestWhoStaysTheSame() {
        HttpResponse<String> in = signIn("Cy");
        HttpResponse<String> renamed =
                ParleyServer.send(post(JSON, name("Cyrus Ünal")).header("Cookie", cookie(in)));
        assertThat(renamed.statusCode()).isEqualTo(200);
        JsonObject user = json(renamed).getJsonObject("user");
        assertThat(user.getString("id"))
                .isEqualTo(json(in).getJsonObject("user").getString("id"));
        assertThat(user.getString("name")).isEqualTo("Cyrus Ünal");
        HttpResponse<String> who = ParleyServer.send(session().header("Cookie", cookie(renamed)));
        assertThat(json(who).getJsonObject("user")).isEqualTo(user);
    }

    @Test
    void signsOutForGood() {
        HttpResponse<String> in = signIn("Di");
        HttpResponse<String> out =
                ParleyServer.send(fromOwnPage().header("Cookie", cookie(in)).DELETE());
        assertThat(out.statusCode()).isEqualTo(204);
        assertThat(setCookie(out).toLowerCase(java.util.Locale.ROOT))
                .startsWith("parley=")
                .contains("max-age=0", "path=/");
        assertProblem(ParleyServer.send(session().header("Cookie", cookie(in))), 401, "revoked");
    }

    @Test
    void saysWhyNobodyIsSignedIn() {
        HttpResponse<String> nobody = ParleyServer.send(session());
        assertThat(nobody.statusCode()).isEqualTo(200);
        assertThat(nobody.body()).isEqualTo("{\"user\":null}");
        assertProblem(ParleyServer.send(session().header("Cookie", "parley=forged")), 401, "invalid");
        assertProblem(
                ParleyServer.send(session().header("Authorization", "Bearer " + TestTokens.expired("old"))),
                401,
                "expired");
        assertProblem(
                ParleyServer.send(session().header("Authorization", "Bearer " + TestTokens.of("forged") + "x")),
                401,
                "invalid");
    }

    @Test
    void letsATokenSpeakForItself() {
        String bearer = "Bearer " + TestTokens.of("eve");
        HttpResponse<String> who = ParleyServer.send(session().header("Authorization", bearer));
        assertThat(json(who).getJsonObject("user").getString("id")).isEqualTo("user::eve");
        assertProblem(ParleyServer.send(post(JSON, name("Eve")).header("Authorization", bearer)), 409, "token");
        assertProblem(
                ParleyServer.send(fromOwnPage().header("Authorization", bearer).DELETE()), 409, "token");
    }

    @Test
    void refusesAnotherSitesPage() {
        assertProblem(
                ParleyServer.send(session()
                        .header("Origin", "http://evil.example")
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofString(name("Mallory")))),
                403,
                "origin");
    }

    @Test
    void readsJsonOnly() {
        assertProblem(ParleyServer.send(post("text/plain", name("Flo"))), 415, "unsupported-media-type");
        assertProblem(
                ParleyServer.send(fromOwnPage().POST(BodyPublishers.ofString(name("Flo")))),
                415,
                "unsupported-media-type");
        for (String body : new String[] {
            "", "{", "null", "[]", "\"Flo\"", "{\"name\":\"Flo\"} {}", "{\"name\":\"\\ud800\"}", "[".repeat(1_000)
        }) {
            assertProblem(ParleyServer.send(post(JSON, body)), 400, "malformed");
        }
        assertProblem(
                ParleyServer.send(fromOwnPage()
                        .header("Content-Type", JSON)
                        .POST(BodyPublishers.ofByteArray("{\"name\":\"Flö\"}".getBytes(ISO_8859_1)))),
                400,
                "malformed");
        assertProblem(ParleyServer.send(post(JSON, "{\"name\":1}")), 400, "name-missing");
        assertProblem(ParleyServer.send(post(JSON, name(" "))), 400, "name-not-allowed");
        assertProblem(ParleyServer.send(post(JSON, name("x".repeat(2_000)))), 413, "too-large");
    }

    @Test
    void keepsTheMethodsThatItKnows() {
        HttpResponse<String> answer =
                ParleyServer.send(fromOwnPage().header("Content-Type", JSON).PUT(BodyPublishers.ofString(name("Gus"))));
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(answer.headers().firstValue("Allow").orElseThrow()).contains("GET", "POST", "DELETE");
    }

    /** From an address of its own, so that the other tests, from 127.0.0.1, may go on signing in. */
    @Test
    void slowsDownAnAddressThatSignsInTooOften() throws IOException {
        InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 77});
        String refused = Stream.generate(() -> signInFrom(address))
                .limit(200)
                .filter(answer -> !answer.startsWith("HTTP/1.1 201"))
                .findFirst()
                .orElseThrow();
        assertThat(refused).startsWith("HTTP/1.1 429").contains("\"name\":\"too-many-requests\",\"retryable\":true");
        assertThat(refused.lines().filter(line -> line.matches("(?i)retry-after: [1-9]\\d*")))
                .hasSize(1);
    }

    private static String signInFrom(InetAddress local) {
        String body = name("Hal");
        String request = "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:" + ParleyServer.port()
                + "\r\nOrigin: " + ParleyServer.http("") + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ParleyServer.port(), local, 0)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError("No sign-in from " + local, e);
        }
    }
}

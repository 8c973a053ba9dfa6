package org.parley.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What went wrong, for a program and for a person: {@code application/problem+json} of RFC 9457.
 *
 * <pre>{"type":"about:blank","title":"Unauthorized","status":401,"detail":"The token has expired.","code":"expired"}</pre>
 *
 * @param status of the HTTP answer
 * @param code a word that programs compare, lower case with underscores; what it can be is part of the API
 * @param detail one English sentence; never a class name, a path or a stack trace
 * @param retryAfter when another attempt makes sense; zero when time does not help
 */
public record Problem(int status, String code, String detail, Duration retryAfter) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** RFC 9110 section 15.5.22; Jakarta REST 3.1 has no name for it. */
    static final int UPGRADE_REQUIRED = 426;

    // Looking a provider up costs a walk through the class path, each time.
    private static final JsonProvider JSON = JsonProvider.provider();

    public Problem(int status, String code, String detail) {
        this(status, code, detail, Duration.ZERO);
    }

    /** The problem that a refused credential or name is; the code is the reason's name in lower case. */
    public static Problem of(Refused refused) {
        Reason reason = refused.reason();
        return new Problem(
                reason.status(), reason.name().toLowerCase(Locale.ROOT), refused.detail(), refused.retryAfter());
    }

    /** As an answer of a resource. */
    public Response response() {
        return onto(Response.status(status));
    }

    /** As an answer that keeps what a builder has, for example the header {@code Allow}. */
    Response onto(Response.ResponseBuilder answer) {
        if (!retryAfter.isZero()) {
            answer.header("Retry-After", retryAfterSeconds());
        }
        if (status == 401) {
            answer.header("WWW-Authenticate", "Bearer");
        }
        return answer.status(status).type(MEDIA_TYPE).entity(json()).build();
    }

    /** As the whole answer of a filter. */
    void write(HttpServletResponse answer) throws IOException {
        SecurityHeaders.set(answer);
        if (!retryAfter.isZero()) {
            answer.setHeader("Retry-After", String.valueOf(retryAfterSeconds()));
        }
        if (status == 401) {
            answer.setHeader("WWW-Authenticate", "Bearer");
        }
        byte[] body = json().getBytes(UTF_8);
        answer.setStatus(status);
        answer.setContentType(MEDIA_TYPE);
        answer.setContentLength(body.length);
        answer.getOutputStream().write(body);
    }

    String json() {
        return JSON.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title())
                .add("status", status)
                .add("detail", detail)
                .add("code", code)
                .build()
                .toString();
    }

    private String title() {
        if (status == UPGRADE_REQUIRED) {
            return "Upgrade Required";
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "HTTP status " + status : known.getReasonPhrase();
    }

    private long retryAfterSeconds() {
        return Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    }
}

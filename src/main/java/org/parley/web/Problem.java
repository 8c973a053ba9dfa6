package org.parley.web;

import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Locale;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.hub.Delivery;
import org.parley.hub.ErrorCode;
import org.parley.hub.Message;
import org.parley.protocol.FrameEncoder;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What went wrong, for a program and for a person: {@code application/problem+json} of RFC 9457.
 *
 * <pre>{"type":"about:blank","title":"Unauthorized","status":401,"detail":"The token has expired.",
 * "name":"expired","retryable":false}</pre>
 *
 * What the protocol of the WebSocket knows too has its number as {@code code} besides, and the same name there and here.
 * A conflict has the room's value as {@code current}, written as in a frame.
 *
 * <table>
 * <caption>Status by name</caption>
 * <tr><td>400</td><td>{@code malformed}, {@code unknown-type}, {@code invalid}</td></tr>
 * <tr><td>401</td><td>{@code unauthorized}</td></tr>
 * <tr><td>403</td><td>{@code forbidden}, {@code not-author}</td></tr>
 * <tr><td>404</td><td>{@code no-target}, {@code no-file}</td></tr>
 * <tr><td>409</td><td>{@code conflict}, {@code not-joined}</td></tr>
 * <tr><td>413</td><td>{@code too-large}</td></tr>
 * <tr><td>422</td><td>{@code unsupported}, {@code not-sealed}, {@code mismatch}: understood, but not what such a room takes</td></tr>
 * <tr><td>429</td><td>{@code rate-limited}, {@code busy}, {@code limit}</td></tr>
 * <tr><td>500</td><td>{@code internal}</td></tr>
 * <tr><td>503</td><td>{@code unavailable}, {@code overloaded}, {@code aborted}</td></tr>
 * <tr><td>507</td><td>{@code quota}</td></tr>
 * </table>
 *
 * @param status of the HTTP answer
 * @param name a word that programs compare, lower case with dashes; what it can be is part of the API
 * @param detail one English sentence; never a class name, a path or a stack trace
 * @param retryAfter when another attempt makes sense; zero when time does not help
 * @param code the protocol's, or null
 * @param current of a conflict, or null
 */
public record Problem(int status, String name, String detail, Duration retryAfter, ErrorCode code, Message current) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** RFC 9110 section 15.5.22; Jakarta REST 3.1 has no name for it. */
    static final int UPGRADE_REQUIRED = 426;

    private static final int UNPROCESSABLE_CONTENT = 422;
    /** RFC 4918 section 11.5. */
    private static final int INSUFFICIENT_STORAGE = 507;

    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    // Looking a provider up costs a walk through the class path, each time.
    private static final JsonProvider JSON = JsonProvider.provider();

    public Problem(int status, String name, String detail) {
        this(status, name, detail, Duration.ZERO, null, null);
    }

    /** The problem that a refused credential or name is; its name is the reason's. */
    public static Problem of(Refused refused) {
        Reason reason = refused.reason();
        return new Problem(reason.status(), label(reason.name()), refused.detail(), refused.retryAfter(), null, null);
    }

    /** The problem that a refused publish is. */
    static Problem of(Delivery.Failed failed) {
        Duration retryAfter =
                failed.retryAfterMs() > 0 ? Duration.ofMillis(failed.retryAfterMs()) : retryAfter(failed.code());
        return of(failed.code(), failed.message(), retryAfter, failed.current());
    }

    static Problem of(ErrorCode code, String detail) {
        return of(code, detail, retryAfter(code), null);
    }

    private static Problem of(ErrorCode code, String detail, Duration retryAfter, Message current) {
        return new Problem(status(code), code.label(), detail, retryAfter, code, current);
    }

    private static Duration retryAfter(ErrorCode code) {
        return code.retryable() ? A_MOMENT : Duration.ZERO;
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case MALFORMED, UNKNOWN_TYPE, INVALID -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN, NOT_AUTHOR -> 403;
            case NO_TARGET, NO_FILE -> 404;
            case CONFLICT, NOT_JOINED -> 409;
            case TOO_LARGE -> 413;
            case QUOTA -> INSUFFICIENT_STORAGE;
            case UNSUPPORTED, NOT_SEALED, MISMATCH -> UNPROCESSABLE_CONTENT;
            case RATE_LIMITED, BUSY, LIMIT -> 429;
            case INTERNAL -> 500;
            case UNAVAILABLE, OVERLOADED, ABORTED -> 503;
        };
    }

    static String label(String words) {
        return words.toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
    }

    /** As an answer of a resource. */
    public Response response() {
        return onto(Response.status(status));
    }

    /** For code that has no answer to return. */
    WebApplicationException exception() {
        return new WebApplicationException(response());
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
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title())
                .add("status", status)
                .add("detail", detail);
        if (code != null) {
            json.add("code", code.number());
        }
        json.add("name", name).add("retryable", code == null ? !retryAfter.isZero() : code.retryable());
        if (current != null) {
            try (JsonReader item = JSON.createReader(new StringReader(FrameEncoder.item(current)))) {
                json.add("current", item.readObject());
            }
        }
        return json.build().toString();
    }

    private String title() {
        if (status == UPGRADE_REQUIRED) {
            return "Upgrade Required";
        }
        if (status == UNPROCESSABLE_CONTENT) {
            return "Unprocessable Content";
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "HTTP status " + status : known.getReasonPhrase();
    }

    private long retryAfterSeconds() {
        return Math.max(1, (retryAfter.toMillis() + 999) / 1000);
    }
}

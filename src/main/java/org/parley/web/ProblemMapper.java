package org.parley.web;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import org.parley.event.Event;
import org.parley.hub.ErrorCode;

/**
 * Turns whatever a resource, or the server on its behalf, throws into a {@link Problem}. JSON that does not parse or bind
 * is the caller's fault and 400; anything unexpected is logged and 500 without a detail.
 */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Context
    private HttpServletRequest request;

    @Override
    public Response toResponse(Throwable thrown) {
        if (causedByJson(thrown)) {
            // Its message quotes the body.
            Event.of("body-unread")
                    .with("request", correlation())
                    .with("failure", thrown.getClass().getSimpleName())
                    .debug(LOG);
            return Problem.of(ErrorCode.MALFORMED, "The body is not the JSON that is expected here.")
                    .response();
        }
        if (thrown instanceof WebApplicationException known) {
            return answered(known);
        }
        Event.of("request-failed").with("request", correlation()).error(LOG, thrown);
        return Problem.of(ErrorCode.INTERNAL, "The server failed; its log says why.")
                .response();
    }

    private String correlation() {
        return request == null ? null : Caller.correlation(request);
    }

    /** Keeps the headers of the exception's answer: 405 says what is allowed, 503 when to come back. */
    private Response answered(WebApplicationException known) {
        Response answer = known.getResponse();
        if (answer.hasEntity() || answer.getStatus() < 400) {
            return answer;
        }
        int status = answer.getStatus();
        if (status >= 500) {
            Event.of("request-failed")
                    .with("request", correlation())
                    .with("status", status)
                    .error(LOG, known);
        }
        Response.StatusType info = answer.getStatusInfo();
        return new Problem(status, Problem.label(info.getReasonPhrase()), detail(status, info))
                .onto(Response.fromResponse(answer));
    }

    private static String detail(int status, Response.StatusType info) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not know that method; the header Allow says which it knows.";
            case 406 -> "What this address has is of none of the accepted types.";
            case 415 -> "The body is of a type that is not read here; application/json is.";
            default -> info.getReasonPhrase() + ".";
        };
    }

    /** The servers wrap them, each in exceptions of its own. */
    private static boolean causedByJson(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof JsonException || cause instanceof JsonbException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}

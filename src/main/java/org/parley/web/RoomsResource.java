package org.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Identity;
import org.parley.event.Event;
import org.parley.hub.Allowance;
import org.parley.hub.Delivery;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Publish;
import org.parley.hub.RefusedException;
import org.parley.hub.SinglePublish;
import org.parley.protocol.ApiDecoder;
import org.parley.protocol.BadFrameException;
import org.parley.protocol.ClientFrame;
import org.parley.protocol.FrameDecoder;
import org.parley.protocol.FrameEncoder;

/**
 * Rooms for whoever has no WebSocket: an application's backend that sends into a room, a script that reads one.
 *
 * <pre>
 * GET  /api/rooms                                        200 {"rooms":[…]}, those that the caller follows
 * GET  /api/rooms/{room}/messages?before=|after=&amp;limit=  200 {"room","epoch","seq","messages":[…],"more","recovered"}
 * POST /api/rooms/{room}/messages                        201 {"room","epoch","seq","time","duplicate":false}
 *      Idempotency-Key: 1–64 of [A-Za-z0-9_-]            200 the same with "duplicate":true: it was stored before
 *      {"kind":"text","body":{"text":"…"},"expect"?:7}
 * </pre>
 *
 * Fields, bounds and meanings are those of the frames {@code rooms}, {@code history} and {@code publish}; with neither
 * {@code before} nor {@code after} the newest page comes. An ephemeral room acknowledges without epoch and seq. A publish
 * needs no subscription, but may no more often come than over one connection. Errors are {@link Problem}s; after 503 it is
 * not known whether the message was stored, and sending it again with the same key is safe for 24 hours.
 */
@RequestScoped
@Path("rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {
    private static final System.Logger LOG = System.getLogger(RoomsResource.class.getName());

    /** Far more than a commit takes, and less than the 30 s after which the servers end an asynchronous request. */
    private static final long LIMIT_SECONDS = 10;

    @Inject
    private Hub hub;

    @Inject
    private Allowance allowance;

    @Inject
    private ApiLimits limits;

    @Resource
    private ManagedExecutorService executor;

    @Context
    private HttpServletRequest request;

    @GET
    public Response rooms() {
        return read(() -> hub.archive().rooms(Caller.identity(request).user().id(), null));
    }

    @GET
    @Path("{room}/messages")
    public Response messages(
            @PathParam("room") String room,
            @QueryParam("before") String before,
            @QueryParam("after") String after,
            @QueryParam("limit") String limit) {
        Identity caller = Caller.identity(request);
        return read(() -> {
            ClientFrame.History page = ApiDecoder.history(room, before, after, limit);
            int size = FrameDecoder.limit(page);
            return page.after() == null
                    ? hub.archive().before(caller.access(), room, page.before(), size)
                    : hub.archive().after(caller.access(), room, page.after(), size);
        });
    }

    /** No thread waits for the commit; the one that commits is not kept with writing the answer either. */
    @POST
    @Path("{room}/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> publish(
            @PathParam("room") String room, @HeaderParam("Idempotency-Key") String key, InputStream body)
            throws IOException {
        String correlation = Caller.correlation(request);
        Identity caller = Caller.identity(request);
        SinglePublish publisher = new SinglePublish(correlation, caller.user(), caller.access());
        Publish publish;
        try {
            publish = ApiDecoder.publish(key, room, JsonBody.read(request, body, limits.bodyBytes()));
        } catch (BadFrameException e) {
            return CompletableFuture.completedFuture(
                    Problem.of(e.code(), e.getMessage()).response());
        }
        long wait = allowance.take(publisher.user().id(), System.nanoTime());
        if (wait > 0) {
            ErrorCode code = ErrorCode.RATE_LIMITED;
            return CompletableFuture.completedFuture(
                    Problem.of(new Delivery.Failed(key, room, code, code.text(), wait, null))
                            .response());
        }
        hub.publish(publisher, publish);
        return publisher
                .outcome()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .handleAsync((outcome, late) -> answer(correlation, outcome, late), executor);
    }

    private static Response answer(String correlation, Delivery outcome, Throwable late) {
        if (outcome instanceof Delivery.Acked acked) {
            return Response.status(acked.duplicate() ? Response.Status.OK : Response.Status.CREATED)
                    .entity(FrameEncoder.content(acked))
                    .build();
        }
        if (outcome instanceof Delivery.Failed failed) {
            return Problem.of(failed).response();
        }
        Event.of("publish-unanswered")
                .with("request", correlation)
                .with("seconds", LIMIT_SECONDS)
                .with("failure", late)
                .warn(LOG);
        return Problem.of(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text()).response();
    }

    @FunctionalInterface
    private interface Reading {
        Delivery read() throws BadFrameException, RefusedException, LogUnavailableException;
    }

    private Response read(Reading reading) {
        try {
            return Response.ok(FrameEncoder.content(reading.read())).build();
        } catch (BadFrameException e) {
            return Problem.of(e.code(), e.getMessage()).response();
        } catch (RefusedException e) {
            return Problem.of(e.code(), e.getMessage()).response();
        } catch (LogUnavailableException e) {
            Event.of("log-unavailable")
                    .with("request", Caller.correlation(request))
                    .with("reason", e.getMessage())
                    .warn(LOG);
            return Problem.of(ErrorCode.UNAVAILABLE, "The message log cannot be reached.")
                    .response();
        }
    }
}

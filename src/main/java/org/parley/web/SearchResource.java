package org.parley.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Identity;
import org.parley.event.Event;
import org.parley.hub.Delivery;
import org.parley.hub.ErrorCode;
import org.parley.hub.Limits;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Page;
import org.parley.hub.Position;
import org.parley.hub.Search;
import org.parley.protocol.ApiDecoder;
import org.parley.protocol.BadFrameException;
import org.parley.protocol.ClientFrame;
import org.parley.protocol.FrameDecoder;
import org.parley.protocol.FrameEncoder;

/**
 * Search in a room.
 *
 * <pre>
 * GET /api/rooms/{room}/search?q=words&amp;before=&amp;limit=   200 {"room","epoch","seq","messages":[…],"more","recovered":true}
 * </pre>
 *
 * The newest messages, ascending, that have words which begin with each of {@code q}'s; {@code more} tells whether there
 * are older ones, which come with {@code before}. Errors are {@link Problem}s.
 */
@RequestScoped
@Path("rooms/{room}/search")
@Produces(MediaType.APPLICATION_JSON)
public class SearchResource {
    private static final System.Logger LOG = System.getLogger(SearchResource.class.getName());

    @Inject
    private Search search;

    @Inject
    private Limits limits;

    @Context
    private HttpServletRequest request;

    @GET
    public Response find(
            @PathParam("room") String room,
            @QueryParam("q") String words,
            @QueryParam("before") String before,
            @QueryParam("limit") String limit) {
        Identity caller = Caller.identity(request);
        try {
            ClientFrame.History page = ApiDecoder.history(room, before, null, limit);
            if (!caller.access().mayRead(room)) {
                return Problem.of(ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN.text())
                        .response();
            }
            int size = Math.min(FrameDecoder.limit(page), limits.pageMessages());
            Page found = search.find(room, words == null ? "" : words, page.before(), size);
            return Response.ok(FrameEncoder.content(history(room, found))).build();
        } catch (BadFrameException e) {
            return Problem.of(e.code(), e.getMessage()).response();
        } catch (LogUnavailableException e) {
            Event.of("search-unavailable")
                    .with("request", Caller.correlation(request))
                    .with("reason", e.getMessage())
                    .warn(LOG);
            return Problem.of(ErrorCode.UNAVAILABLE, "The messages cannot be searched at the moment.")
                    .response();
        }
    }

    private static Delivery.History history(String room, Page page) {
        Position position = page.epoch().isEmpty() ? null : new Position(page.epoch(), page.last());
        return new Delivery.History(null, room, position, page.messages(), page.more(), true);
    }
}

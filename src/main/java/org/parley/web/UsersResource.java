package org.parley.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;

/**
 * What an administrator may do to users.
 *
 * <pre>
 * DELETE /api/users/{user}/connections     204 the user's connections on this node end with the close code 4505
 *                                          403 the caller's token does not say admin
 * </pre>
 *
 * {@code user} is an id, percent-encoded ({@code %} in it as {@code %25}); slashes in it may stay as they are. Nobody is
 * kept from connecting again with a credential that still holds.
 */
@RequestScoped
@Path("users")
public class UsersResource {
    @Inject
    private Hub hub;

    @Context
    private HttpServletRequest request;

    @DELETE
    @Path("{user: .+}/connections")
    public Response disconnect(@PathParam("user") String user) {
        if (!Caller.identity(request).access().admin()) {
            return Problem.of(ErrorCode.FORBIDDEN, "Only an administrator may end connections.")
                    .response();
        }
        hub.disconnect(user, Disconnect.REVOKED);
        return Response.noContent().build();
    }
}

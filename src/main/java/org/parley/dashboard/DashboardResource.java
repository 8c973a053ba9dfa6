package org.parley.dashboard;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Audiences;
import org.parley.auth.CallerPrincipal;
import org.parley.endpoint.EndpointSettings;
import org.parley.json.Json;

/**
 * Who and what there is on this node, as the stream has it every five seconds.
 *
 * <pre>
 * GET /api/dashboard   200 {"node":…,"mayDisconnect":…,"tables":{"rooms":[…],"connections":[…],…}}
 *                      the tables only for administrators and, unless parley.dashboard is admin, for the machine itself
 * </pre>
 *
 * Of each list the first hundred: the rooms with most members, the connections with most waiting. They may be a second
 * old, unless the request says {@code Cache-Control: no-cache} (RFC 9111 section 5.2.1.4). {@code mayDisconnect} tells
 * whether the caller may call {@code DELETE /api/users/{user}/connections}.
 */
@RequestScoped
@Path("dashboard")
@Produces(MediaType.APPLICATION_JSON)
public class DashboardResource {

    public record Answer(String node, boolean mayDisconnect) {}

    @Inject
    private Tables tables;

    @Inject
    private EndpointSettings settings;

    @Inject
    private Audiences audiences;

    @Context
    private HttpServletRequest request;

    @GET
    public Response tables(@HeaderParam(HttpHeaders.CACHE_CONTROL) String cacheControl) {
        CallerPrincipal caller = (CallerPrincipal) request.getUserPrincipal();
        String answer = Json.write(new Answer(settings.node(), caller.administrator()));
        if (!audiences.dashboard().trusts(caller)) {
            return Response.ok(answer).build();
        }
        boolean now = cacheControl != null && cacheControl.contains("no-cache");
        return Response.ok(Json.with(answer, "tables", now ? tables.renewedJson() : tables.json()))
                .build();
    }
}

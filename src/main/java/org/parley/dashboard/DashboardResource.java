package org.parley.dashboard;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Visitor;
import org.parley.endpoint.Connections;
import org.parley.endpoint.EndpointSettings;
import org.parley.endpoint.SocketConnection;
import org.parley.hub.Census;
import org.parley.hub.Hub;
import org.parley.json.Json;
import org.parley.web.UpgradeFilter;

/**
 * Who and what there is on this node, for the tables of the dashboard.
 *
 * <pre>
 * GET /api/dashboard   200 {"node":…,"mayDisconnect":…,"rooms":[…],"connections":[…]}
 *                      the lists only for administrators and, unless parley.dashboard is admin, for the machine itself
 * </pre>
 *
 * Of each list the first hundred: the rooms with most members, the connections with most waiting. {@code mayDisconnect}
 * tells whether the caller may call {@code DELETE /api/users/{user}/connections}.
 */
@RequestScoped
@Path("dashboard")
@Produces(MediaType.APPLICATION_JSON)
public class DashboardResource {
    private static final int SHOWN = 100;

    /** @param since ms since 1970 */
    public record ConnectionFigures(
            String id, String user, String name, String address, String agent, long since, long queued) {}

    /** Null lists are left out. */
    public record Tables(
            String node,
            boolean mayDisconnect,
            Integer roomCount,
            List<Census.RoomFigures> rooms,
            Integer connectionCount,
            List<ConnectionFigures> connections) {}

    @Inject
    private Hub hub;

    @Inject
    private Connections connections;

    @Inject
    private EndpointSettings settings;

    @Context
    private HttpServletRequest request;

    @GET
    public Response tables() {
        boolean trusted = Boolean.TRUE.equals(request.getAttribute(UpgradeFilter.TRUSTED));
        boolean admin = request.isUserInRole("admin");
        Tables tables = trusted
                ? new Tables(
                        settings.node(),
                        admin,
                        hub.census().rooms(),
                        hub.census().largestRooms(SHOWN),
                        connections.count(),
                        furthestBehind(connections.all()))
                : new Tables(settings.node(), admin, null, null, null, null);
        return Response.ok(Json.write(tables)).build();
    }

    /** Each is asked once: what is sorted must not change meanwhile. */
    private static List<ConnectionFigures> furthestBehind(Collection<SocketConnection> all) {
        return all.stream()
                .map(DashboardResource::figures)
                .sorted(Comparator.comparingLong(ConnectionFigures::queued)
                        .reversed()
                        .thenComparing(Comparator.comparingLong(ConnectionFigures::since)
                                .reversed()))
                .limit(SHOWN)
                .toList();
    }

    private static ConnectionFigures figures(SocketConnection connection) {
        Visitor visitor = connection.peer().visitor();
        return new ConnectionFigures(
                connection.id(),
                connection.user().id(),
                connection.user().name(),
                visitor == null ? "" : visitor.address(),
                visitor == null ? "" : visitor.agent(),
                connection.since(),
                connection.outbox().size());
    }
}

package org.parley.dashboard;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * For load balancers and orchestrators; everybody may ask, so it tells no figures.
 *
 * <pre>
 * GET /api/health/live    200, or 503: a restart would help
 * GET /api/health/ready   200, or 503: send clients elsewhere
 *
 * {"status":"degraded","checks":[{"name":"database","status":"up"},{"name":"backplane","status":"degraded"},…]}
 * </pre>
 *
 * {@code status} is {@code up}, {@code degraded} (something is wrong and the node is still of use: 200) or {@code down}.
 */
@RequestScoped
@Path("health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private static final JsonProvider JSON = JsonProvider.provider();

    @Inject
    private Health health;

    @GET
    @Path("live")
    public Response live() {
        return answer(health.live());
    }

    @GET
    @Path("ready")
    public Response ready() {
        return answer(health.ready());
    }

    private static Response answer(Health.Report report) {
        JsonArrayBuilder checks = JSON.createArrayBuilder();
        report.checks()
                .forEach(check -> checks.add(JSON.createObjectBuilder()
                        .add("name", check.name())
                        .add("status", check.status().label())));
        String body = JSON.createObjectBuilder()
                .add("status", report.status().label())
                .add("checks", checks)
                .build()
                .toString();
        return Response.status(report.usable() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .entity(body)
                .build();
    }
}

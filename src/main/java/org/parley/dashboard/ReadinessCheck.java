package org.parley.dashboard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * {@code /api/health/ready} for the server's own health, where it has MicroProfile Health: Payara, and WildFly with
 * standalone-microprofile.xml.
 */
@Readiness
@ApplicationScoped
public class ReadinessCheck implements HealthCheck {
    @Inject
    Health health;

    @Override
    public HealthCheckResponse call() {
        Health.Report report = health.ready();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("parley").status(report.usable());
        report.checks()
                .forEach(check -> response.withData(check.name(), check.status().label()));
        return response.build();
    }
}

package org.parley.dashboard;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

import org.parley.event.Event;

/**
 * Offers Parley's health to the server's own, where it has MicroProfile Health: Payara does, WildFly does with
 * standalone-microprofile.xml. Without it the two beans must not be found, since their annotations cannot be loaded.
 */
public final class HealthExtension implements Extension {
    private static final System.Logger LOGGER = System.getLogger(HealthExtension.class.getName());

    void offer(@Observes BeforeBeanDiscovery discovery) {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, HealthExtension.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            Event.of("no-microprofile-health").debug(LOGGER);
            return;
        }
        discovery.addAnnotatedType(LivenessCheck.class, LivenessCheck.class.getName());
        discovery.addAnnotatedType(ReadinessCheck.class, ReadinessCheck.class.getName());
    }
}

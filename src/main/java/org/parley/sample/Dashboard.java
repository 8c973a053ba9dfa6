package org.parley.sample;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.parley.endpoint.Connections;
import org.parley.endpoint.Exchange;
import org.parley.hub.Hub;
import org.parley.json.Json;

/** Sends the figures to all who watch, once a second, on one timer for all. */
@ApplicationScoped
public class Dashboard {
    private static final System.Logger LOGGER = System.getLogger(Dashboard.class.getName());

    private final Set<Exchange> watchers = ConcurrentHashMap.newKeySet();

    @Resource
    ManagedScheduledExecutorService timer;

    @Inject
    Connections connections;

    @Inject
    Hub hub;

    private ScheduledFuture<?> ticking;

    @PostConstruct
    void start() {
        ticking = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        ticking.cancel(false);
    }

    /** The first figures come at once. */
    void watch(Exchange exchange) {
        watchers.add(exchange);
        exchange.send(figures());
    }

    void leave(Exchange exchange) {
        watchers.remove(exchange);
    }

    private void tick() {
        try {
            if (!watchers.isEmpty()) {
                String figures = figures();
                watchers.forEach(exchange -> exchange.send(figures));
            }
        } catch (RuntimeException e) {
            // A periodic task that throws is never run again.
            LOGGER.log(System.Logger.Level.ERROR, "event=dashboard-failed", e);
        }
    }

    private String figures() {
        return Json.write(Figures.now(connections.count(), hub.roomCount(), hub.counters()));
    }
}

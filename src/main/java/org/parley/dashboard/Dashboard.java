package org.parley.dashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.parley.auth.Audiences;
import org.parley.auth.CallerPrincipal;
import org.parley.endpoint.Connections;
import org.parley.endpoint.EndpointSettings;
import org.parley.endpoint.Exchange;
import org.parley.endpoint.RequestPool;
import org.parley.event.Event;
import org.parley.file.Files;
import org.parley.hub.Hub;
import org.parley.hub.Measurements;
import org.parley.json.Json;

/** Takes the figures once a second, on one timer for all who watch, and sends them. */
@ApplicationScoped
public class Dashboard {
    private static final System.Logger LOGGER = System.getLogger(Dashboard.class.getName());
    private static final int SECONDS_BETWEEN_QUESTIONS = 5;
    private static final int SECONDS_BETWEEN_TABLES = 5;

    private final Set<Exchange> watchers = ConcurrentHashMap.newKeySet();
    /** Those of the watchers who may know who is connected. */
    private final Set<Exchange> trusted = ConcurrentHashMap.newKeySet();

    @Resource
    ManagedScheduledExecutorService timer;

    @Inject
    Connections connections;

    @Inject
    Hub hub;

    @Inject
    Files files;

    @Inject
    EndpointSettings settings;

    @Inject
    Health health;

    @Inject
    Neighbours neighbours;

    @Inject
    Tables tables;

    @Inject
    Audiences audiences;

    @Inject
    RequestPool pool;

    private Metrics metrics;
    private Sampler sampler;
    private ScheduledFuture<?> ticking;
    private int ticks;

    /** With the application rather than with the first who watches: the past cannot be measured later. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Outboxes outboxes = new Outboxes(connections);
        metrics = new Metrics(hub, files, connections, outboxes, health, neighbours);
        sampler = new Sampler(settings.node(), hub, connections, outboxes, health, metrics);
        hub.counters().measureBy(metrics);
        ticking = timer.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        ticking.cancel(false);
        hub.counters().measureBy(Measurements.NONE);
        metrics.close();
    }

    /** The last five minutes come at once. */
    void watch(Exchange exchange, CallerPrincipal caller) {
        String first = Json.with(
                neighbours.besides(sampler.withHistory()), "mayDisconnect", String.valueOf(caller.administrator()));
        if (audiences.dashboard().trusts(caller)) {
            exchange.send(withTables(first));
            trusted.add(exchange);
        } else {
            exchange.send(first);
        }
        watchers.add(exchange);
    }

    private String withTables(String snapshot) {
        return Json.with(snapshot, "tables", tables.json());
    }

    void leave(Exchange exchange) {
        watchers.remove(exchange);
        trusted.remove(exchange);
    }

    /** Everything that is measured, in Prometheus' text format. */
    void scrape(OutputStream out) throws IOException {
        metrics.scrape(out);
    }

    private void tick() {
        try {
            tick(ticks++);
        } catch (RuntimeException e) {
            // A periodic task that throws is never run again.
            Event.of("dashboard-failed").error(LOGGER, e);
        }
    }

    private void tick(int second) {
        if (second % SECONDS_BETWEEN_QUESTIONS == 0) {
            pool.execute(health::askDatabase);
        }
        String snapshot = sampler.sample();
        neighbours.tell(snapshot);
        show(neighbours.besides(snapshot), second % SECONDS_BETWEEN_TABLES == 0);
    }

    private void show(String snapshot, boolean tablesAreDue) {
        String toTrusted = tablesAreDue && !trusted.isEmpty() ? withTables(snapshot) : snapshot;
        for (Exchange watcher : watchers) {
            watcher.sendNewest("dashboard", trusted.contains(watcher) ? toTrusted : snapshot);
        }
    }
}

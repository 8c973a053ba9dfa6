package org.parley.dashboard;

import java.lang.management.MemoryUsage;
import java.util.Arrays;

import org.parley.endpoint.Connections;
import org.parley.endpoint.Traffic;
import org.parley.hub.Backplane;
import org.parley.hub.Census;
import org.parley.hub.Counters;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.json.Json;

/** Takes a snapshot each second, as JSON. Thread-safe. */
final class Sampler {
    private final String node;
    private final Connections connections;
    private final Counters counters;
    private final Census census;
    private final Outboxes outboxes;
    private final Health health;
    private final Latencies appends;
    private final Latencies deliveries;
    private final RecentSnapshots recent = new RecentSnapshots();

    Sampler(String node, Hub hub, Connections connections, Outboxes outboxes, Health health, Metrics metrics) {
        this.node = node;
        this.connections = connections;
        this.counters = hub.counters();
        this.census = hub.census();
        this.outboxes = outboxes;
        this.health = health;
        this.appends = metrics.appends();
        this.deliveries = metrics.deliveries();
    }

    /** @return the new snapshot as JSON */
    synchronized String sample() {
        appends.look();
        deliveries.look();
        String json = Json.write(snapshot());
        recent.add(json);
        return json;
    }

    /** The newest snapshot with those of the last five minutes before it, as {@link RecentSnapshots#withHistory} says. */
    synchronized String withHistory() {
        if (recent.isEmpty()) {
            sample();
        }
        return recent.withHistory();
    }

    private Snapshot snapshot() {
        MemoryUsage heap = Jvm.heap();
        Outboxes.Waiting waiting = outboxes.look();
        Traffic traffic = connections.traffic();
        Backplane.State backplane = census.backplane();
        return new Snapshot(
                System.currentTimeMillis(),
                Jvm.uptimeMillis(),
                node,
                connections.count(),
                census.rooms(),
                counters.joined(),
                counters.published(),
                counters.delivered(),
                traffic.received(),
                traffic.sent(),
                appends.millis(0.5),
                appends.millis(0.99),
                deliveries.millis(0.5),
                deliveries.millis(0.99),
                census.appendQueue(),
                waiting.bytes(),
                waiting.longest(),
                traffic.ended(Disconnect.SLOW_CONSUMER),
                counters.resumed(),
                counters.unrecovered(),
                Arrays.stream(ErrorCode.values()).mapToLong(counters::failed).sum(),
                counters.rateLimited(),
                heap.getUsed(),
                heap.getMax(),
                Jvm.gcMillis(),
                Math.round(Jvm.cpu() * 1e4) / 1e4,
                Jvm.threads(),
                backplane.connected(),
                backplane.lag().toMillis(),
                health.databaseUp());
    }
}

package org.parley.dashboard;

import java.lang.management.MemoryUsage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

import org.parley.endpoint.Connections;
import org.parley.endpoint.Traffic;
import org.parley.hub.Backplane;
import org.parley.hub.Census;
import org.parley.hub.Counters;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.json.Json;

/** Takes a snapshot each second and remembers those of the last five minutes, as JSON. Thread-safe. */
final class Sampler {
    /** Five minutes. */
    static final int REMEMBERED = 300;

    private final String node;
    private final Connections connections;
    private final Counters counters;
    private final Census census;
    private final Outboxes outboxes;
    private final Health health;
    private final Latencies appends;
    private final Latencies deliveries;
    private final ArrayDeque<String> history = new ArrayDeque<>(REMEMBERED);

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
        if (history.size() == REMEMBERED) {
            history.removeFirst();
        }
        history.addLast(json);
        return json;
    }

    /**
     * The newest snapshot with, as its member {@code history}, those before it, oldest first. Who wants one snapshot a
     * message has one.
     */
    synchronized String withHistory() {
        if (history.isEmpty()) {
            sample();
        }
        String newest = history.getLast();
        List<String> before = history.stream().limit(history.size() - 1L).toList();
        return newest.substring(0, newest.length() - 1) + ",\"history\":[" + String.join(",", before) + "]}";
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

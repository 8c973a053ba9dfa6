package org.parley.dashboard;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.parley.endpoint.Connections;
import org.parley.endpoint.Traffic;
import org.parley.file.FileCounters;
import org.parley.file.Files;
import org.parley.hub.Census;
import org.parley.hub.Counters;
import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.hub.Measurements;

/**
 * The server's figures under the names that a scraper of Prometheus sees. Counters are read when somebody asks; only times
 * are recorded when they pass. No label is a room's, a user's or an address.
 */
final class Metrics implements Measurements, AutoCloseable {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] TIMES = {
        Duration.ofNanos(100_000),
        Duration.ofNanos(250_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofNanos(2_500_000),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };
    private static final double[] SIZES = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer append;
    private final Timer delivery;
    private final DistributionSummary batch;

    Metrics(Hub hub, Files files, Connections connections, Outboxes outboxes, Health health, Neighbours neighbours) {
        append = timer("parley.append", "From handing a batch to the log until it is durable");
        delivery = timer(
                "parley.delivery",
                "From the publish, or the arrival from another node, of the oldest message of a run until the run was"
                        + " handed to the room's last connection");
        batch = DistributionSummary.builder("parley.append.batch")
                .description("Messages stored in one transaction")
                .baseUnit("messages")
                .serviceLevelObjectives(SIZES)
                .register(registry);
        count(hub.counters());
        count(connections.traffic());
        count(files.counters());
        gauge("parley.connections", "Open WebSockets of all endpoints", connections::count);
        gauge("parley.outbox.bytes", "That wait to be sent, of all connections", () -> outboxes.look()
                .bytes());
        gauge(
                "parley.outbox.longest.bytes",
                "That wait to be sent on the connection that is furthest behind",
                () -> outboxes.look().longest());
        gauge("parley.database.up", "1 if the database answered lately", () -> health.databaseUp() ? 1 : 0);
        gauge("parley.nodes", "Nodes that live, this one included", () -> 1 + neighbours.count());
        show(hub.census());
        showJvm();
    }

    private Timer timer(String name, String help) {
        return Timer.builder(name)
                .description(help)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private void count(Counters counters) {
        counter("parley.joins", "Subscriptions begun", counters::joined);
        counter("parley.publishes", "Messages taken in", counters::published);
        counter("parley.deliveries", "Messages handed to connections", counters::delivered);
        counter("parley.resumes", "Joins that named a position to go on from", counters::resumed);
        counter("parley.resumes.unrecovered", "Resumes that told of a hole", counters::unrecovered);
        counter(
                "parley.rate.limited",
                "Publishes and signals refused, too many in a short time",
                counters::rateLimited);
        for (ErrorCode code : ErrorCode.values()) {
            FunctionCounter.builder("parley.errors", counters, c -> c.failed(code))
                    .tag("code", code.label())
                    .description("Requests answered with an error")
                    .register(registry);
        }
    }

    private void count(FileCounters files) {
        gauge("parley.files.uploading", "Uploads that a connection has open", files::uploading);
        gauge("parley.files.downloading", "Downloads under way, over either protocol", files::downloading);
        counter("parley.files.received.bytes", "Bytes of files that were stored", files::bytesIn);
        counter("parley.files.sent.bytes", "Bytes of files that were read for somebody", files::bytesOut);
        counter("parley.files.stored", "Files that were completed", files::stored);
        counter("parley.files.removed", "Files, complete or not, that were removed", files::removed);
    }

    private void count(Traffic traffic) {
        counter("parley.received.bytes", "Payload of data frames that came", traffic::received);
        counter("parley.sent.bytes", "Payload of data frames handed to the container", traffic::sent);
        for (Disconnect why : Disconnect.values()) {
            ended(why.reason().replace(' ', '-'), traffic, () -> traffic.ended(why));
        }
        ended("peer", traffic, traffic::left);
    }

    private void ended(String reason, Traffic traffic, DoubleSupplier value) {
        FunctionCounter.builder("parley.disconnects", traffic, t -> value.getAsDouble())
                .tag("reason", reason)
                .description("Connections that ended; peer: not by the server")
                .register(registry);
    }

    private void show(Census census) {
        gauge("parley.rooms", "Rooms with members on this node", census::rooms);
        gauge("parley.append.queue.messages", "That wait to be stored", census::appendQueue);
        gauge(
                "parley.backplane.up",
                "1 if other nodes can be reached, or there are none",
                () -> census.backplane().connected() ? 1 : 0);
        gauge(
                "parley.backplane.lag.seconds",
                "That the last announcement took from node to node",
                () -> census.backplane().lag().toNanos() / 1e9);
        counter(
                "parley.backplane.dropped",
                "Announcements thrown away because the broker was away or too slow",
                () -> census.backplane().dropped());
    }

    private void showJvm() {
        gauge("jvm.heap.used.bytes", "Heap in use", () -> Jvm.heap().getUsed());
        gauge("jvm.heap.committed.bytes", "Heap that the JVM has from the system", () -> Jvm.heap()
                .getCommitted());
        gauge("jvm.heap.max.bytes", "Heap that the JVM may have, -1 without a limit", () -> Jvm.heap()
                .getMax());
        gauge("jvm.threads", "Live threads", Jvm::threads);
        counter("jvm.gc.collections", "Garbage collections", Jvm::gcCount);
        counter("jvm.gc.seconds", "That garbage collectors worked", () -> Jvm.gcMillis() / 1e3);
        gauge("process.cpu.ratio", "Share of all processors that the JVM used lately, -1: not known", Jvm::cpu);
        gauge("process.uptime.seconds", "Since the JVM started", () -> Jvm.uptimeMillis() / 1e3);
    }

    private void counter(String name, String help, DoubleSupplier value) {
        // The registry holds this weakly, and the function itself strongly.
        FunctionCounter.builder(name, this, metrics -> value.getAsDouble())
                .description(help)
                .register(registry);
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(help)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void appended(int messages, long nanos) {
        append.record(nanos, TimeUnit.NANOSECONDS);
        batch.record(messages);
    }

    @Override
    public void delivered(long nanos) {
        delivery.record(nanos, TimeUnit.NANOSECONDS);
    }

    Latencies appends() {
        return new Latencies(append);
    }

    Latencies deliveries() {
        return new Latencies(delivery);
    }

    /** All of them in Prometheus' text format 0.0.4. */
    void scrape(OutputStream out) throws IOException {
        registry.scrape(out, CONTENT_TYPE);
    }

    @Override
    public void close() {
        registry.close();
    }
}

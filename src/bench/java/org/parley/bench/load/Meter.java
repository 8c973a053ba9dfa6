package org.parley.bench.load;

import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

import com.sun.management.OperatingSystemMXBean;
import org.HdrHistogram.Histogram;

/** The figures of a run. Confined to the event loop. */
final class Meter {
    private static final long MAX_MICROS = 120_000_000;
    private static final OperatingSystemMXBean OWN =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final DoubleSupplier serverCpu;
    private final Histogram delivery = new Histogram(MAX_MICROS, 3);
    private final Histogram elsewhere = new Histogram(MAX_MICROS, 3);
    private final Histogram ack = new Histogram(MAX_MICROS, 3);
    private long deliveredEver;
    private long delivered;
    private long published;
    private long ackedEver;
    private long acked;
    private int closed;
    private int closeCode;
    private long bytes;
    private double serverSeconds;
    private double ownSeconds;

    Meter(DoubleSupplier serverCpu) {
        this.serverCpu = serverCpu;
    }

    void start(long received) {
        bytes = received;
        serverSeconds = serverCpu.getAsDouble();
        ownSeconds = OWN.getProcessCpuTime() / 1e9;
    }

    void stop(long received) {
        bytes = received - bytes;
        serverSeconds = serverCpu.getAsDouble() - serverSeconds;
        ownSeconds = OWN.getProcessCpuTime() / 1e9 - ownSeconds;
    }

    void published(boolean counts) {
        published += counts ? 1 : 0;
    }

    /**
     * @param micros latency, or -1 if the message was not due in the measured time
     * @param crossed whether it was published on another server
     */
    void delivered(boolean counts, long micros, boolean crossed) {
        deliveredEver++;
        delivered += counts ? 1 : 0;
        if (micros >= 0) {
            (crossed ? elsewhere : delivery).recordValue(Math.min(micros, MAX_MICROS));
        }
    }

    void acked(boolean counts, long micros) {
        ackedEver++;
        acked += counts ? 1 : 0;
        if (micros >= 0) {
            ack.recordValue(Math.min(micros, MAX_MICROS));
        }
    }

    void closed(int code) {
        closed++;
        closeCode = code;
    }

    long delivered() {
        return deliveredEver;
    }

    long acked() {
        return ackedEver;
    }

    Outcome outcome(double seconds, Copies copies, long undelivered) {
        return new Outcome(
                delivered / seconds,
                published / seconds,
                acked / seconds,
                delivery,
                elsewhere,
                ack,
                copies.lost(),
                copies.doubled(),
                copies.outOfOrder(),
                undelivered,
                closed,
                closeCode,
                bytes / seconds / 1e6,
                ownSeconds / seconds,
                serverSeconds / seconds);
    }
}

package org.parley.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import javax.management.JMException;
import javax.management.ObjectName;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

import org.parley.hub.Counters;

/**
 * The server at one moment.
 *
 * @param time ms since 1970
 * @param uptimeMs of the JVM
 * @param connections open WebSockets, of all endpoints
 * @param published messages taken in since the start
 * @param delivered messages handed to connections since the start: one message to a hundred readers counts a hundred
 * @param heapUsed bytes
 * @param heapMax bytes, -1 without a limit
 * @param cpu share of all processors that the JVM used lately, 0 to 1; negative while the JVM does not know
 * @param threads live ones
 */
@JsonbPropertyOrder({"time", "uptimeMs", "connections", "rooms", "published", "delivered"})
public record Figures(
        long time,
        long uptimeMs,
        int connections,
        int rooms,
        long published,
        long delivered,
        long heapUsed,
        long heapMax,
        double cpu,
        int threads) {

    static Figures now(int connections, int rooms, Counters counters) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new Figures(
                System.currentTimeMillis(),
                ManagementFactory.getRuntimeMXBean().getUptime(),
                connections,
                rooms,
                counters.published(),
                counters.delivered(),
                heap.getUsed(),
                heap.getMax(),
                processCpuLoad(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** By name: WildFly does not show applications the package com.sun.management. */
    private static double processCpuLoad() {
        try {
            Object load = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "ProcessCpuLoad");
            return load instanceof Double known && !known.isNaN() ? known : -1;
        } catch (JMException e) {
            return -1;
        }
    }
}

package org.parley.dashboard;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.function.ToLongFunction;
import javax.management.JMException;
import javax.management.ObjectName;

/** The virtual machine, as its own beans describe it. */
final class Jvm {
    private Jvm() {}

    static MemoryUsage heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    }

    static long uptimeMillis() {
        return ManagementFactory.getRuntimeMXBean().getUptime();
    }

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Milliseconds that collectors have worked since the start; not all of them stop the application meanwhile. */
    static long gcMillis() {
        return ofAllCollectors(GarbageCollectorMXBean::getCollectionTime);
    }

    static long gcCount() {
        return ofAllCollectors(GarbageCollectorMXBean::getCollectionCount);
    }

    private static long ofAllCollectors(ToLongFunction<GarbageCollectorMXBean> figure) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(figure)
                .filter(known -> known > 0)
                .sum();
    }

    /**
     * Share of all processors that the JVM used lately, 0 to 1; -1 while it does not know. By name: WildFly does not show
     * applications the package com.sun.management.
     */
    static double cpu() {
        try {
            Object load = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "ProcessCpuLoad");
            return load instanceof Double known && !known.isNaN() ? known : -1;
        } catch (JMException e) {
            return -1;
        }
    }
}

package org.parley;

import java.lang.management.ManagementFactory;
import javax.management.AttributeChangeNotification;
import javax.management.InstanceNotFoundException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;

import org.parley.event.Event;

/**
 * Tells when WildFly suspends itself: at the {@code shutdown} and {@code suspend} commands and, before anything else, at
 * SIGTERM. WildFly announces its running state as an MBean; on other servers there is none, and nothing is told.
 *
 * <p>WildFly 39 notifies on the thread that suspends and waits for the listener, so what {@code suspending} does is done
 * before Undertow ends all WebSockets with 1001.
 */
final class Suspension implements NotificationListener, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Suspension.class.getName());
    private static final String STATE = "jboss.root:type=state";

    private final MBeanServer server;
    private final ObjectName state;
    private final Runnable suspending;
    private final Runnable resumed;

    Suspension(Runnable suspending, Runnable resumed) {
        this(ManagementFactory.getPlatformMBeanServer(), suspending, resumed);
    }

    Suspension(MBeanServer server, Runnable suspending, Runnable resumed) {
        this.server = server;
        this.suspending = suspending;
        this.resumed = resumed;
        try {
            this.state = new ObjectName(STATE);
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From now on it tells, if the server has something to tell. */
    void begin() {
        try {
            server.addNotificationListener(state, this, null, null);
        } catch (InstanceNotFoundException e) {
            Event.of("no-suspension").with("reason", e.getMessage()).debug(LOGGER);
        }
    }

    @Override
    public void handleNotification(Notification notification, Object handback) {
        if (notification instanceof AttributeChangeNotification change
                && change.getAttributeName().equals("RunningState")) {
            switch (String.valueOf(change.getNewValue())) {
                case "suspending" -> suspending.run();
                case "normal" -> resumed.run();
                default ->
                    Event.of("server-state").with("state", change.getNewValue()).debug(LOGGER);
            }
        }
    }

    /** It tells no more; the server forgets it, and with it the application's class loader. */
    @Override
    public void close() {
        try {
            server.removeNotificationListener(state, this);
        } catch (InstanceNotFoundException | ListenerNotFoundException e) {
            Event.of("no-suspension").with("reason", e.getMessage()).debug(LOGGER);
        }
    }
}

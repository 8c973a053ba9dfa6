package org.parley;

import java.util.ArrayList;
import java.util.List;
import javax.management.AttributeChangeNotification;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SuspensionTest {
    public interface StateMBean {}

    /** Announces as WildFly 39 does: values are texts in lower case, on the caller's thread. */
    public static final class State extends NotificationBroadcasterSupport implements StateMBean {
        void become(String attribute, String from, String to) {
            sendNotification(new AttributeChangeNotification(this, 1, 1, "", attribute, "String", from, to));
        }
    }

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final List<String> told = new ArrayList<>();
    private final Suspension suspension =
            new Suspension(server, () -> told.add("suspending"), () -> told.add("resumed"));

    @Test
    void tellsBeforeTheServerGoesOn() throws Exception {
        State state = new State();
        server.registerMBean(state, new ObjectName("jboss.root:type=state"));
        suspension.begin();
        state.become("RuntimeConfigurationState", "ok", "stopping");
        state.become("RunningState", "normal", "suspending");
        assertThat(told).containsExactly("suspending");
        state.become("RunningState", "suspending", "suspended");
        state.become("RunningState", "suspended", "normal");
        assertThat(told).containsExactly("suspending", "resumed");
        suspension.close();
        state.become("RunningState", "normal", "suspending");
        assertThat(told).hasSize(2);
    }

    @Test
    void saysNothingWhereTheServerHasNoSuchState() {
        suspension.begin();
        suspension.close();
        assertThat(told).isEmpty();
    }
}

package org.parley.endpoint;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application's class loader, for a thread that sends: it remembers where the providers of a service are.
 *
 * <p>Tyrus 2.1 schedules a task after each message sent, whether or not the session has an idle timeout, and on Payara 6 a
 * managed executor looks for providers of contexts each time a task is scheduled: in every archive of the server, by the
 * thread's context class loader. That took a third of a saturated room's time. What is deployed does not change meanwhile.
 */
final class RememberingClassLoader extends ClassLoader {
    private static final String SERVICES = "META-INF/services/";

    private final Map<String, List<URL>> providers = new ConcurrentHashMap<>();

    RememberingClassLoader(ClassLoader application) {
        super(application);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        if (!name.startsWith(SERVICES)) {
            return super.getResources(name);
        }
        List<URL> known = providers.get(name);
        if (known == null) {
            known = List.copyOf(Collections.list(super.getResources(name)));
            providers.put(name, known);
        }
        return Collections.enumeration(known);
    }

    /** Does it with this loader as the thread's context class loader. */
    void during(Runnable task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(this);
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}

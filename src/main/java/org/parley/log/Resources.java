package org.parley.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.parley.event.Event;

/** What a database keeps open, closed in the opposite order. Not thread-safe. */
final class Resources implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Resources.class.getName());

    /** As long as a publish may take before it is told to be unavailable. */
    static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(2);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    static HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(PATIENCE_MS);
        return config;
    }

    DataSource open(HikariConfig pool) {
        return keep(new HikariDataSource(pool));
    }

    <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            Event.of("not-closed")
                    .with("resource", resource)
                    .with("reason", e.getMessage())
                    .warn(LOG);
        }
    }
}

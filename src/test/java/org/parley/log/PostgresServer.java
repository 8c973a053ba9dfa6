package org.parley.log;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.Driver;

/** One PostgreSQL on 127.0.0.1 for all tests of the process, with an empty database for each that asks. */
public final class PostgresServer implements BeforeAllCallback {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private EmbeddedPostgres server;

    @Override
    public void beforeAll(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(ExtensionContext.Namespace.create(getClass()));
        server = store.getOrComputeIfAbsent(Running.class, type -> new Running(start()), Running.class)
                .server();
    }

    /** Stops with the tests: left to its shutdown hook it keeps the process longer than Surefire waits. */
    private record Running(EmbeddedPostgres server) implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static EmbeddedPostgres start() {
        try {
            // A database that was closed in this process has deregistered the driver, which the server's start asks
            // for.
            DriverManager.registerDriver(new Driver());
            return EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the URL of a new, empty database; the user is {@code postgres} */
    public String create() throws SQLException {
        String name = "parley" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return server.getJdbcUrl("postgres", name);
    }

    Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        return new Driver().connect(url, properties);
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect(server.getJdbcUrl("postgres", "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package org.parley.backplane;

import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.hub.Backplane;
import org.parley.hub.Following;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.MessageLog;
import org.parley.log.Database;
import org.parley.log.JdbcFollowing;
import org.parley.log.JdbcMessageLog;
import org.parley.log.PostgresServer;
import org.parley.log.Retention;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgresBackplaneIT extends BackplaneContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private final Map<Backplane, MessageLog> logs = new HashMap<>();
    private final List<Database> databases = new ArrayList<>();
    private String url;

    /** Only the backplane comes as this one: that it may not log in is a broker that is away while the log is not. */
    @BeforeEach
    void create() throws SQLException {
        // The user in the URL would be stronger than the one that is given.
        url = POSTGRES.create().replaceFirst("\\?.*", "");
        POSTGRES.execute("DROP ROLE IF EXISTS listener");
        POSTGRES.execute("CREATE ROLE listener LOGIN");
    }

    @AfterEach
    void closeDatabases() {
        databases.forEach(Database::close);
    }

    @Override
    protected Backplane connect() throws LogUnavailableException {
        PostgresBackplane node = new PostgresBackplane(url, "listener", "", "test", Executors.defaultThreadFactory());
        Database database = Database.postgresql(url, "postgres", "");
        databases.add(database);
        logs.put(node, new JdbcMessageLog(database, Clock.systemUTC(), room -> Retention.EVERYTHING, node::notice));
        return node;
    }

    @Override
    protected MessageLog log(Backplane node) {
        return logs.get(node);
    }

    @Override
    protected Following following() {
        return new JdbcFollowing(databases.get(0));
    }

    @Override
    protected boolean killBroker() {
        execute("ALTER ROLE listener NOLOGIN");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'listener'");
        return true;
    }

    @Override
    protected void restartBroker() {
        execute("ALTER ROLE listener LOGIN");
    }

    private static void execute(String sql) {
        try {
            POSTGRES.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhatIsWrongAndNoPassword() {
        String wrong = url.replaceFirst(":\\d+/", ":1/") + "?password=s3cret";
        assertThatThrownBy(() ->
                        new PostgresBackplane(wrong, "listener", "s3cret", "test", Executors.defaultThreadFactory()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The backplane jdbc:postgresql://")
                .hasMessageNotContaining("s3cret");
    }
}

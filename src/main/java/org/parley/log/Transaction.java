package org.parley.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.parley.event.Event;

/** One transaction on one connection. It is rolled back at {@link #close} unless it was committed. */
final class Transaction implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Transaction.class.getName());

    private final Connection connection;
    private final Dialect dialect;
    private final Statements statements;
    private final DataSource source;
    private final Runnable committed;
    private boolean open = true;

    /** Takes one row, in place; false ends the reading. */
    interface Reader {
        boolean read(ResultSet row) throws SQLException;
    }

    /** Makes a value of one row. */
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Where prepared statements come from and go to. */
    interface Statements {
        PreparedStatement take(Connection connection, String sql) throws SQLException;

        /** @param sound whether the statement did what it should */
        void giveBack(Connection connection, String sql, PreparedStatement statement, boolean sound)
                throws SQLException;
    }

    Transaction(Connection connection, Dialect dialect, Statements statements, DataSource source, Runnable committed) {
        this.connection = connection;
        this.dialect = dialect;
        this.statements = statements;
        this.source = source;
        this.committed = committed;
    }

    Connection connection() {
        return connection;
    }

    <T> List<T> query(String sql, Mapper<T> mapper, Object... arguments) throws SQLException {
        List<T> rows = new ArrayList<>();
        each(sql, row -> rows.add(mapper.map(row)), arguments);
        return rows;
    }

    /** Closes the result before it returns: an open one would hold back the checkpoint of SQLite. */
    void each(String sql, Reader reader, Object... arguments) throws SQLException {
        with(sql, statement -> {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                boolean more = true;
                while (more && rows.next()) {
                    more = reader.read(rows);
                }
            }
            return null;
        });
    }

    int update(String sql, Object... arguments) throws SQLException {
        return with(sql, statement -> {
            bind(statement, arguments);
            return statement.executeUpdate();
        });
    }

    void batch(String sql, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        with(sql, statement -> {
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        });
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Use<T> use) throws SQLException {
        PreparedStatement statement = statements.take(connection, sql);
        boolean sound = false;
        try {
            T result = use.of(statement);
            sound = true;
            return result;
        } finally {
            statements.giveBack(connection, sql, statement, sound);
        }
    }

    private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    Savepoint savepoint() throws SQLException {
        return connection.setSavepoint();
    }

    void backTo(Savepoint savepoint) throws SQLException {
        connection.rollback(savepoint);
    }

    void commit() throws SQLException {
        dialect.commit(connection);
        open = false;
        committed.run();
    }

    @Override
    public void close() throws SQLException {
        if (open) {
            try {
                connection.rollback();
            } catch (SQLException broken) {
                // Such as SQLite having rolled back by itself: what state the connection is in is then a guess.
                discard(broken);
                return;
            }
        }
        connection.close();
    }

    /** The pool closes what it evicts; closing that as well is a NullPointerException (HikariCP 6.3.0). */
    private void discard(SQLException broken) throws SQLException {
        Event.of("database-connection-discarded")
                .with("reason", broken.getMessage())
                .debug(LOG);
        if (source instanceof HikariDataSource pool) {
            pool.evictConnection(connection);
        } else {
            connection.close();
        }
    }
}

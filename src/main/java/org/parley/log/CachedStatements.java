package org.parley.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.sqlite.SQLiteConnection;

/**
 * Keeps the prepared statements of the connections of SQLite, where preparing costs more than running. A connection is
 * used by one thread at a time, which the pool sees to.
 */
final class CachedStatements implements Transaction.Statements {
    private final Map<SQLiteConnection, Map<String, PreparedStatement>> prepared = new ConcurrentHashMap<>();

    @Override
    public PreparedStatement take(Connection connection, String sql) throws SQLException {
        SQLiteConnection physical = connection.unwrap(SQLiteConnection.class);
        Map<String, PreparedStatement> own = prepared.get(physical);
        if (own == null) {
            forgetClosed();
            own = new HashMap<>();
            prepared.put(physical, own);
        }
        PreparedStatement statement = own.get(sql);
        if (statement == null) {
            statement = physical.prepareStatement(sql);
            own.put(sql, statement);
        }
        return statement;
    }

    /** A pool replaces a connection that broke; closing it has closed its statements. */
    private void forgetClosed() throws SQLException {
        for (SQLiteConnection connection : prepared.keySet()) {
            if (connection.isClosed()) {
                prepared.remove(connection);
            }
        }
    }

    /** The driver has finalized a statement that failed: it cannot be used again. */
    @Override
    public void giveBack(Connection connection, String sql, PreparedStatement statement, boolean sound)
            throws SQLException {
        if (!sound) {
            prepared.get(connection.unwrap(SQLiteConnection.class)).remove(sql);
            statement.close();
        }
    }
}

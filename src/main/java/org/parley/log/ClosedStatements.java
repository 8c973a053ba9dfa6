package org.parley.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Prepares anew each time: the driver of PostgreSQL keeps what it prepared on the server itself. */
final class ClosedStatements implements Transaction.Statements {
    /** Rows that the driver holds at once: a page may end long before its limit, and bodies may be large. */
    private static final int FETCH = 100;

    @Override
    public PreparedStatement take(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setFetchSize(FETCH);
        return statement;
    }

    @Override
    public void giveBack(Connection connection, String sql, PreparedStatement statement, boolean sound)
            throws SQLException {
        statement.close();
    }
}

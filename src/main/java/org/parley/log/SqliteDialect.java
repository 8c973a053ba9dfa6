package org.parley.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: one process, one writer, no round trips. */
final class SqliteDialect implements Dialect {
    private static final int NAMES = 256;

    private final WordIndex words = new WordIndex.Fts5();

    @Override
    public String folder() {
        return "sqlite";
    }

    @Override
    public void beginRead(Transaction transaction) {
        // A read transaction of SQLite sees one state of the database from its first statement on.
    }

    /** In the mode of a write-ahead log NORMAL keeps the database whole, since checkpoints wait for the disk. */
    @Override
    public void synchronous(Connection connection, boolean full) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = " + (full ? "FULL" : "NORMAL"));
        }
    }

    /**
     * {@link Connection#commit} would begin another transaction at once (sqlite-jdbc 3.53), which whoever waits for this
     * one has to wait for as well. Not for the pools of servers: IronJacamar 3.0 (WildFly 39) puts auto-commit off until
     * the next statement.
     */
    @Override
    public void commit(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
    }

    @Override
    public void beginWrite(Transaction transaction) {
        // There is one connection that writes, so nobody can be in the way.
    }

    @Override
    public void lookup(
            Transaction transaction,
            String select,
            List<String> columns,
            List<Object[]> keys,
            Transaction.Reader reader)
            throws SQLException {
        String sql = select + " WHERE " + String.join(" = ? AND ", columns) + " = ?";
        for (Object[] key : keys) {
            transaction.each(sql, reader, key);
        }
    }

    /**
     * In one statement, since the driver (sqlite-jdbc 3.53) asks for the names of all columns at each execution. Their
     * number is a power of two, so that few statements have to be prepared; the last name fills it up.
     */
    private static void lookup(Transaction transaction, String select, List<String> names, Transaction.Reader reader)
            throws SQLException {
        int places = Math.max(1, Integer.highestOneBit(2 * names.size() - 1));
        Object[] filled = Arrays.copyOf(names.toArray(), places);
        Arrays.fill(filled, names.size(), places, names.get(names.size() - 1));
        transaction.each(select + " WHERE name IN (?" + ", ?".repeat(places - 1) + ")", reader, filled);
    }

    @Override
    public void lock(Transaction transaction, String select, List<String> names, Wait wait, Transaction.Reader reader)
            throws SQLException {
        for (int from = 0; from < names.size(); from += NAMES) {
            lookup(transaction, select, names.subList(from, Math.min(names.size(), from + NAMES)), reader);
        }
    }

    @Override
    public String randomEpoch() {
        return "lower(hex(randomblob(16)))";
    }

    @Override
    public String identity(Transaction transaction) {
        return "";
    }

    /** The driver sets no SQLState, and hides the code of a row of a batch in the cause. */
    @Override
    public boolean refusesRow(SQLException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                int primary = sqlite.getResultCode().code & 0xff;
                return primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                        || primary == SQLiteErrorCode.SQLITE_TOOBIG.code
                        || primary == SQLiteErrorCode.SQLITE_MISMATCH.code;
            }
        }
        return false;
    }

    @Override
    public boolean refusesQuietly() {
        return true;
    }

    @Override
    public boolean lockedOut(SQLException problem) {
        return false;
    }

    @Override
    public WordIndex words() {
        return words;
    }
}

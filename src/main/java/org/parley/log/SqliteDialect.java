package org.parley.log;

import java.sql.SQLException;
import java.util.List;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite: one process, one writer, no round trips. */
final class SqliteDialect implements Dialect {
    private final WordIndex words = new WordIndex.Fts5();

    @Override
    public String folder() {
        return "sqlite";
    }

    @Override
    public void beginRead(Transaction transaction) {
        // A read transaction of SQLite sees one state of the database from its first statement on.
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

    @Override
    public void lock(Transaction transaction, String select, List<String> names, Wait wait, Transaction.Reader reader)
            throws SQLException {
        lookup(
                transaction,
                select,
                List.of("name"),
                names.stream().map(name -> new Object[] {name}).toList(),
                reader);
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
    public boolean lockedOut(SQLException problem) {
        return false;
    }

    @Override
    public WordIndex words() {
        return words;
    }
}

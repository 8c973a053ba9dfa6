package org.parley.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What SQLite and PostgreSQL do differently. */
interface Dialect {
    /** The name of the folder of migrations below {@code db}. */
    String folder();

    /** Prepares a transaction that is to see one state of the database however many statements it has. */
    void beginRead(Transaction transaction) throws SQLException;

    /**
     * Says, before a transaction begins, whether its commit is to wait for the disk. If not, what is committed may be
     * undone by a power failure, from the last to the first.
     */
    void synchronous(Connection connection, boolean full) throws SQLException;

    void commit(Connection connection) throws SQLException;

    /** Prepares a transaction that writes. */
    void beginWrite(Transaction transaction) throws SQLException;

    /**
     * Reads the rows that match one of the keys, in as few round trips as pay.
     *
     * @param select {@code SELECT … FROM table}
     * @param columns of that table, which a key has values for
     * @param keys Long and String values
     */
    void lookup(
            Transaction transaction,
            String select,
            List<String> columns,
            List<Object[]> keys,
            Transaction.Reader reader)
            throws SQLException;

    /** Like {@link #lookup} by {@code name}, and locks what it reads until the end of the transaction. */
    void lock(Transaction transaction, String select, List<String> names, Wait wait, Transaction.Reader reader)
            throws SQLException;

    /** An expression that gives each row another 128 random bits in hexadecimal. */
    String randomEpoch();

    /**
     * What the numbering hangs on: if it changes, numbers may be given a second time. Empty where only an operator can
     * know.
     */
    String identity(Transaction transaction) throws SQLException;

    /** Whether the database refuses one row for what it contains, so that the others may be stored. */
    boolean refusesRow(SQLException problem);

    /** Whether trying costs less than asking. PostgreSQL would write each refusal to its log. */
    boolean refusesQuietly();

    /** Whether a lock was not granted in time. */
    boolean lockedOut(SQLException problem);

    WordIndex words();

    /** What to do about a row that somebody else has locked. */
    enum Wait {
        SKIP,
        BRIEFLY
    }
}

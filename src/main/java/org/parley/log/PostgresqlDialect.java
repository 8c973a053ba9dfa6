package org.parley.log;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** PostgreSQL: several nodes, which the lock of a room's row keeps in order. */
final class PostgresqlDialect implements Dialect {
    private final WordIndex words = new WordIndex.Tsvector();

    /** What a transaction may take: a node that was stopped must not hold up the others for longer. */
    static final List<String> LIMITS = List.of(
            "lock_timeout = '1s'",
            "statement_timeout = '2s'",
            "idle_in_transaction_session_timeout = '5s'",
            "synchronous_commit = on");

    private static final String IDENTITY = "SELECT system_identifier || ':' || substr(pg_walfile_name("
            + "pg_current_wal_lsn()), 1, 8) FROM pg_control_system()";

    private final String beginRead;
    private final String beginWrite;

    /** @param foreign whether the connections are somebody else's, so that each transaction sets its own limits */
    PostgresqlDialect(boolean foreign) {
        String limits =
                foreign ? LIMITS.stream().map(limit -> "; SET LOCAL " + limit).collect(Collectors.joining()) : "";
        this.beginRead = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" + limits;
        this.beginWrite = foreign ? "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE" + limits : "";
    }

    @Override
    public String folder() {
        return "postgresql";
    }

    @Override
    public void beginRead(Transaction transaction) throws SQLException {
        transaction.update(beginRead);
    }

    /** Always: this process may outlive its database, and would go on with what that has forgotten. */
    @Override
    public void synchronous(Connection connection, boolean full) {}

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void beginWrite(Transaction transaction) throws SQLException {
        if (!beginWrite.isEmpty()) {
            transaction.update(beginWrite);
        }
    }

    @Override
    public void lookup(
            Transaction transaction,
            String select,
            List<String> columns,
            List<Object[]> keys,
            Transaction.Reader reader)
            throws SQLException {
        select(transaction, select, columns, keys, "", reader);
    }

    @Override
    public void lock(Transaction transaction, String select, List<String> names, Wait wait, Transaction.Reader reader)
            throws SQLException {
        if (wait == Wait.BRIEFLY) {
            transaction.update("SET LOCAL lock_timeout = '100ms'");
        }
        String lock = " ORDER BY name FOR UPDATE" + (wait == Wait.SKIP ? " SKIP LOCKED" : "");
        List<Object[]> keys = names.stream().map(name -> new Object[] {name}).toList();
        select(transaction, select, List.of("name"), keys, lock, reader);
    }

    private static void select(
            Transaction transaction,
            String select,
            List<String> columns,
            List<Object[]> keys,
            String suffix,
            Transaction.Reader reader)
            throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        Object[] arrays = new Object[columns.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = array(transaction, keys, i);
        }
        String sql = select + " WHERE (" + String.join(", ", columns) + ") IN (SELECT * FROM unnest("
                + IntStream.range(0, arrays.length).mapToObj(i -> "?").collect(Collectors.joining(", ")) + "))"
                + suffix;
        transaction.each(sql, reader, arrays);
    }

    private static Array array(Transaction transaction, List<Object[]> keys, int column) throws SQLException {
        Object[] values = keys.stream().map(key -> key[column]).toArray();
        return transaction.connection().createArrayOf(values[0] instanceof Long ? "bigint" : "text", values);
    }

    /** gen_random_uuid has 122 random bits, two of them more than 128. */
    @Override
    public String randomEpoch() {
        return "left(encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex'), 32)";
    }

    /** The timeline comes from the WAL: the control file tells of a promotion only after the next checkpoint. */
    @Override
    public String identity(Transaction transaction) throws SQLException {
        return transaction.query(IDENTITY, row -> row.getString(1)).get(0);
    }

    @Override
    public boolean refusesRow(SQLException problem) {
        String state = state(problem);
        return state.startsWith("22") || state.startsWith("23");
    }

    @Override
    public boolean refusesQuietly() {
        return false;
    }

    @Override
    public boolean lockedOut(SQLException problem) {
        return state(problem).equals("55P03");
    }

    private static String state(SQLException problem) {
        return problem.getSQLState() == null ? "" : problem.getSQLState();
    }

    @Override
    public WordIndex words() {
        return words;
    }
}

package org.parley.log;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

import org.parley.hub.LogUnavailableException;

/**
 * The open database of a node, migrated to what this version needs.
 *
 * <p>Closing it frees all it holds, so that an application can be deployed again into the same server: pools, threads,
 * files, and the JDBC drivers that came with the application.
 */
public final class Database implements AutoCloseable {
    private static final int FILE_CONNECTIONS = 4;
    private static final int POSTGRESQL_CONNECTIONS = 10;
    private static final Runnable NOTHING = () -> {};

    private final Dialect dialect;
    private final Transaction.Statements statements;
    private final Resources resources = new Resources();
    private DataSource writers;
    private DataSource readers;
    /** Where the index of words is: in SQLite a file of its own, so that no append waits for it. */
    private DataSource indexes;
    /** Where files are: in SQLite one of their own, for the same reason; elsewhere at least connections of their own. */
    private DataSource fileWriters;

    private DataSource fileReaders;

    private Runnable committed = NOTHING;
    private Runnable filesCommitted = NOTHING;
    private Consumer<LongConsumer> copying = worked -> {};

    private Database(Dialect dialect, Transaction.Statements statements) {
        this.dialect = dialect;
        this.statements = statements;
    }

    /**
     * Opens {@code chat.db}, {@code search.db} and {@code files.db} in the directory, which is made if there is none.
     *
     * @param threads makes the threads that copy write-ahead logs back into their databases
     * @throws IllegalStateException if another server has the directory open; the message names it
     * @throws LogUnavailableException if the database cannot be opened or migrated
     */
    public static Database sqlite(Path directory, ThreadFactory threads) throws LogUnavailableException {
        Database database = new Database(new SqliteDialect(), new CachedStatements());
        return database.opened(directory.toString(), () -> database.openSqlite(directory, threads));
    }

    /**
     * Opens a pool of connections to PostgreSQL 13 or newer.
     *
     * @param url {@code jdbc:postgresql://…}
     * @throws LogUnavailableException if the database cannot be reached or migrated
     */
    public static Database postgresql(String url, String user, String password) throws LogUnavailableException {
        Database database = new Database(new PostgresqlDialect(false), new ClosedStatements());
        // Nobody wants to read a password that was given as a parameter of the URL in a log.
        String shown = url.replaceFirst("\\?.*", "");
        return database.opened(shown, () -> database.openPostgresql(url, user, password));
    }

    /**
     * Uses the connections of a data source that the server manages; it stays open.
     *
     * @throws LogUnavailableException if the database cannot be reached or migrated, or is no PostgreSQL
     */
    public static Database of(DataSource dataSource) throws LogUnavailableException {
        Database database = new Database(new PostgresqlDialect(true), new ClosedStatements());
        return database.opened("the server's data source", () -> database.openDataSource(dataSource));
    }

    private interface Opening {
        void open() throws SQLException, IOException;
    }

    private Database opened(String name, Opening opening) throws LogUnavailableException {
        try {
            opening.open();
            return this;
        } catch (SQLException | IOException | FlywayException | PoolInitializationException e) {
            close();
            throw new LogUnavailableException("The database " + name + " cannot be opened: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openSqlite(Path directory, ThreadFactory threads) throws IOException, SQLException {
        SqliteDirectory opened = new SqliteDirectory(directory, threads, resources);
        writers = opened.writers();
        readers = opened.readers();
        indexes = opened.indexes();
        fileWriters = opened.fileWriters();
        fileReaders = opened.fileReaders();
        committed = opened.checkpoints()::committed;
        filesCommitted = opened.fileCheckpoints()::committed;
        copying = opened.fileCheckpoints()::onWork;
    }

    private void openPostgresql(String url, String user, String password) {
        migrate(flyway().dataSource(url, user, password));
        writers = resources.open(postgresqlPool("parley", POSTGRESQL_CONNECTIONS, url, user, password));
        readers = writers;
        indexes = writers;
        fileWriters = resources.open(postgresqlPool("parley-files", FILE_CONNECTIONS, url, user, password));
        fileReaders = fileWriters;
    }

    private static HikariConfig postgresqlPool(String name, int size, String url, String user, String password) {
        HikariConfig config = Resources.pool(name, size);
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaxLifetime(TimeUnit.MINUTES.toMillis(30));
        config.setMinimumIdle(Math.min(2, size / 2));
        config.setConnectionInitSql("SET " + String.join("; SET ", PostgresqlDialect.LIMITS));
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // The detail of a violated constraint quotes the row, with the message in it.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("ApplicationName", "parley");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "2");
        // Longer than any statement may take: only a connection whose other end is gone runs into it.
        config.addDataSourceProperty("socketTimeout", "5");
        return config;
    }

    private void openDataSource(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL")) {
                throw new SQLException("it is " + product + ", not PostgreSQL");
            }
        }
        migrate(flyway().dataSource(dataSource));
        writers = dataSource;
        readers = dataSource;
        indexes = dataSource;
        fileWriters = dataSource;
        fileReaders = dataSource;
    }

    /** The application's own class loader: on a server, the thread's may be that of the server. */
    static FluentConfiguration flyway() {
        return Flyway.configure(Database.class.getClassLoader());
    }

    private void migrate(FluentConfiguration flyway) {
        flyway.locations("classpath:db/" + dialect.folder()).load().migrate();
    }

    /**
     * For other packages' small tables in the same database. A connection is to be given back at once: SQLite has one
     * that writes, which appends wait for.
     */
    public DataSource dataSource() {
        return writers;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Sees one state of the database. */
    Transaction read() throws SQLException {
        return begin(readers, dialect::beginRead, NOTHING);
    }

    Transaction write() throws SQLException {
        return begin(writers, dialect::beginWrite, committed);
    }

    WordIndex words() {
        return dialect.words();
    }

    /** On the index of words. */
    Transaction index() throws SQLException {
        return begin(indexes, dialect::beginWrite, NOTHING);
    }

    /** On the files. */
    Transaction readFiles() throws SQLException {
        return begin(fileReaders, dialect::beginRead, NOTHING);
    }

    Transaction writeFiles() throws SQLException {
        return beginFiles(true);
    }

    /**
     * On the files. Nothing but a power failure undoes what was committed: it is on the disk once a later
     * {@link #writeFiles} is committed, and until then all that came after it goes with it.
     */
    Transaction appendFiles() throws SQLException {
        return beginFiles(false);
    }

    private Transaction beginFiles(boolean durable) throws SQLException {
        Preparation synchronous = connection -> dialect.synchronous(connection, durable);
        return begin(fileWriters, synchronous, dialect::beginWrite, filesCommitted);
    }

    /** Of a connection, before a transaction begins on it. */
    private interface Preparation {
        void prepare(Connection connection) throws SQLException;
    }

    private interface Beginning {
        void begin(Transaction transaction) throws SQLException;
    }

    private Transaction begin(DataSource source, Beginning beginning, Runnable committed) throws SQLException {
        return begin(source, connection -> {}, beginning, committed);
    }

    private Transaction begin(DataSource source, Preparation preparation, Beginning beginning, Runnable committed)
            throws SQLException {
        Connection connection = source.getConnection();
        try {
            preparation.prepare(connection);
            connection.setAutoCommit(false);
            Transaction transaction = new Transaction(connection, dialect, statements, source, committed);
            beginning.begin(transaction);
            return transaction;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Committed chunks may have to be copied once more, at a time of the database's choice.
     *
     * @param worked told how many nanoseconds that took, each time
     */
    public void onCopied(LongConsumer worked) {
        copying.accept(worked);
    }

    @Override
    public void close() {
        resources.close();
        deregisterDrivers();
    }

    /** The driver manager is the server's and would keep the application's classes for ever. */
    private static void deregisterDrivers() {
        ClassLoader own = Database.class.getClassLoader();
        List<Driver> drivers = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == own)
                .toList();
        for (Driver driver : drivers) {
            Resources.close(() -> DriverManager.deregisterDriver(driver));
        }
    }
}

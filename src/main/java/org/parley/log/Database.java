package org.parley.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

import org.parley.event.Event;
import org.parley.hub.LogUnavailableException;

/**
 * The open database of a node, migrated to what this version needs.
 *
 * <p>Closing it frees all it holds, so that an application can be deployed again into the same server: pools, threads,
 * files, and the JDBC drivers that came with the application.
 */
public final class Database implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Database.class.getName());
    private static final int READERS = 4;
    private static final int FILE_CONNECTIONS = 4;
    /** An upload waits longer than a publish: its client has the bytes. */
    private static final long FILE_PATIENCE_MS = 10_000;
    /** A chunk is four of these instead of 32: each is a write, a read at the next checkpoint, and another write. */
    private static final int FILE_PAGE_BYTES = 32 << 10;
    /** As much at once as SQLite's own limit of 1,000 pages of 4 KiB. */
    private static final int FILE_CHECKPOINT_BYTES = 4 << 20;
    /** For each connection of SQLite; the end of every active room should stay in memory. */
    private static final int JOURNAL_BYTES = 256 << 20;

    private static final int CACHE_KIB = 16_384;

    private static final int POSTGRESQL_CONNECTIONS = 10;
    /** As long as a publish may take before it is told to be unavailable. */
    private static final long PATIENCE_MS = 2_000;
    /** As long as a checkpoint waits for readers while nobody may write. */
    private static final long CHECKPOINT_PATIENCE_MS = 50;

    private final Dialect dialect;
    private final Transaction.Statements statements;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private DataSource writers;
    private DataSource readers;
    /** Where the index of words is: in SQLite a file of its own, so that no append waits for it. */
    private DataSource indexes;
    /** Where files are: in SQLite one of their own, for the same reason; elsewhere at least connections of their own. */
    private DataSource fileWriters;

    private DataSource fileReaders;

    private Runnable committed = () -> {};

    private Database(Dialect dialect, Transaction.Statements statements) {
        this.dialect = dialect;
        this.statements = statements;
    }

    /**
     * Opens {@code chat.db} in the directory, which is made if there is none.
     *
     * @param threads makes the one thread that copies the write-ahead log back into the database
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
        loadLibrary();
        Files.createDirectories(directory);
        resources.push(DirectoryLock.take(directory));
        Path path = directory.resolve("chat.db");
        migrate(flyway().dataSource(sqliteFile(path, TransactionMode.DEFERRED, PATIENCE_MS)));
        HikariConfig writer = pool("parley-writer", 1);
        // A transaction that reads first does not wait for the lock to write, it fails; and any reader takes that lock
        // for
        // a moment when it reads the index of the write-ahead log while it changes (walIndexReadHdr).
        writer.setDataSource(sqliteFile(path, TransactionMode.IMMEDIATE, PATIENCE_MS));
        writer.setConnectionInitSql("PRAGMA wal_autocheckpoint = 0");
        writers = keep(writer);
        HikariConfig reader = pool("parley-readers", READERS);
        reader.setDataSource(sqliteFile(path, TransactionMode.DEFERRED, PATIENCE_MS));
        reader.setConnectionInitSql("PRAGMA query_only = 1");
        readers = keep(reader);
        SQLiteDataSource search = sqliteFile(directory.resolve("search.db"), TransactionMode.IMMEDIATE, PATIENCE_MS);
        flyway().dataSource(search)
                .locations("classpath:db/sqlite-search")
                .load()
                .migrate();
        HikariConfig index = pool("parley-search", 1);
        index.setDataSource(search);
        indexes = keep(index);
        openSqliteFiles(directory.resolve("files.db"));
        SQLiteDataSource checkpointed = sqliteFile(path, TransactionMode.DEFERRED, CHECKPOINT_PATIENCE_MS);
        Checkpoints checkpoints = new Checkpoints(checkpointed, writers, threads);
        checkpoints.start();
        resources.push(checkpoints);
        committed = checkpoints::committed;
    }

    /** Whoever commits copies the write-ahead log back: an upload may wait, and is slowed down by it. */
    private void openSqliteFiles(Path path) throws SQLException {
        makeFilePages(path);
        flyway().dataSource(sqliteFile(path, TransactionMode.DEFERRED, PATIENCE_MS))
                .locations("classpath:db/sqlite-files")
                .load()
                .migrate();
        HikariConfig writer = pool("parley-file-writer", 1);
        writer.setConnectionTimeout(FILE_PATIENCE_MS);
        writer.setConnectionInitSql("PRAGMA wal_autocheckpoint = " + FILE_CHECKPOINT_BYTES / FILE_PAGE_BYTES);
        writer.setDataSource(sqliteFile(path, TransactionMode.IMMEDIATE, PATIENCE_MS));
        fileWriters = keep(writer);
        HikariConfig reader = pool("parley-file-readers", FILE_CONNECTIONS);
        reader.setDataSource(sqliteFile(path, TransactionMode.DEFERRED, PATIENCE_MS));
        reader.setConnectionInitSql("PRAGMA query_only = 1");
        fileReaders = keep(reader);
    }

    /** Only before the first table is made, and before the write-ahead log is: a database that has them keeps its pages. */
    private static void makeFilePages(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(FILE_PAGE_BYTES);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
        }
    }

    /**
     * Loads the native library. It asks {@code uname} on the way (sqlite-jdbc 3.53), and the thread with which the virtual
     * machine waits for that process lives on for a minute, with the class loader of whoever began it: not ours, or an
     * application that has been undeployed would stay in memory for as long.
     */
    private static void loadLibrary() throws IOException {
        Thread current = Thread.currentThread();
        ClassLoader ours = current.getContextClassLoader();
        current.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IOException("SQLite's library cannot be loaded: " + e.getMessage(), e);
        } finally {
            current.setContextClassLoader(ours);
        }
    }

    private static SQLiteDataSource sqliteFile(Path path, TransactionMode mode, long patienceMs) {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(mode);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-CACHE_KIB);
        config.setBusyTimeout((int) patienceMs);
        // Only what a long read has kept from being used again goes back to the disk.
        config.setJournalSizeLimit(JOURNAL_BYTES);
        SQLiteDataSource file = new SQLiteDataSource(config);
        file.setUrl("jdbc:sqlite:" + path);
        return file;
    }

    private void openPostgresql(String url, String user, String password) {
        migrate(flyway().dataSource(url, user, password));
        writers = keep(postgresqlPool("parley", POSTGRESQL_CONNECTIONS, url, user, password));
        readers = writers;
        indexes = writers;
        fileWriters = keep(postgresqlPool("parley-files", FILE_CONNECTIONS, url, user, password));
        fileReaders = fileWriters;
    }

    private static HikariConfig postgresqlPool(String name, int size, String url, String user, String password) {
        HikariConfig config = pool(name, size);
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

    private static HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMaxLifetime(0);
        config.setConnectionTimeout(PATIENCE_MS);
        return config;
    }

    private DataSource keep(HikariConfig config) {
        HikariDataSource pool = new HikariDataSource(config);
        resources.push(pool);
        return pool;
    }

    /** The application's own class loader: on a server, the thread's may be that of the server. */
    private static FluentConfiguration flyway() {
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
        return begin(readers, dialect::beginRead);
    }

    Transaction write() throws SQLException {
        return begin(writers, dialect::beginWrite);
    }

    WordIndex words() {
        return dialect.words();
    }

    /** On the index of words. */
    Transaction index() throws SQLException {
        return begin(indexes, dialect::beginWrite);
    }

    /** On the files. */
    Transaction readFiles() throws SQLException {
        return begin(fileReaders, dialect::beginRead);
    }

    Transaction writeFiles() throws SQLException {
        return begin(fileWriters, dialect::beginWrite);
    }

    private interface Beginning {
        void begin(Transaction transaction) throws SQLException;
    }

    private Transaction begin(DataSource source, Beginning beginning) throws SQLException {
        Connection connection = source.getConnection();
        try {
            connection.setAutoCommit(false);
            Transaction transaction =
                    new Transaction(connection, statements, source, source == writers ? committed : () -> {});
            beginning.begin(transaction);
            return transaction;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() {
        while (!resources.isEmpty()) {
            close(resources.pop());
        }
        deregisterDrivers();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            Event.of("not-closed")
                    .with("resource", resource)
                    .with("reason", e.getMessage())
                    .warn(LOG);
        }
    }

    /** The driver manager is the server's and would keep the application's classes for ever. */
    private static void deregisterDrivers() {
        ClassLoader own = Database.class.getClassLoader();
        List<Driver> drivers = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == own)
                .toList();
        for (Driver driver : drivers) {
            close(() -> DriverManager.deregisterDriver(driver));
        }
    }
}

package org.parley.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The databases of one directory, open and migrated: {@code chat.db}; {@code search.db}, the index of words; {@code files.db}.
 * Each is a file of its own, so that no append of the log waits for what another of them does.
 */
final class SqliteDirectory {
    private static final int READERS = 4;
    private static final int FILE_READERS = 4;
    /** An upload waits longer than a publish: its client has the bytes. */
    private static final long FILE_PATIENCE_MS = TimeUnit.SECONDS.toMillis(10);

    private static final int PAGE_BYTES = 4 << 10;
    /** A write-ahead log of more than so many bytes is started over. */
    private static final int LARGE = 64 << 20;
    /** A chunk is four of these instead of 32: each is a write, a read at the next checkpoint, and another write. */
    private static final int FILE_PAGE_BYTES = 32 << 10;

    private static final int FILE_LARGE = 16 << 20;
    /** For each connection; the end of every active room should stay in memory. */
    private static final int CACHE_KIB = 16_384;
    /** Only what a long read has kept from being used again goes back to the disk. */
    private static final int JOURNAL_BYTES = 256 << 20;
    /** As long as a checkpoint waits for readers while nobody may write. */
    private static final long CHECKPOINT_PATIENCE_MS = 50;

    private final ThreadFactory threads;
    private final Resources resources;
    private final DataSource writers;
    private final DataSource readers;
    private final DataSource indexes;
    private final DataSource fileWriters;
    private final DataSource fileReaders;
    private final Checkpoints checkpoints;
    private final Checkpoints fileCheckpoints;

    /**
     * @param threads makes a thread for each database that copies its write-ahead log back
     * @param resources keeps what is opened
     */
    SqliteDirectory(Path directory, ThreadFactory threads, Resources resources) throws IOException, SQLException {
        this.threads = threads;
        this.resources = resources;
        loadLibrary();
        Files.createDirectories(directory);
        resources.keep(DirectoryLock.take(directory));
        Path chat = directory.resolve("chat.db");
        migrate(chat, "sqlite");
        writers = writer("parley-writer", chat, Resources.PATIENCE_MS);
        readers = readers("parley-readers", chat, READERS);
        checkpoints = checkpoints(chat, writers, LARGE / PAGE_BYTES);
        Path search = directory.resolve("search.db");
        migrate(search, "sqlite-search");
        HikariConfig index = Resources.pool("parley-search", 1);
        index.setDataSource(database(search, TransactionMode.IMMEDIATE, Resources.PATIENCE_MS));
        indexes = resources.open(index);
        Path files = directory.resolve("files.db");
        makeFilePages(files);
        migrate(files, "sqlite-files");
        fileWriters = writer("parley-file-writer", files, FILE_PATIENCE_MS);
        fileReaders = readers("parley-file-readers", files, FILE_READERS);
        fileCheckpoints = checkpoints(files, fileWriters, FILE_LARGE / FILE_PAGE_BYTES);
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

    private static void migrate(Path path, String folder) {
        Database.flyway()
                .dataSource(database(path, TransactionMode.DEFERRED, Resources.PATIENCE_MS))
                .locations("classpath:db/" + folder)
                .load()
                .migrate();
    }

    /**
     * The one connection that writes. A transaction that reads first does not wait for the lock to write, it fails; and any
     * reader takes that lock for a moment when it reads the index of the write-ahead log while it changes (walIndexReadHdr).
     */
    private DataSource writer(String name, Path path, long patienceMs) {
        HikariConfig writer = Resources.pool(name, 1);
        writer.setConnectionTimeout(patienceMs);
        writer.setDataSource(database(path, TransactionMode.IMMEDIATE, Resources.PATIENCE_MS));
        writer.setConnectionInitSql("PRAGMA wal_autocheckpoint = 0");
        return resources.open(writer);
    }

    private DataSource readers(String name, Path path, int connections) {
        HikariConfig reader = Resources.pool(name, connections);
        reader.setDataSource(database(path, TransactionMode.DEFERRED, Resources.PATIENCE_MS));
        reader.setConnectionInitSql("PRAGMA query_only = 1");
        return resources.open(reader);
    }

    private Checkpoints checkpoints(Path path, DataSource writer, int large) {
        SQLiteDataSource copied = database(path, TransactionMode.DEFERRED, CHECKPOINT_PATIENCE_MS);
        Checkpoints made = resources.keep(new Checkpoints(copied, writer, large, threads));
        made.start();
        return made;
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

    private static SQLiteDataSource database(Path path, TransactionMode mode, long patienceMs) {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(mode);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setCacheSize(-CACHE_KIB);
        config.setBusyTimeout((int) patienceMs);
        config.setJournalSizeLimit(JOURNAL_BYTES);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + path);
        return database;
    }

    DataSource writers() {
        return writers;
    }

    DataSource readers() {
        return readers;
    }

    DataSource indexes() {
        return indexes;
    }

    DataSource fileWriters() {
        return fileWriters;
    }

    DataSource fileReaders() {
        return fileReaders;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    Checkpoints fileCheckpoints() {
        return fileCheckpoints;
    }
}

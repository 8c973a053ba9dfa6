package org.parley.log;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import org.parley.hub.MessageLog;
import org.parley.hub.Search;

class SqliteSearchTest extends SearchContract {
    @TempDir
    private Path directory;

    private Database database;
    private JdbcMessageLog log;
    private Retention retention = Retention.EVERYTHING;

    @Override
    protected MessageLog open() throws Exception {
        database = Database.sqlite(directory, Thread::new);
        log = new JdbcMessageLog(database, clock, room -> retention);
        return log;
    }

    @Override
    protected Search search() {
        return new JdbcSearch(database);
    }

    @Override
    protected void keepNewest(String room, int count) throws Exception {
        retention = new Retention(count, Retention.FOREVER);
        log.trim(clock.instant());
    }

    @AfterEach
    void close() {
        database.close();
    }
}

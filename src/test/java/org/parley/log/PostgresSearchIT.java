package org.parley.log;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.hub.MessageLog;
import org.parley.hub.Search;

class PostgresSearchIT extends SearchContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private Database database;
    private JdbcMessageLog log;
    private Retention retention = Retention.EVERYTHING;

    @Override
    protected MessageLog open() throws Exception {
        database = Database.postgresql(POSTGRES.create(), "postgres", "");
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

package org.parley.log;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresFileStoreIT extends FileStoreContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    @Override
    protected Database openDatabase() throws Exception {
        return Database.postgresql(POSTGRES.create(), "postgres", "");
    }
}

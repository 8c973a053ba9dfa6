package org.parley.log;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;

class SqliteFileStoreTest extends FileStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected Database openDatabase() throws Exception {
        return Database.sqlite(directory, Thread::new);
    }
}

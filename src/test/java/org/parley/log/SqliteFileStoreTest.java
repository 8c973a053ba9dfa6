package org.parley.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SqliteFileStoreTest extends FileStoreContract {
    private static final String NORMAL = "1";
    private static final String FULL = "2";

    @TempDir
    private Path directory;

    private Database opened;

    @Override
    protected Database openDatabase() throws Exception {
        opened = Database.sqlite(directory, Thread::new);
        return opened;
    }

    @Test
    void onlyWhatEndsAnUploadWaitsForTheDisk() throws Exception {
        assertThat(synchronous(opened.appendFiles())).isEqualTo(NORMAL);
        assertThat(synchronous(opened.writeFiles())).isEqualTo(FULL);
        assertThat(synchronous(opened.appendFiles())).isEqualTo(NORMAL);
    }

    private static String synchronous(Transaction transaction) throws SQLException {
        try (transaction) {
            return transaction
                    .query("PRAGMA synchronous", row -> row.getString(1))
                    .get(0);
        }
    }

    @Test
    void theWriteAheadLogIsCopiedWithoutAnyCommitWaitingForIt() throws Exception {
        AtomicLong worked = new AtomicLong();
        opened.onCopied(worked::addAndGet);
        Path file = directory.resolve("files.db");
        long before = Files.size(file);
        byte[] chunk = new byte[1 << 20];
        try (Transaction transaction = opened.appendFiles()) {
            transaction.update("INSERT INTO chunk (file_number, position, bytes) VALUES (1, 0, ?)", (Object) chunk);
            transaction.commit();
        }
        Awaitility.await().untilAsserted(() -> {
            assertThat(worked).hasPositiveValue();
            assertThat(Files.size(file)).isGreaterThanOrEqualTo(before + chunk.length);
        });
    }
}

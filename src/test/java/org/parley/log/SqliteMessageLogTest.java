package org.parley.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqliteMessageLogTest extends JdbcMessageLogContract {
    private static final JDBC SQLITE = new JDBC();

    @TempDir
    private Path directory;

    @Override
    protected Database openDatabase() throws Exception {
        return Database.sqlite(directory, Thread::new);
    }

    @Test
    void aSecondServerIsToldWhichDirectoryIsInUse() {
        assertThatThrownBy(this::openDatabase)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("in use");
        assertThat(directory.resolve("chat.db")).exists();
    }

    @Test
    void aDirectoryThatIsNoneIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> Database.sqlite(file, Thread::new))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aCommitIsOnDiskWhenItReturns() throws Exception {
        assertThat(pragma("journal_mode")).isEqualTo("wal");
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("wal_autocheckpoint")).isEqualTo("0");
        assertThat(pragma("journal_size_limit")).isEqualTo(String.valueOf(256 << 20));
    }

    private String pragma(String name) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }

    private void set(String pragma) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA " + pragma);
        }
    }

    @Test
    void aFullDiskIsUnavailableAndNothingIsHalfStored() throws Exception {
        fill("tea", 5);
        set("max_page_count = " + pragma("page_count"));
        List<Append> batch = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            batch.add(text("tea", ANN, "full" + i));
        }

        assertThatThrownBy(() -> log.append(batch))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("full");
        assertThat(log.after("tea", 0, 100, ALL).messages()).hasSize(5);

        set("max_page_count = 1000000");
        assertThat(log.append(batch)).allMatch(Appended.Stored.class::isInstance);
        assertThat(log.after("tea", 5, 1_000, ALL).messages())
                .extracting(Message::id)
                .containsExactlyElementsOf(batch.stream().map(Append::id).toList());
    }

    @Test
    void aReadOnlyDiskIsUnavailable() throws Exception {
        set("query_only = 1");
        assertThatThrownBy(() -> append(text("tea", ANN, "a"))).isInstanceOf(LogUnavailableException.class);
        set("query_only = 0");
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Stored.class);
    }

    @Test
    void anAppendWaitsForWhoeverHasTheLockForAMoment() throws Exception {
        append(text("tea", ANN, "a"));
        try (Connection other = SQLITE.connect("jdbc:sqlite:" + directory.resolve("chat.db"), new Properties());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            CompletableFuture<Appended> waiting = CompletableFuture.supplyAsync(() -> appendUnchecked("b"));
            Awaitility.await().during(Duration.ofMillis(200)).until(() -> !waiting.isDone());
            statement.execute("ROLLBACK");
            assertThat(waiting.join()).isInstanceOf(Appended.Stored.class);
        }
    }

    private Appended appendUnchecked(String id) {
        try {
            return append(text("tea", ANN, id));
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readersCannotWrite() throws Exception {
        try (Transaction reader = database.read()) {
            assertThatThrownBy(() -> reader.update("DELETE FROM room")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theWriteAheadLogIsCopiedBackAndItsFileUsedAgain() throws Exception {
        fill("tea", 2_000);
        long full = Files.size(directory.resolve("chat.db-wal"));
        Awaitility.await().until(() -> Files.size(directory.resolve("chat.db")) > full / 2);
        for (List<Append> batch : batches(5, 10, 10, "again")) {
            log.append(batch);
        }
        assertThat(Files.size(directory.resolve("chat.db-wal"))).isEqualTo(full);
    }

    @Test
    void closingLeavesNoThreadAndNoFileHandle() throws Exception {
        append(text("tea", ANN, "a"));
        database.close();

        Awaitility.await().untilAsserted(() -> assertThat(threads()).isEmpty());
        assertThat(directory.resolve("chat.db-wal")).doesNotExist();
        try (var handles = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(handles.filter(handle -> opensBelow(directory, handle))).isEmpty();
        }
        assertThat(java.sql.DriverManager.drivers().map(Object::getClass)).doesNotContain(JDBC.class);
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("parley"))
                .collect(Collectors.toSet());
    }

    private static boolean opensBelow(Path directory, Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(directory);
        } catch (java.io.IOException closed) {
            return false;
        }
    }
}

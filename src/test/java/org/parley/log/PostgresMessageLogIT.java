package org.parley.log;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.ErrorCode;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Message;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PostgresMessageLogIT extends JdbcMessageLogContract {
    @RegisterExtension
    static final PostgresServer POSTGRES = new PostgresServer();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private String url;

    @Override
    protected Database openDatabase() throws Exception {
        if (url == null) {
            url = POSTGRES.create();
        }
        return Database.postgresql(url, "postgres", "");
    }

    @AfterEach
    void closeOpened() throws Exception {
        Collections.reverse(opened);
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    /** A second node's log of the same rooms. */
    private JdbcMessageLog otherNode() throws Exception {
        Database other = openDatabase();
        opened.add(other);
        return openLog(other);
    }

    /** Holds the row of the room until it is closed, as a node in the middle of an append does. */
    private Connection lock(String room) throws SQLException {
        Connection connection = POSTGRES.connect(url);
        opened.add(connection);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM room WHERE name = '" + room + "' FOR UPDATE");
        }
        return connection;
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = POSTGRES.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void twoNodesNumberInTheOrderOfCommits() throws Exception {
        JdbcMessageLog other = otherNode();
        CompletableFuture<Void> here = CompletableFuture.runAsync(() -> write(log, "here"));
        CompletableFuture<Void> there = CompletableFuture.runAsync(() -> write(other, "there"));
        List<Long> seen = new ArrayList<>();
        CompletableFuture<Void> both = CompletableFuture.allOf(here, there);
        do {
            long from = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
            log.after("tea", from, 1_000, ALL).messages().forEach(message -> seen.add(message.seq()));
        } while (!both.isDone());
        both.join();
        log.after("tea", seen.get(seen.size() - 1), 1_000, ALL).messages().forEach(message -> seen.add(message.seq()));

        assertThat(seen)
                .as("what a reader that polls gets: a number that becomes visible late would be missing")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 400).boxed().toList());
        List<String> ids = log.after("tea", 0, 1_000, ALL).messages().stream()
                .map(Message::id)
                .toList();
        assertThat(ids.stream().filter(id -> id.startsWith("here"))).isSortedAccordingTo(byNumber());
        assertThat(ids.stream().filter(id -> id.startsWith("there"))).isSortedAccordingTo(byNumber());
    }

    private static java.util.Comparator<String> byNumber() {
        return java.util.Comparator.comparing(id -> Integer.parseInt(id.replaceAll("\\D", "")));
    }

    private static void write(org.parley.hub.MessageLog log, String prefix) {
        try {
            for (int i = 0; i < 200; i++) {
                Appended outcome;
                do {
                    outcome = log.append(List.of(text("tea", ANN, prefix + i))).get(0);
                } while (outcome instanceof Appended.Deferred);
                stored(outcome);
            }
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLockedRoomIsDeferredAndTheOthersAreStored() throws Exception {
        log.open("tea", RoomClass.LOG);
        lock("tea");

        assertThat(log.append(List.of(text("tea", ANN, "a"), text("milk", ANN, "b"), text("tea", ANN, "c"))))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Appended.Deferred.class),
                        other -> assertThat(other).isInstanceOf(Appended.Stored.class),
                        last -> assertThat(last).isInstanceOf(Appended.Deferred.class));
    }

    @Test
    void whatWasDeferredTwiceWaitsForTheLock() throws Exception {
        log.open("tea", RoomClass.LOG);
        Connection held = lock("tea");
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Deferred.class);
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Deferred.class);

        CompletableFuture<List<Appended>> waiting = CompletableFuture.supplyAsync(() -> appendUntilStored("tea"));
        Awaitility.await().until(this::somebodyWaits);
        held.rollback();

        assertThat(waiting.join()).allMatch(Appended.Stored.class::isInstance);
    }

    private List<Appended> appendUntilStored(String room) {
        try {
            List<Appended> outcomes;
            do {
                outcomes = log.append(List.of(text(room, ANN, "a"), text(room, ANN, "b")));
            } while (outcomes.get(0) instanceof Appended.Deferred);
            return outcomes;
        } catch (LogUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean somebodyWaits() throws SQLException {
        try (Connection connection = POSTGRES.connect(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND datname = current_database()")) {
            row.next();
            return row.getInt(1) > 0;
        }
    }

    @Test
    void aRoomThatStaysLockedIsUnavailableAndHoldsUpNobody() throws Exception {
        log.open("tea", RoomClass.LOG);
        lock("tea");
        long start = System.nanoTime();
        Appended outcome;
        int tries = 0;
        do {
            List<Appended> outcomes = log.append(List.of(text("tea", ANN, "a"), text("milk", ANN, "m" + tries++)));
            assertThat(outcomes.get(1)).isInstanceOf(Appended.Stored.class);
            outcome = outcomes.get(0);
        } while (outcome instanceof Appended.Deferred);

        assertThat(code(outcome)).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(tries).as("how often the other room was served meanwhile").isGreaterThan(2);
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Deferred.class);
    }

    @Test
    void aNulByteIsRefusedAlone() throws Exception {
        List<Appended> outcomes = log.append(List.of(
                text("tea", ANN, "a"),
                text("tea", new User("guest:nul", "N\0ul", true), "b"),
                text("tea", ANN, "nul\0"),
                text("tea", ANN, "c")));

        assertThat(outcomes)
                .filteredOn(Appended.Refused.class::isInstance)
                .hasSize(2)
                .allSatisfy(refused -> assertThat(code(refused)).isEqualTo(ErrorCode.INVALID));
        assertThat(stored(outcomes.get(3)).message().seq()).isEqualTo(2);
    }

    @Test
    void anotherClusterOrTimelineRenewsEveryEpochOnce() throws Exception {
        String before = log.open("tea", RoomClass.LOG).epoch();
        otherNode();
        assertThat(log.head("tea").orElseThrow().epoch()).isEqualTo(before);

        sql("UPDATE cluster SET identity = 'restored elsewhere'");
        JdbcMessageLog first = otherNode();
        String renewed = first.head("tea").orElseThrow().epoch();
        assertThat(renewed).isNotEqualTo(before).hasSize(32);
        assertThat(otherNode().head("tea").map(RoomHead::epoch)).contains(renewed);
        assertThat(stored(append(text("tea", ANN, "a"))).epoch()).isEqualTo(renewed);
    }

    @Test
    void aServerThatWentAwayIsUnavailableAndComesBack() throws Exception {
        append(text("tea", ANN, "a"));
        readOnly("on");
        assertThatThrownBy(() -> append(text("tea", ANN, "b"))).isInstanceOf(LogUnavailableException.class);

        readOnly("off");
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(append(text("tea", ANN, "b")))
                .isInstanceOf(Appended.Stored.class));
        assertThat(log.head("tea").orElseThrow().last()).isEqualTo(2);
    }

    /** For connections from now on; those that are open are cut. */
    private void readOnly(String value) throws SQLException {
        String name = url.replaceFirst(".*/([^/?]+).*", "$1");
        POSTGRES.execute("ALTER DATABASE " + name + " SET default_transaction_read_only = " + value);
        POSTGRES.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    @Test
    void anUnreachableServerIsNamedWithoutItsPassword() {
        assertThatThrownBy(() -> Database.postgresql("jdbc:postgresql://127.0.0.1:1/x?password=secret", "a", "b"))
                .isInstanceOf(LogUnavailableException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
                .hasMessageNotContaining("secret");
    }

    @Test
    void connectionsHaveTheirLimits() throws Exception {
        assertThat(setting(database.dataSource().getConnection(), "lock_timeout"))
                .isEqualTo("1s");
        assertThat(setting(database.dataSource().getConnection(), "statement_timeout"))
                .isEqualTo("2s");
        assertThat(setting(database.dataSource().getConnection(), "idle_in_transaction_session_timeout"))
                .isEqualTo("5s");
        assertThat(setting(database.dataSource().getConnection(), "synchronous_commit"))
                .isEqualTo("on");
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void aDataSourceOfTheServerServesAsWellAndKeepsItsSettings() throws Exception {
        HikariConfig server = new HikariConfig();
        server.setPoolName("server");
        server.setDriverClassName("org.postgresql.Driver");
        server.setJdbcUrl(url);
        server.setUsername("postgres");
        try (HikariDataSource source = new HikariDataSource(server);
                Database managed = Database.of(source)) {
            JdbcMessageLog other = openLog(managed);
            assertThat(other.append(List.of(text("tea", ANN, "a"))).get(0)).isInstanceOf(Appended.Stored.class);
            assertThat(other.after("tea", 0, 10, ALL).messages()).hasSize(1);
            try (Transaction transaction = managed.write()) {
                assertThat(transaction.query("SHOW lock_timeout", row -> row.getString(1)))
                        .containsExactly("1s");
            }
        }
        assertThat(setting(POSTGRES.connect(url), "lock_timeout")).isEqualTo("0");
    }

    @Test
    void commitsWhereAPoolPutsAutoCommitOff() throws Exception {
        DataSource patient = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> withPatientAutoCommit(POSTGRES.connect(url)));
        try (Database managed = Database.of(patient)) {
            assertThat(openLog(managed).append(List.of(text("tea", ANN, "a"))).get(0))
                    .isInstanceOf(Appended.Stored.class);
        }
        assertThat(log.after("tea", 0, 10, ALL).messages()).hasSize(1);
    }

    /** Like that of IronJacamar 3.0: auto-commit goes on with the next statement, and none comes any more. */
    private static Connection withPatientAutoCommit(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                PostgresMessageLogIT.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean later = method.getName().equals("setAutoCommit") && arguments[0].equals(true);
                    return later ? null : method.invoke(connection, arguments);
                });
    }

    @Test
    void closingLeavesNoThreadAndNoDriver() {
        database.close();

        Awaitility.await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("parley"))
                        .collect(Collectors.toSet()))
                .isEmpty());
        assertThat(java.sql.DriverManager.drivers().map(Object::getClass)).doesNotContain(org.postgresql.Driver.class);
    }

    @Test
    void readingIsByIndexHoweverLongTheHistory() throws Exception {
        for (List<Append> batch : batches(40, 100, 2, "m")) {
            log.append(batch);
        }
        sql("ANALYZE");
        try (Transaction transaction = database.read()) {
            List<String> plan = transaction.query("EXPLAIN " + Pages.BEFORE, row -> row.getString(1), 1L, 1_000L, 50L);
            assertThat(String.join("\n", plan))
                    .contains("Index")
                    .doesNotContain("Seq Scan")
                    .doesNotContain("Sort");
        }
    }
}

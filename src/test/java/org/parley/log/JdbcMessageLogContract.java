package org.parley.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.Message;
import org.parley.hub.MessageLog;
import org.parley.hub.Page;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;

import static org.assertj.core.api.Assertions.assertThat;

/** What a stored log promises beyond {@link MessageLogContract}: restarts, retention, and size that costs nothing. */
abstract class JdbcMessageLogContract extends MessageLogContract {
    protected final Map<String, Retention> retention = new ConcurrentHashMap<>();
    protected Database database;

    /** Opens the same storage each time within one test. */
    protected abstract Database openDatabase() throws Exception;

    @Override
    protected final MessageLog open() throws Exception {
        database = openDatabase();
        return openLog(database);
    }

    protected final JdbcMessageLog openLog(Database database) throws Exception {
        return new JdbcMessageLog(database, clock, room -> retention.getOrDefault(room, Retention.EVERYTHING));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected final void keepNewest(String room, int count) throws Exception {
        retention.put(room, new Retention(count, Retention.FOREVER));
        trim();
    }

    private long trim() throws Exception {
        return ((JdbcMessageLog) log).trim(clock.instant());
    }

    private void reopen() throws Exception {
        database.close();
        log = open();
    }

    @Test
    void everythingSurvivesARestart() throws Exception {
        fill("tea", 3);
        append(edit("tea", ANN, "e", 1, "{\"text\":\"new\"}"));
        append(react("tea", BOB, "r", 2, "+1", true));
        append(value("state.x", ANN, "v"));
        Page raw = log.after("tea", 0, 10, ALL);
        Page folded = log.before("tea", 10, 10, ALL);
        List<RoomHead> heads = log.heads(List.of("state.x", "tea"));

        reopen();

        assertThat(log.after("tea", 0, 10, ALL)).isEqualTo(raw);
        assertThat(log.before("tea", 10, 10, ALL)).isEqualTo(folded);
        assertThat(log.heads(List.of("state.x", "tea"))).containsExactlyInAnyOrderElementsOf(heads);
        assertThat(append(text("tea", ANN, "m2"))).isInstanceOf(Appended.Duplicate.class);
        assertThat(stored(append(text("tea", ANN, "next"))).message().seq()).isEqualTo(6);
    }

    @Test
    void retentionByCountRemovesManyInSmallSteps() throws Exception {
        fill("tea", 1_700);
        fill("milk", 10);
        append(react("tea", BOB, "r", 1, "+1", true));
        retention.put("tea", new Retention(100, Retention.FOREVER));

        assertThat(trim()).isEqualTo(1_601);
        assertThat(trim()).isZero();
        Page page = log.after("tea", 0, 1_000, ALL);
        assertThat(page.first()).isEqualTo(1_602);
        assertThat(page.messages()).hasSize(100);
        assertThat(log.after("milk", 0, 1_000, ALL).messages()).hasSize(10);
        assertThat(rows("reaction")).isZero();
    }

    @Test
    void retentionByAgeKeepsTheYounger() throws Exception {
        fill("tea", 3);
        clock.advance(Duration.ofDays(10).toMillis());
        append(text("tea", ANN, "young"));
        append(value("state.x", ANN, "old"));
        retention.put("tea", new Retention(Long.MAX_VALUE, Duration.ofDays(7)));
        retention.put("state.x", new Retention(0, Duration.ofDays(7)));

        assertThat(trim()).isEqualTo(3);
        assertThat(log.after("tea", 0, 10, ALL).messages())
                .extracting(Message::seq)
                .containsExactly(4L);
        clock.advance(Duration.ofDays(7).toMillis());
        assertThat(trim()).isZero();
        clock.advance(1);
        assertThat(trim()).isEqualTo(1);
        assertThat(log.after("tea", 0, 10, ALL).first()).isEqualTo(5);
        assertThat(log.after("state.x", 0, 10, ALL).messages()).hasSize(1);
    }

    @Test
    void idempotencyKeysLiveForADay() throws Exception {
        fill("tea", 2_500);
        clock.advance(Duration.ofHours(23).toMillis());
        append(text("tea", ANN, "later"));
        trim();
        assertThat(append(text("tea", ANN, "m1"))).isInstanceOf(Appended.Duplicate.class);
        assertThat(rows("idempotency")).isEqualTo(2_501);

        clock.advance(Duration.ofHours(1).toMillis() + 1);
        trim();
        assertThat(rows("idempotency")).isEqualTo(1);
        assertThat(append(text("tea", ANN, "m1"))).isInstanceOf(Appended.Stored.class);
        assertThat(append(text("tea", ANN, "later"))).isInstanceOf(Appended.Duplicate.class);
    }

    @Test
    void aPageOfTenThousandIsBoundByItsBytes() throws Exception {
        fill("tea", 10_000);

        Page all = log.after("tea", 0, 10_000, Integer.MAX_VALUE);
        assertThat(all.messages()).hasSize(10_000);
        assertThat(all.more()).isFalse();
        Page some = log.after("tea", 0, 10_000, 64 * 1024);
        assertThat(some.more()).isTrue();
        assertThat(some.messages().stream()
                        .mapToLong(message -> message.body().length())
                        .sum())
                .isBetween(64 * 1024L - 20, 64 * 1024L);
        assertThat(log.before("tea", 10_001, 10_000, 64 * 1024).messages())
                .hasSizeLessThan(5_000)
                .last()
                .extracting(Message::seq)
                .isEqualTo(10_000L);
    }

    @Test
    void writersInParallelLoseNothingAndNumberWithoutHoles() throws Exception {
        log.open("tea", RoomClass.LOG);
        List<Thread> writers = IntStream.range(0, 4)
                .mapToObj(writer -> new Thread(() -> write(writer)))
                .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }

        List<Message> messages = log.after("tea", 0, 1_000, ALL).messages();
        assertThat(messages)
                .extracting(Message::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(messages).extracting(Message::id).doesNotHaveDuplicates();
    }

    private void write(int writer) {
        for (int i = 0; i < 50; i++) {
            try {
                Appended outcome;
                do {
                    outcome = append(text("tea", ANN, "w" + writer + "-" + i));
                } while (outcome instanceof Appended.Deferred);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void otherPackagesWriteToTheirTables() throws Exception {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE other (name varchar(10))");
            statement.execute("INSERT INTO other VALUES ('x')");
        }
        assertThat(rows("other")).isEqualTo(1);
        assertThat(append(text("tea", ANN, "a"))).isInstanceOf(Appended.Stored.class);
    }

    protected final long rows(String table) throws Exception {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var count = statement.executeQuery("SELECT count(*) FROM " + table)) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Batches of {@code size} over {@code rooms} rooms. */
    protected static List<List<Append>> batches(int count, int size, int rooms, String prefix) {
        List<List<Append>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Append> batch = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                batch.add(text("room" + (i * 7 + j) % rooms, ANN, prefix + i + "-" + j));
            }
            batches.add(batch);
        }
        return batches;
    }
}

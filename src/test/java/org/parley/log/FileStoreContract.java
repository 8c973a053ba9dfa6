package org.parley.log;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.parley.file.DeletionWatch;
import org.parley.file.FileLimits;
import org.parley.file.FileMessages;
import org.parley.file.FileStore;
import org.parley.file.FileSweep;
import org.parley.file.Files;
import org.parley.file.Offer;
import org.parley.file.StoredFile;
import org.parley.file.Upload;
import org.parley.hub.Access;
import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.Broadcast;
import org.parley.hub.ErrorCode;
import org.parley.hub.Publisher;
import org.parley.hub.RefusedException;
import org.parley.hub.RoomClass;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files in a database beside the log of their messages: what is stored, what may be, and when it goes. */
abstract class FileStoreContract {
    private static final int CHUNK = 1_000;
    private static final String ROOM = "lobby";
    private static final FileLimits LIMITS =
            new FileLimits(20_000, 10_000, 15_000, 3, Duration.ofHours(2), Duration.ofHours(1));

    protected final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Publisher ada = publisher("guest:ada");
    private final Publisher bob = publisher("guest:bob");
    protected Retention retention = Retention.EVERYTHING;
    private Database database;
    private JdbcMessageLog log;
    private DeletionWatch watched;
    private FileStore store;
    private FileMessages messages;
    private Files files;

    protected abstract Database openDatabase() throws Exception;

    @BeforeEach
    void open() throws Exception {
        database = openDatabase();
        log = new JdbcMessageLog(database, clock, room -> retention);
        store = new JdbcFileStore(database, LIMITS, clock);
        messages = new JdbcFileMessages(database);
        files = new Files(store, messages, room -> RoomClass.LOG, LIMITS, CHUNK, Runnable::run, clock);
        watched = new DeletionWatch(log, files);
    }

    @AfterEach
    void close() {
        log.close();
        database.close();
    }

    private static Publisher publisher(String id) {
        return new Publisher() {
            @Override
            public String id() {
                return "test";
            }

            @Override
            public User user() {
                return new User(id, "Name", true);
            }

            @Override
            public Access access() {
                return Access.EVERY_ROOM;
            }

            @Override
            public void offer(Broadcast broadcast) {
                throw new AssertionError("nothing is published here");
            }

            @Override
            public void flush() {
                throw new AssertionError("nothing is published here");
            }
        };
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private Upload begin(Publisher publisher, int size) throws Exception {
        return files.begin(publisher, new Offer(ROOM, "a.bin", null, size, null, null));
    }

    /** In windows of two chunks, from where it stands. */
    private void send(Upload upload, byte[] content, int until) throws Exception {
        int at = (int) upload.expected();
        while (at < until) {
            for (int i = 0; i < 2 && at < until; i++) {
                int to = Math.min(at + CHUNK, content.length);
                upload.take(at, Arrays.copyOfRange(content, at, to));
                at = to;
            }
            upload.store(Upload.WINDOW, false);
        }
    }

    private StoredFile stored(Publisher publisher, int size) throws Exception {
        byte[] content = bytes(size);
        Upload upload = begin(publisher, size);
        send(upload, content, size);
        StoredFile file = files.finish(publisher, upload, sha256(content));
        files.leave(upload);
        return file;
    }

    /** @return its seq */
    private long publish(StoredFile file) throws Exception {
        Append append =
                new Append(ROOM, RoomClass.LOG, file.owner(), file.message(), "file", "{}", null, OptionalLong.empty());
        return ((Appended.Stored) watched.append(List.of(append)).get(0))
                .message()
                .seq();
    }

    private void delete(long seq) throws Exception {
        watched.append(List.of(new Append(
                ROOM,
                RoomClass.LOG,
                ada.user(),
                "d" + seq,
                "delete",
                "{\"target\":" + seq + "}",
                new Append.Change.Delete(seq),
                OptionalLong.empty())));
    }

    private byte[] read(StoredFile file) throws Exception {
        var download = files.open(ada.user().id(), Access.EVERY_ROOM, file.id(), 0);
        download.creditAll();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (!download.complete()) {
            content.writeBytes(download.read().bytes());
        }
        download.end();
        return content.toByteArray();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private boolean exists(StoredFile file) throws Exception {
        return store.find(file.id()).isPresent();
    }

    @Test
    void givesBackWhatWasStored() throws Exception {
        for (int size : new int[] {0, 1, CHUNK, CHUNK + 1, 5 * CHUNK}) {
            StoredFile file = stored(ada, size);
            assertThat(read(file)).isEqualTo(bytes(size));
            assertThat(store.find(file.id()).orElseThrow().state()).isEqualTo(StoredFile.State.STORED);
            files.claim(file, 1);
            store.delete(file);
        }
    }

    @Test
    void hashesWhatIsStoredAfterAResume() throws Exception {
        byte[] content = bytes(5 * CHUNK + 7);
        Upload first = begin(ada, content.length);
        send(first, content, 2 * CHUNK);
        Upload second = files.resume(ada, first.file().id());
        assertRefused(ErrorCode.NO_FILE, () -> first.take(2 * CHUNK, new byte[CHUNK]));
        assertThat(second.file().have()).isEqualTo(2 * CHUNK);
        send(second, content, content.length);
        assertThat(files.finish(ada, second, sha256(content)).sha256()).isEqualTo(sha256(content));
    }

    @Test
    void storesNoMoreAtOnceThanItIsTold() throws Exception {
        byte[] content = bytes(3 * CHUNK);
        Upload upload = begin(ada, content.length);
        for (int at = 0; at < content.length; at += CHUNK) {
            upload.take(at, Arrays.copyOfRange(content, at, at + CHUNK));
        }
        assertThat(upload.store(1, false)).isEqualTo(new Upload.Progress(CHUNK, false, true));
        assertThat(upload.hasWaiting()).isTrue();
        assertThat(upload.store(2, false)).isEqualTo(new Upload.Progress(3 * CHUNK, false, false));
        assertThat(upload.hasWaiting()).isFalse();
        assertThat(read(files.finish(ada, upload, sha256(content)))).isEqualTo(content);
    }

    /** As by another node, which nobody here knows of. */
    @Test
    void storesNothingOnTopOfWhatAnotherStored() throws Exception {
        byte[] content = bytes(4 * CHUNK);
        Upload here = begin(ada, content.length);
        send(here, content, CHUNK);
        Files other = new Files(store, messages, room -> RoomClass.LOG, LIMITS, CHUNK, Runnable::run, clock);
        Upload there = other.resume(ada, here.file().id());
        send(there, content, 3 * CHUNK);
        here.take(CHUNK, Arrays.copyOfRange(content, CHUNK, 2 * CHUNK));
        assertThat(here.store(Upload.WINDOW, false)).isEqualTo(new Upload.Progress(3 * CHUNK, true, false));
        send(here, content, content.length);
        assertThat(files.finish(ada, here, sha256(content)).size()).isEqualTo(content.length);
    }

    @Test
    void refusesWhatDoesNotFitAtOnce() throws Exception {
        assertRefused(ErrorCode.TOO_LARGE, () -> begin(ada, 20_001));
        assertRefused(ErrorCode.QUOTA, () -> begin(ada, 10_001));
        stored(ada, 8_000);
        assertRefused(ErrorCode.QUOTA, () -> begin(ada, 3_000));
        stored(bob, 5_000);
        assertRefused(ErrorCode.QUOTA, () -> begin(bob, 3_000));
    }

    @Test
    void refusesWhatNoLongerFitsInTheMiddle() throws Exception {
        Upload one = begin(ada, 8_000);
        Upload two = begin(ada, 8_000);
        send(one, bytes(8_000), 6_000);
        send(two, bytes(8_000), 4_000);
        one.take(6_000, new byte[CHUNK]);
        assertRefused(ErrorCode.QUOTA, () -> one.store(Upload.WINDOW, false));
        files.discard(one);
        // What it had is free again.
        send(two, bytes(8_000), 8_000);
        assertThat(files.finish(ada, two, sha256(bytes(8_000))).have()).isEqualTo(8_000);
    }

    @Test
    void freesWhatWasDeleted() throws Exception {
        for (int i = 0; i < 5; i++) {
            StoredFile file = stored(ada, 9_000);
            store.delete(file);
            store.delete(file);
            assertThat(exists(file)).isFalse();
        }
    }

    @Test
    void boundsUnfinishedUploads() throws Exception {
        List<Upload> begun = new ArrayList<>();
        for (int i = 0; i < LIMITS.unfinished(); i++) {
            begun.add(begin(ada, 10));
        }
        assertRefused(ErrorCode.LIMIT, () -> begin(ada, 10));
        begin(bob, 10);
        files.discard(begun.get(0));
        begin(ada, 10);
    }

    @Test
    void showsAFileToOthersOnlyWithItsMessage() throws Exception {
        StoredFile file = stored(ada, 100);
        assertRefused(ErrorCode.NO_FILE, () -> files.visible(bob.user().id(), Access.EVERY_ROOM, file.id()));
        long seq = publish(file);
        assertThat(files.visible(bob.user().id(), Access.EVERY_ROOM, file.id()).seq())
                .isEqualTo(seq);
        delete(seq);
        assertThat(exists(file)).as("deleted with its message").isFalse();
    }

    @Test
    void findsByItselfThatAMessageWasDeleted() throws Exception {
        StoredFile file = stored(ada, 100);
        long seq = publish(file);
        files.visible(bob.user().id(), Access.EVERY_ROOM, file.id());
        // Past the watch, as by a node that died right after the commit.
        log.append(List.of(new Append(
                ROOM,
                RoomClass.LOG,
                ada.user(),
                "d",
                "delete",
                "{\"target\":" + seq + "}",
                new Append.Change.Delete(seq),
                OptionalLong.empty())));
        assertRefused(ErrorCode.NO_FILE, () -> files.visible(bob.user().id(), Access.EVERY_ROOM, file.id()));
        assertThat(exists(file)).isFalse();
    }

    @Test
    void sweepsWhatNobodyWillAskFor() throws Exception {
        Upload forgotten = begin(ada, 2_000);
        send(forgotten, bytes(2_000), CHUNK);
        files.leave(forgotten);
        StoredFile unclaimed = stored(ada, 200);
        StoredFile claimed = stored(ada, 300);
        publish(claimed);
        FileSweep sweep = new FileSweep(files);
        sweep.run();
        assertThat(exists(forgotten.file())).isTrue();
        assertThat(exists(unclaimed)).isTrue();

        clock.advance(Duration.ofMinutes(61).toMillis());
        sweep.run();
        assertThat(exists(unclaimed)).as("stored and without a message").isFalse();
        assertThat(exists(forgotten.file())).isTrue();

        clock.advance(Duration.ofMinutes(60).toMillis());
        sweep.run();
        assertThat(exists(forgotten.file())).as("begun and given up").isFalse();
        assertThat(exists(claimed)).isTrue();
        assertThat(read(claimed)).isEqualTo(bytes(300));
    }

    @Test
    void keepsAFileWhoseMessageItLearnsOfLate() throws Exception {
        StoredFile file = stored(ada, 100);
        long seq = publish(file);
        clock.advance(Duration.ofHours(2).toMillis());
        new FileSweep(files).run();
        assertThat(store.find(file.id()).orElseThrow().seq()).isEqualTo(seq);
    }

    @Test
    void takesFilesAlongThatRetentionTrims() throws Exception {
        StoredFile old = stored(ada, 100);
        StoredFile young = stored(ada, 100);
        publish(old);
        publish(young);
        new FileSweep(files).run();
        retention = new Retention(1, Retention.FOREVER);
        log.trim(clock.instant());
        new FileSweep(files).run();
        assertThat(exists(old)).isFalse();
        assertThat(exists(young)).isTrue();
    }
}

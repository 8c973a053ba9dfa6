package org.parley.file;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.parley.hub.Access;
import org.parley.hub.ErrorCode;
import org.parley.hub.Publisher;
import org.parley.hub.RefusedException;
import org.parley.hub.RoomClass;
import org.parley.hub.SinglePublish;
import org.parley.hub.User;
import org.parley.log.Database;
import org.parley.log.JdbcFileStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A file whose message is deleted, before anything has come to remove it. */
class FilesTest {
    private static final byte[] CONTENT = {1, 2, 3};
    private static final String DIGEST = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
    private static final long SEQ = 7;

    @TempDir
    private Path directory;

    private final ArrayDeque<Runnable> removals = new ArrayDeque<>();
    private boolean there = true;
    private Database database;
    private Files files;

    /** The room's log, of which the test says whether it has the message still. */
    private final class Messages implements FileMessages {
        @Override
        public OptionalLong find(String room, String sender, String id) {
            return OptionalLong.of(SEQ);
        }

        @Override
        public boolean has(String room, long seq, String id) {
            return there;
        }
    }

    private static Publisher ada() {
        return new SinglePublish("ada", new User("guest:ada", "Ada", true), Access.EVERY_ROOM);
    }

    @BeforeEach
    void open() throws Exception {
        database = Database.sqlite(directory, Thread::new);
        FileLimits limits = new FileLimits(1 << 20, 1 << 20, 1 << 20, 10, Duration.ofHours(1), Duration.ofHours(1));
        files = new Files(
                new JdbcFileStore(database, limits, Clock.systemUTC()),
                new Messages(),
                room -> RoomClass.LOG,
                limits,
                CONTENT.length,
                removals::add,
                Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private StoredFile stored() throws Exception {
        Upload upload = files.begin(ada(), new Offer("lobby", "a.bin", null, (long) CONTENT.length, DIGEST, null));
        upload.take(0, CONTENT);
        upload.store(1, true);
        StoredFile file = files.finish(ada(), upload, null);
        files.leave(upload);
        return files.claim(file, SEQ);
    }

    @Test
    void anUploadThatIsStoredCanBeEndedAgain() throws Exception {
        StoredFile file = stored();
        Upload again = files.resume(ada(), file.id());
        assertThat(again.file().have()).isEqualTo(CONTENT.length);
        assertThat(files.finish(ada(), again, null).seq()).isEqualTo(SEQ);
        assertThat(removals).isEmpty();
    }

    @Test
    void ofADeletedMessageItIsGoneForEverybodyWhoAsks() throws Exception {
        StoredFile file = stored();
        there = false;
        assertGone(() -> files.open("guest:ada", Access.EVERY_ROOM, file.id(), 0));
        assertGone(() -> files.resume(ada(), file.id()));
        assertThat(state(file)).contains(StoredFile.State.STORED);
        removals.remove().run();
        assertThat(state(file)).isNotEqualTo(Optional.of(StoredFile.State.STORED));
    }

    private Optional<StoredFile.State> state(StoredFile file) throws Exception {
        return files.store().find(file.id()).map(StoredFile::state);
    }

    private interface Request {
        void run() throws Exception;
    }

    private static void assertGone(Request request) {
        assertThatThrownBy(request::run).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code())
                .isEqualTo(ErrorCode.NO_FILE));
    }
}

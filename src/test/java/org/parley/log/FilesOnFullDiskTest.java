package org.parley.log;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.parley.SmallDisk;
import org.parley.file.FileLimits;
import org.parley.file.FileStoreUnavailableException;
import org.parley.file.Files;
import org.parley.file.Offer;
import org.parley.file.Upload;
import org.parley.hub.Access;
import org.parley.hub.Broadcast;
import org.parley.hub.Publisher;
import org.parley.hub.RoomClass;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The disk is full in the middle of an upload: it is told so, loses nothing, and goes on when there is space. */
class FilesOnFullDiskTest {
    private static final int CHUNK = 128 << 10;
    private static final int CHUNKS = 30;

    @TempDir
    private Path directory;

    @Test
    void goesOnWhenThereIsSpaceAgain() throws Exception {
        byte[] content = new byte[CHUNKS * CHUNK];
        new Random(1).nextBytes(content);
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 24);
                Database database = Database.sqlite(disk.path().resolve("data"), Thread::new)) {
            Files files = new Files(
                    new JdbcFileStore(database, FileLimits.DEFAULT, Clock.systemUTC()),
                    new JdbcFileMessages(database),
                    room -> RoomClass.LOG,
                    FileLimits.DEFAULT,
                    CHUNK,
                    Runnable::run,
                    Clock.systemUTC());
            Upload upload = files.begin(ADA, new Offer("lobby", "large", null, content.length, null, null));
            send(upload, content, 5);
            disk.fill();
            assertThatThrownBy(() -> send(upload, content, CHUNKS))
                    .isInstanceOf(FileStoreUnavailableException.class)
                    .hasMessageContaining("full");
            files.leave(upload);
            assertThat(files.available()).as("what is stored can be read").isTrue();
            disk.free();
            Upload again = files.resume(ADA, upload.file().id());
            assertThat(again.file().have()).isGreaterThanOrEqualTo(5 * CHUNK);
            send(again, content, CHUNKS);
            String sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            assertThat(files.finish(ADA, again, sha256).sha256()).isEqualTo(sha256);
        }
    }

    private static void send(Upload upload, byte[] content, int chunks) throws Exception {
        for (int at = (int) upload.expected(); at < chunks * CHUNK; at += CHUNK) {
            upload.take(at, Arrays.copyOfRange(content, at, at + CHUNK));
            upload.store(1, true);
        }
    }

    private static final Publisher ADA = new Publisher() {
        @Override
        public String id() {
            return "test";
        }

        @Override
        public User user() {
            return new User("guest:ada", "Ada", true);
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

package org.parley.endpoint;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import jakarta.json.JsonObject;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.parley.file.FileLimits;
import org.parley.file.FilePool;
import org.parley.file.FileStore;
import org.parley.file.Files;
import org.parley.file.Pacing;
import org.parley.file.StoredFile;
import org.parley.hub.Allowance;
import org.parley.hub.Limits;
import org.parley.hub.RoomClass;
import org.parley.hub.User;
import org.parley.json.Json;
import org.parley.log.Database;
import org.parley.log.JdbcFileStore;
import org.parley.protocol.ClientFileFrame;

import static org.assertj.core.api.Assertions.assertThat;

/** One connection's transfers beside people who chat, with a clock and a timer that only the test moves. */
class TransfersTest {
    private static final int CHUNK = 1_000;
    private static final int SIZE = 8 * CHUNK;
    private static final int ACK = 18;
    private static final int STORED = 20;
    private static final int FAILED = 32;

    /** SHA-256 of so many zeros. */
    private static final String DIGEST = "668946bab9868b28489bb906205ee1026045c8bcd3ca62a1bdf733c65491351b";

    @TempDir
    private Path directory;

    private final ArrayDeque<Runnable> rests = new ArrayDeque<>();
    private final List<String> appended = new ArrayList<>();
    private final List<Boolean> flushed = new ArrayList<>();
    private final List<ByteBuffer> sent = new ArrayList<>();
    private Runnable whileAppending = () -> {};
    private long said = 1;
    private long now = TimeUnit.HOURS.toNanos(1);
    private Database database;
    private Transfers transfers;

    @BeforeEach
    void open() throws Exception {
        database = Database.sqlite(directory, Thread::new);
        FileLimits limits = new FileLimits(1 << 20, 1 << 20, 1 << 20, 10, Duration.ofHours(1), Duration.ofHours(1));
        Files files = new Files(
                watched(new JdbcFileStore(database, limits, Clock.systemUTC())),
                null,
                room -> RoomClass.LOG,
                limits,
                CHUNK,
                Runnable::run,
                Clock.systemUTC());
        FilePool pool =
                new FilePool(Runnable::run, (nanos, task) -> rests.add(task), new Pacing(() -> said, () -> now));
        transfers = new Transfers(connection(), files, null, new Allowance(Limits.DEFAULT), pool);
        said++;
    }

    @AfterEach
    void close() {
        transfers.close();
        database.close();
    }

    private FileStore watched(FileStore store) {
        return proxy(FileStore.class, (self, method, arguments) -> {
            if (method.getName().equals("append")) {
                appended.add(((StoredFile) arguments[0]).id() + " " + ((List<?>) arguments[1]).size());
                flushed.add((Boolean) arguments[2]);
                whileAppending.run();
            }
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private SocketConnection connection() {
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class, (self, method, arguments) -> {
            sent.add((ByteBuffer) arguments[0]);
            ((SendHandler) arguments[1]).onResult(new SendResult());
            return null;
        });
        Session session = proxy(
                Session.class, (self, method, arguments) -> method.getName().equals("getId") ? "session" : remote);
        return new SocketConnection(
                session,
                Peer.unknown(new User("guest:ada", "Ada", true), null),
                delivery -> null,
                new Outbox.Bounds(1 << 20, 1),
                Runnable::run,
                new Traffic(),
                (connection, why) -> {});
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private String begin() {
        return begin(SIZE);
    }

    /** @return its id */
    private String begin(long size) {
        transfers.take(new ClientFileFrame.Begin("1", null, "sealed.plans", null, null, size, null, null));
        return header(sent.get(sent.size() - 1)).getString("transfer");
    }

    private void chunks(String transfer, int from, int count) {
        for (int i = from; i < from + count; i++) {
            transfers.take(new ClientFileFrame.Chunk(transfer, (long) i * CHUNK, new byte[CHUNK]));
        }
    }

    private static JsonObject header(ByteBuffer frame) {
        byte[] bytes = frame.array();
        int length = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        try {
            return (JsonObject) Json.read(new String(Arrays.copyOfRange(bytes, 4, 4 + length), StandardCharsets.UTF_8));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Stream<JsonObject> sent(int type) {
        return sent.stream().filter(frame -> frame.get(1) == type).map(TransfersTest::header);
    }

    private List<Integer> acks(String transfer) {
        return sent(ACK)
                .filter(ack -> ack.getString("transfer").equals(transfer))
                .map(ack -> ack.getInt("have"))
                .toList();
    }

    @Test
    void besideChatOneChunkIsStoredAtATime() {
        String file = begin();
        chunks(file, 0, 4);
        assertThat(appended).containsExactly(file + " 1");
        assertThat(acks(file)).as("credit, before the rest").isEmpty();
        rests.remove().run();
        assertThat(acks(file)).containsExactly(CHUNK);
        assertThat(appended).containsExactly(file + " 1", file + " 1");
    }

    /** What the disk has to do later, nobody would rest for. */
    @Test
    void aChunkWaitsForTheDiskOnlyBesideChat() {
        String file = begin();
        chunks(file, 0, 1);
        now += TimeUnit.SECONDS.toNanos(6);
        rests.remove().run();
        chunks(file, 1, 1);
        assertThat(flushed).containsExactly(true, false);
    }

    @Test
    void uploadsOfOneConnectionTakeTurns() {
        String one = begin();
        String two = begin();
        chunks(one, 0, 4);
        chunks(two, 0, 4);
        for (int i = 0; i < 3; i++) {
            rests.remove().run();
        }
        assertThat(appended).containsExactly(one + " 1", one + " 1", two + " 1", one + " 1");
    }

    /** It stood still: the client, out of credit, waited for an ack that only the next rest would have brought. */
    @Test
    void goesOnWhenTheChatEndsWhileAChunkIsBeingStored() {
        String file = begin();
        chunks(file, 0, 4);
        whileAppending = () -> now += TimeUnit.SECONDS.toNanos(6);
        rests.remove().run();
        assertThat(acks(file)).containsExactly(CHUNK, 2 * CHUNK, 4 * CHUNK);
        assertThat(appended).containsExactly(file + " 1", file + " 1", file + " 2");
        assertThat(rests).isEmpty();
    }

    @Test
    void whoeverEndsAnUploadWaitsForNoRest() {
        String file = begin();
        chunks(file, 0, 4);
        for (int i = 0; i < 3; i++) {
            rests.remove().run();
        }
        chunks(file, 4, 4);
        transfers.take(new ClientFileFrame.End(file, DIGEST));
        assertThat(sent(STORED).map(stored -> stored.getString("file"))).containsExactly(file);
    }

    /** Each of these brings a task: they piled up behind one that found the next chunk each time, until it was too many. */
    @Test
    void chunksThatComeWhileOneIsStoredTakeTurnsWithEverythingElse() {
        said = 0;
        now += TimeUnit.SECONDS.toNanos(6);
        int count = 100;
        String file = begin((long) count * CHUNK);
        AtomicInteger next = new AtomicInteger(1);
        whileAppending = () -> {
            if (next.get() < count) {
                chunks(file, next.getAndIncrement(), 1);
            }
        };
        chunks(file, 0, 1);
        assertThat(sent(FAILED)).isEmpty();
        assertThat(acks(file)).last().isEqualTo(count * CHUNK);
    }
}

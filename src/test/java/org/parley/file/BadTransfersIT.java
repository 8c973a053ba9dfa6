package org.parley.file;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.json.JsonObject;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.ParleyServer;
import org.parley.TestClient;
import org.parley.endpoint.Guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a client of {@code /files} may do wrong, and what it is told. */
@ExtendWith(ArquillianExtension.class)
class BadTransfersIT {
    private static final int CHUNK = 128 << 10;
    private static final byte[] CONTENT = Contents.random(3, 2 * CHUNK + 10);
    private static final String SHA256 = Contents.sha256(CONTENT);

    /** An address may sign in thirty times a minute, all classes together. */
    private static final Map<String, String> COOKIES = new ConcurrentHashMap<>();

    private final String room = Guest.newRoom("bad-");
    private String cookie;
    private FileClient client;

    @Deployment(testable = false)
    static WebArchive war() {
        return ParleyServer.war();
    }

    private static String cookie(String name) {
        return COOKIES.computeIfAbsent(name, Guest::signIn);
    }

    @BeforeEach
    void connect() {
        cookie = cookie("Mallory");
        client = FileClient.of(cookie);
        client.expect(FileClient.WELCOME);
    }

    @AfterEach
    void leave() {
        client.close();
    }

    private String begin() {
        return client.begin(room, "a.bin", CONTENT.length).string("transfer");
    }

    /** The author's own message may come before it. */
    private static void awaitAck(Guest author) {
        JsonObject frame = author.next();
        while (!frame.getString("type").equals("ack")) {
            assertThat(frame.getString("type")).isIn("messages", "presence");
            frame = author.next();
        }
    }

    private static byte[] part(int from, int to) {
        return Arrays.copyOfRange(CONTENT, from, to);
    }

    /** The transfer is as good as before: the rest completes it. */
    private void assertCompletes(String transfer) {
        FileClient.Frame stored = client.goOn(client.resume(transfer), CONTENT);
        assertThat(stored.string("sha256")).isEqualTo(SHA256);
        assertThat(client.download(stored.string("file"), 0)).isEqualTo(CONTENT);
    }

    @Test
    void rewindsAfterAWrongOffset() {
        String transfer = begin();
        client.chunk(transfer, CHUNK, part(CHUNK, 2 * CHUNK));
        assertThat(client.expect(FileClient.NACK).number("expected")).isZero();
        // Of several in a row only the first is answered, so the next frame is the ack.
        client.chunk(transfer, CHUNK, part(CHUNK, 2 * CHUNK));
        client.chunk(transfer, 0, part(0, CHUNK));
        assertThat(client.expect(FileClient.ACK).number("have")).isEqualTo(CHUNK);
        assertCompletes(transfer);
    }

    @Test
    void refusesAnOverlappingChunk() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, CHUNK));
        client.expect(FileClient.ACK);
        client.chunk(transfer, CHUNK - 100, part(CHUNK - 100, 2 * CHUNK - 100));
        assertThat(client.expect(FileClient.NACK).number("expected")).isEqualTo(CHUNK);
        assertCompletes(transfer);
    }

    @Test
    void refusesAChunkOfAnotherLength() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, 100));
        assertThat(client.expect(FileClient.NACK).number("expected")).isZero();
        assertCompletes(transfer);
    }

    @Test
    void refusesMoreBytesThanAnnounced() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, CHUNK));
        client.chunk(transfer, CHUNK, part(CHUNK, 2 * CHUNK));
        client.chunk(transfer, 2 * CHUNK, new byte[CHUNK]);
        FileClient.Frame frame = client.next();
        while (frame.type() == FileClient.ACK) {
            frame = client.next();
        }
        assertThat(frame.string("name")).isEqualTo("mismatch");
        assertCompletes(transfer);
    }

    @Test
    void refusesAnEndWithFewerBytes() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, CHUNK));
        client.expect(FileClient.ACK);
        client.end(transfer, SHA256);
        FileClient.Frame error = client.expectError("mismatch");
        assertThat(error.string("message")).isEqualTo("Only " + CHUNK + " of " + CONTENT.length + " bytes came.");
        assertCompletes(transfer);
    }

    @Test
    void keepsNothingOfAFileWithAnotherDigest() {
        try (Guest reader = Guest.withCookie(cookie("Grace"))) {
            reader.join(room);
            String transfer = begin();
            for (int at = 0; at < CONTENT.length; at += CHUNK) {
                client.chunk(transfer, at, part(at, Math.min(at + CHUNK, CONTENT.length)));
            }
            FileClient.Frame ack = client.expect(FileClient.ACK);
            while (ack.number("have") < CONTENT.length) {
                ack = client.expect(FileClient.ACK);
            }
            client.end(transfer, Contents.sha256(new byte[1]));
            assertThat(client.expectError("mismatch").string("message")).contains("SHA-256");
            assertThat(client.resume(transfer).string("name")).isEqualTo("no-file");
            assertThat(client.open(transfer, 0).string("name")).isEqualTo("no-file");
            // What is published next is the room's first message: the file was not listed.
            assertThat(reader.publish(room, "after", "x").getInt("seq")).isEqualTo(1);
        }
    }

    @Test
    void wantsTheDigestOnce() {
        String transfer = client.begin(room, "empty", 0).string("transfer");
        client.send(FileClient.END, "{'transfer':'" + transfer + "'}");
        client.expectError("invalid");
        String announced = client.begin(
                        "'room':'" + room + "','name':'empty','size':0,'sha256':'" + Contents.sha256(new byte[0]) + "'")
                .string("transfer");
        client.send(FileClient.END, "{'transfer':'" + announced + "'}");
        client.expect(FileClient.STORED);
    }

    @Test
    void knowsNoTransferThatNobodyBegan() {
        client.chunk("nothing", 0, new byte[] {1});
        client.expectError("no-file");
        client.end("nothing", SHA256);
        client.expectError("no-file");
        client.send(FileClient.CANCEL, "{'transfer':'nothing'}");
        client.expectError("no-file");
        assertThat(client.resume("nothing").string("name")).isEqualTo("no-file");
        assertThat(client.open("nothing", 0).string("name")).isEqualTo("no-file");
        // A credit for nothing changes nothing.
        client.send(FileClient.CREDIT, "{'transfer':'nothing','have':5}");
        assertThat(client.begin(room, "a", 1).type()).isEqualTo(FileClient.READY);
    }

    @Test
    void letsNobodyTouchAnothersTransfer() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, CHUNK));
        client.expect(FileClient.ACK);
        try (FileClient other = FileClient.of(cookie("Eve"))) {
            other.expect(FileClient.WELCOME);
            assertThat(other.resume(transfer).string("name")).isEqualTo("no-file");
            other.chunk(transfer, CHUNK, part(CHUNK, 2 * CHUNK));
            other.expectError("no-file");
            other.end(transfer, SHA256);
            other.expectError("no-file");
            other.send(FileClient.CANCEL, "{'transfer':'" + transfer + "'}");
            other.expectError("no-file");
            assertThat(other.open(transfer, 0).string("name")).isEqualTo("no-file");
        }
        assertCompletes(transfer);
    }

    @Test
    void takesTheTransferAwayFromTheConnectionThatHadIt() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, CHUNK));
        client.expect(FileClient.ACK);
        try (FileClient again = FileClient.of(cookie)) {
            again.expect(FileClient.WELCOME);
            FileClient.Frame ready = again.resume(transfer);
            assertThat(ready.number("have")).isEqualTo(CHUNK);
            client.chunk(transfer, CHUNK, part(CHUNK, 2 * CHUNK));
            client.expectError("no-file");
            assertThat(again.goOn(ready, CONTENT).string("sha256")).isEqualTo(SHA256);
        }
    }

    @Test
    void tellsTheSameTwiceAndTheRoomOnce() {
        try (Guest reader = Guest.withCookie(cookie("Grace"))) {
            reader.join(room);
            FileClient.Frame stored = client.upload(room, "a.bin", CONTENT);
            reader.expect("messages");
            FileClient.Frame ready = client.resume(stored.string("transfer"));
            assertThat(ready.number("have")).isEqualTo(CONTENT.length);
            client.end(stored.string("transfer"), SHA256);
            assertThat(client.expect(FileClient.STORED).header()).isEqualTo(stored.header());
            assertThat(reader.publish(room, "after", "x").getInt("seq")).isEqualTo(2);
        }
    }

    @Test
    void deletesTheFileWithItsMessage() {
        FileClient.Frame stored = client.upload(room, "a.bin", CONTENT);
        try (Guest author = Guest.withCookie(cookie)) {
            author.join(room);
            author.send("{'type':'publish','id':'d','room':'" + room + "','kind':'delete','body':{'target':"
                    + stored.number("seq") + "}}");
            awaitAck(author);
        }
        assertThat(client.open(stored.string("file"), 0).string("name")).isEqualTo("no-file");
        assertThat(client.resume(stored.string("file")).string("name")).isEqualTo("no-file");
    }

    @Test
    void forgetsACancelledUpload() {
        String transfer = begin();
        client.chunk(transfer, 0, part(0, CHUNK));
        client.expect(FileClient.ACK);
        client.send(FileClient.CANCEL, "{'transfer':'" + transfer + "'}");
        assertThat(client.expect(FileClient.CANCELLED).string("transfer")).isEqualTo(transfer);
        assertThat(client.resume(transfer).string("name")).isEqualTo("no-file");
    }

    @Test
    void endsACancelledDownload() {
        byte[] content = Contents.random(4, 20 * CHUNK);
        String file = client.upload(room, "large", content).string("file");
        FileClient.Frame opened = client.open(file, 0);
        // No credit is given: exactly a window comes.
        for (int i = 0; i < 4; i++) {
            client.expect(FileClient.CHUNK);
        }
        client.send(FileClient.CANCEL, "{'transfer':'" + opened.string("transfer") + "'}");
        client.expect(FileClient.CANCELLED);
    }

    @Test
    void boundsUnfinishedUploadsAndTransfersOfAConnection() {
        String hoarder = cookie("Hoarder");
        client.close();
        client = FileClient.of(hoarder);
        client.expect(FileClient.WELCOME);
        int ready = 0;
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            FileClient.Frame answer = client.begin(room, "file " + i, 1_000_000);
            if (answer.type() == FileClient.READY) {
                ready++;
            } else {
                assertThat(answer.string("name")).isIn("limit", "rate-limited");
                refused++;
            }
        }
        assertThat(ready).isEqualTo(8);
        assertThat(refused).isEqualTo(992);
        for (int i = 0; i < 6; i++) {
            try (FileClient more = FileClient.of(hoarder)) {
                more.expect(FileClient.WELCOME);
                for (int k = 0; k < 8; k++) {
                    ready += more.begin(room, "file", 1_000_000).type() == FileClient.READY ? 1 : 0;
                }
            }
        }
        assertThat(ready).as("unfinished uploads of one user").isLessThanOrEqualTo(32);
        try (FileClient other = FileClient.of(cookie("Ada"))) {
            other.expect(FileClient.WELCOME);
            assertThat(other.upload(room, "fine", new byte[5]).string("file")).isNotEmpty();
        }
    }

    @Test
    void refusesMoreThanTheCredit() {
        byte[] large = Contents.random(5, 40 * CHUNK);
        String transfer = client.begin(room, "large", large.length).string("transfer");
        boolean refused = false;
        // Nobody stores 40 chunks before the next one is here; and if somebody did, nothing would be wrong.
        for (int at = 0; at < large.length; at += CHUNK) {
            client.chunk(transfer, at, Arrays.copyOfRange(large, at, at + CHUNK));
        }
        long have = 0;
        while (!refused && have < large.length) {
            FileClient.Frame frame = client.next();
            if (frame.type() == FileClient.ACK) {
                have = frame.number("have");
            } else {
                assertThat(frame.string("name")).isEqualTo("overloaded");
                assertThat(frame.header().getBoolean("retryable")).isTrue();
                refused = true;
            }
        }
        assertThat(client.isOver()).isFalse();
        FileClient.Frame ready = null;
        client.send(FileClient.BEGIN, "{'id':'again','transfer':'" + transfer + "'}");
        while (ready == null) {
            FileClient.Frame next = client.next();
            ready = next.type() == FileClient.READY ? next : null;
        }
        assertThat(client.goOn(ready, large).string("sha256")).isEqualTo(Contents.sha256(large));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.x", "live.x"})
    void keepsFilesOnlyWhereMessagesAreKept(String elsewhere) {
        assertThat(client.begin(elsewhere, "a", 5).string("name")).isEqualTo("unsupported");
    }

    @Test
    void refusesWhatIsTooLargeOrBadlyNamed() {
        assertThat(client.begin(room, "large", (1L << 30) + 1).string("name")).isEqualTo("too-large");
        assertThat(client.begin(room, "n".repeat(300), 5).string("message"))
                .isEqualTo("A file's name has at most 255 characters.");
        client.send(FileClient.BEGIN, "{'id':'nul','room':'" + room + "','name':'a\\u0000b','size':5}");
        assertThat(client.expectError("invalid").string("message")).contains("NUL");
        assertThat(client.begin(room, "a\\u0007b", 5).string("message")).contains("control characters");
        assertThat(client.begin(room, "", 5).string("name")).isEqualTo("invalid");
        assertThat(client.begin("'room':'" + room + "','size':5").string("name"))
                .isEqualTo("invalid");
    }

    @Test
    void keepsClearTextOutOfSealedRooms() {
        String sealed = "sealed." + room;
        assertThat(client.begin(sealed, "readable.txt", 5).string("name")).isEqualTo("not-sealed");
        assertThat(client.begin("'room':'" + sealed + "','size':5,'type':'text/plain'")
                        .string("name"))
                .isEqualTo("not-sealed");
        FileClient.Frame ready = client.begin("'room':'" + sealed + "','size':" + CONTENT.length);
        FileClient.Frame stored = client.goOn(ready, CONTENT);
        assertThat(stored.header()).doesNotContainKey("seq");
        try (Guest author = Guest.withCookie(cookie);
                FileClient other = FileClient.of(cookie("Eve"))) {
            other.expect(FileClient.WELCOME);
            assertThat(other.open(stored.string("file"), 0).string("name")).isEqualTo("no-file");
            author.join(sealed);
            author.send("{'type':'publish','id':'" + stored.string("message") + "','room':'" + sealed
                    + "','kind':'sealed','body':{'ct':'x'}}");
            awaitAck(author);
            assertThat(other.download(stored.string("file"), 0)).isEqualTo(CONTENT);
        }
    }

    @Test
    void letsNobodyPublishAFileWithoutOne() {
        try (Guest liar = Guest.withCookie(cookie)) {
            liar.join(room);
            liar.send("{'type':'publish','id':'f','room':'" + room
                    + "','kind':'file','body':{'file':'x','name':'x','size':1}}");
            JsonObject error = liar.expect("error");
            assertThat(error.getString("name")).isEqualTo("invalid");
        }
    }

    @Test
    void endsAConnectionThatSpeaksSomethingElse() {
        client.sendBytes(ByteBuffer.wrap(new byte[] {9, 1, 0, 2, '{', '}'}));
        assertThat(client.expectError("protocol-error").number("code")).isEqualTo(4506);
        assertThat(client.expect(FileClient.CLOSED).number("code")).isEqualTo(4506);
    }

    @Test
    void takesNoText() {
        client.sendText("hello");
        assertThat(client.expectError("unsupported-data").number("code")).isEqualTo(1003);
        assertThat(client.expect(FileClient.CLOSED).number("code")).isEqualTo(1003);
    }

    @Test
    void takesNoFrameThatIsTooLong() {
        client.sendBytes(ByteBuffer.allocate(300_000));
        FileClient.Frame last = client.next();
        assertThat(last.type()).as("%s", last.header()).isEqualTo(FileClient.CLOSED);
        assertThat(last.number("code")).isIn(1009L, 1006L);
    }

    @Test
    void wantsACredentialAndTheSubprotocol() {
        assertThatThrownBy(() -> TestClient.connect("/files", List.of("parley.files.v1"), Map.of()))
                .isInstanceOfSatisfying(TestClient.RefusedException.class, e -> assertThat(e.status())
                        .isEqualTo(401));
        assertThatThrownBy(() -> TestClient.connect("/files", List.of(), Guest.headers(cookie)))
                .isInstanceOfSatisfying(TestClient.RefusedException.class, e -> assertThat(e.status())
                        .isEqualTo(400));
    }
}

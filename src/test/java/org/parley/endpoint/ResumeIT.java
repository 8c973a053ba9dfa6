package org.parley.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import jakarta.json.JsonObject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.parley.ServerProcess;
import org.parley.ServerProcesses;

import static org.assertj.core.api.Assertions.assertThat;

/** Whoever comes back has everything once and in order, or is told that something is missing. */
class ResumeIT {
    @RegisterExtension
    static final ServerProcesses SERVERS = ServerProcesses.ofAllTests();

    /** Rooms whose name begins so keep 300 messages. */
    private static final String TRIMMED = "trimmed.";

    private static final int KEPT = 300;
    private static final int PAGE = 200;

    /** A page of bodies has 256 Ki characters, so about four of these. */
    private static final String LARGE = "x".repeat(60_000);
    /** Of which what is kept is more than one page. */
    private static final String MIDDLING = "x".repeat(2_000);

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = SERVERS.create(
                "resume",
                Map.of(
                        "parley.limits",
                        "off",
                        "parley.log.retention",
                        TRIMMED + "*=" + KEPT + "/all",
                        "parley.log.trim-every",
                        "1s"));
        server.start();
    }

    private static Guest guest(String name) {
        return Guest.named(server, name);
    }

    private static Guest back(Guest guest) {
        return Guest.withCookie(server, guest.cookie());
    }

    @Test
    void pullsPagesWhileOthersPublishAndMissesOrRepeatsNothing() {
        String room = Guest.newRoom("pages-");
        AtomicBoolean stop = new AtomicBoolean();
        try (Guest ada = guest("Ada");
                Guest bob = guest("Bob");
                Guest carl = guest("Carl")) {
            Position cut = position(ada.join(room));
            ada.client().leave();
            bob.join(room);
            carl.join(room);
            publish(bob, room, "large", 40, LARGE);
            CompletableFuture<Long> others = CompletableFuture.supplyAsync(() -> publishUntil(stop, carl, room));
            try (Guest again = back(ada)) {
                Resumed resumed = new Resumed(again, room);
                resumed.join(cut);
                assertThat(resumed.pulls).as("pages").isGreaterThan(8);
                assertThat(resumed.recovered).isTrue();
                stop.set(true);
                long last = Math.max(others.join(), publish(bob, room, "last", 1, "bye"));
                resumed.awaitSeq(last);
                assertThat(resumed.got).isEqualTo(range(1, last));
            }
        } finally {
            stop.set(true);
        }
    }

    private static long publishUntil(AtomicBoolean stop, Guest guest, String room) {
        long last = 0;
        for (int i = 0; !stop.get(); i++) {
            last = publish(guest, room, "while-" + i, 1, "small");
        }
        return last;
    }

    @Test
    void resumesWhereAConnectionWasCut() {
        String room = Guest.newRoom("cut-");
        try (Guest ada = guest("Ada");
                Guest bob = guest("Bob")) {
            Position cut = position(ada.join(room));
            ada.client().leave();
            bob.join(room);
            publish(bob, room, "m", 3, "while away");
            try (Guest again = back(ada)) {
                JsonObject joined = rejoin(again, room, cut);
                assertThat(joined.getBoolean("recovered")).isTrue();
                assertThat(joined.getBoolean("more")).isFalse();
                assertThat(seqs(joined)).isEqualTo(range(1, 3));
            }
        }
    }

    @Test
    void saysWhenThereIsNoSuchPosition() {
        String room = Guest.newRoom("position-");
        try (Guest ada = guest("Ada")) {
            Position start = position(ada.join(room));
            publish(ada, room, "m", 3, "text");
            for (Position wrong : List.of(new Position("other", 1), new Position(start.epoch, 4))) {
                JsonObject joined = rejoin(ada, room, wrong);
                assertThat(joined.getBoolean("recovered")).as("%s", wrong).isFalse();
                assertThat(joined.getBoolean("more")).isFalse();
                assertThat(position(joined)).isEqualTo(new Position(start.epoch, 3));
                assertThat(seqs(joined)).as("the newest page").isEqualTo(range(1, 3));
            }
            assertThat(rejoin(ada, room, new Position(start.epoch, 3)).getBoolean("recovered"))
                    .isTrue();
        }
    }

    @Test
    void saysWhetherAPositionIsOneOfALatestRoom() {
        String room = Guest.newRoom("state.");
        try (Guest ada = guest("Ada")) {
            Position start = position(ada.join(room));
            publish(ada, room, "m", 3, "text");
            JsonObject joined = rejoin(ada, room, new Position(start.epoch, 1));
            assertThat(joined.getBoolean("recovered")).isTrue();
            assertThat(seqs(joined)).as("the newest value").containsExactly(3L);
            assertThat(rejoin(ada, room, new Position(start.epoch, 4)).getBoolean("recovered"))
                    .as("from the future")
                    .isFalse();
            assertThat(rejoin(ada, room, new Position("other", 1)).getBoolean("recovered"))
                    .as("another epoch")
                    .isFalse();
        }
    }

    @Test
    void saysWhenAPositionIsOlderThanWhatIsKept() {
        String room = Guest.newRoom(TRIMMED);
        try (Guest ada = guest("Ada")) {
            Position start = position(ada.join(room));
            long last = publish(ada, room, "m", KEPT + 50, "text");
            awaitTrim(room, start);
            JsonObject joined = rejoin(ada, room, start);
            assertThat(joined.getBoolean("recovered")).isFalse();
            assertThat(joined.getBoolean("more")).isFalse();
            assertThat(seqs(joined)).as("the newest page").isEqualTo(range(last - PAGE + 1, last));
            assertThat(rejoin(ada, room, new Position(start.epoch, last - KEPT)).getBoolean("recovered"))
                    .as("the oldest position that is kept")
                    .isTrue();
        }
    }

    @Test
    void tellsOfATrimInTheMiddleOfAReplay() {
        String room = Guest.newRoom(TRIMMED);
        try (Guest ada = guest("Ada");
                Guest bob = guest("Bob")) {
            Position start = position(bob.join(room));
            publish(bob, room, "m", KEPT, MIDDLING);
            JsonObject page = rejoin(ada, room, start);
            assertThat(page.getBoolean("recovered")).isTrue();
            assertThat(page.getBoolean("more")).isTrue();
            long seen = position(page).seq;
            assertThat(seqs(page)).isEqualTo(range(1, seen));
            long last = publish(bob, room, "more", KEPT, MIDDLING);
            awaitTrim(room, new Position(start.epoch, seen));
            JsonObject told = pull(ada, room, seen);
            assertThat(told.getBoolean("recovered")).isFalse();
            assertThat(told.getBoolean("more")).isFalse();
            assertThat(seqs(told))
                    .as("the newest page")
                    .isEqualTo(range(seqs(told).get(0), last))
                    .doesNotContain(seen + 1);
            publish(bob, room, "live", 1, "text");
            assertThat(seqs(next(ada, "messages"))).containsExactly(last + 1);
        }
    }

    @Test
    void answersARepeatedPublishWithItsFirstNumberWhenTheAckWasLost() {
        String room = Guest.newRoom("again-");
        try (Guest ada = guest("Ada");
                Guest bob = guest("Bob")) {
            ada.join(room);
            publish(ada, room, "before", 1, "text");
            bob.join(room);
            ada.sendPublish(room, "same", "text");
            awaitSeq(bob, 2);
            // Whatever had come of the ack goes down with this connection, which never looked.
            ada.client().leave();
            try (Guest again = back(ada)) {
                again.join(room);
                assertDuplicate(again, room, "same", 2);
                assertThat(publish(again, room, "other", 1, "text"))
                        .as("a duplicate takes no number")
                        .isEqualTo(3);
                assertThat(seqs(next(bob, "messages"))).containsExactly(3L);
            }
        }
    }

    @Test
    void answersARepeatedPublishWithItsFirstNumberWhenTheMessageIsGone() {
        String room = Guest.newRoom(TRIMMED);
        try (Guest ada = guest("Ada")) {
            Position start = position(ada.join(room));
            publish(ada, room, "before", 4, "text");
            assertThat(publish(ada, room, "same", 1, "text")).isEqualTo(5);
            publish(ada, room, "after", KEPT, "text");
            awaitTrim(room, new Position(start.epoch, 4));
            assertDuplicate(ada, room, "same-0", 5);
        }
    }

    @Test
    void goesOnAfterARestart() {
        String room = Guest.newRoom("restart-");
        Position seen;
        try (Guest ada = guest("Ada");
                Guest bob = guest("Bob")) {
            ada.join(room);
            bob.join(room);
            publish(ada, room, "m", 3, "text");
            seen = new Position(position(rejoin(bob, room, null)).epoch, 1);
            server.kill();
            server.start();
            try (Guest again = back(ada);
                    Guest reader = back(bob)) {
                again.join(room);
                assertDuplicate(again, room, "m-1", 2);
                publish(again, room, "after", 1, "text");
                JsonObject joined = rejoin(reader, room, seen);
                assertThat(joined.getBoolean("recovered")).isTrue();
                assertThat(position(joined)).isEqualTo(new Position(seen.epoch, 4));
                assertThat(seqs(joined)).isEqualTo(range(2, 4));
            }
        }
    }

    private record Position(String epoch, long seq) {}

    private static Position position(JsonObject frame) {
        return new Position(frame.getString("epoch"), frame.getJsonNumber("seq").longValue());
    }

    static List<Long> seqs(JsonObject frame) {
        return frame.getJsonArray("messages").getValuesAs(JsonObject.class).stream()
                .map(message -> message.getJsonNumber("seq").longValue())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** The next frame of that type; passes over any other. */
    private static JsonObject next(Guest guest, String type) {
        JsonObject frame;
        do {
            frame = guest.next();
        } while (!frame.getString("type").equals(type));
        return frame;
    }

    /** Until it is delivered, which says that it is stored. */
    private static void awaitSeq(Guest guest, long seq) {
        while (!seqs(next(guest, "messages")).contains(seq)) {
            assertThat(guest.client().isOpen()).isTrue();
        }
    }

    private static JsonObject rejoin(Guest guest, String room, Position since) {
        guest.send("{'type':'join','id':'again','room':'" + room + "'"
                + (since == null ? "" : ",'since':{'epoch':'" + since.epoch + "','seq':" + since.seq + "}") + "}");
        return next(guest, "joined");
    }

    private static JsonObject pull(Guest guest, String room, long after) {
        guest.send("{'type':'history','id':'pull','room':'" + room + "','after':" + after + ",'limit':" + PAGE + "}");
        return next(guest, "history");
    }

    /**
     * One after the other, by a member, until each is acknowledged and delivered: an ack may come before, and a join is
     * answered with what is delivered.
     *
     * @return the seq of the last one, whose ids are {@code prefix-0} and so on
     */
    private static long publish(Guest guest, String room, String prefix, int count, String text) {
        long last = 0;
        for (int i = 0; i < count; i++) {
            guest.sendPublish(room, prefix + "-" + i, text);
            last = awaitAckAndDelivery(guest);
        }
        return last;
    }

    private static long awaitAckAndDelivery(Guest guest) {
        long acked = 0;
        long delivered = 0;
        while (acked == 0 || delivered < acked) {
            JsonObject frame = guest.next();
            String type = frame.getString("type");
            if (type.equals("ack")) {
                assertThat(frame.getBoolean("duplicate")).isFalse();
                acked = frame.getJsonNumber("seq").longValue();
            } else if (type.equals("messages")) {
                delivered = seqs(frame).get(seqs(frame).size() - 1);
            }
        }
        return acked;
    }

    private static void assertDuplicate(Guest guest, String room, String id, long seq) {
        guest.sendPublish(room, id, "text");
        JsonObject ack = next(guest, "ack");
        assertThat(ack.getString("id")).isEqualTo(id);
        assertThat(ack.getBoolean("duplicate")).isTrue();
        assertThat(ack.getJsonNumber("seq").longValue()).isEqualTo(seq);
    }

    /** Until the message behind that position is gone. */
    private static void awaitTrim(String room, Position position) {
        try (Guest watcher = guest("Watcher")) {
            Awaitility.await("a trim of " + room)
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> !rejoin(watcher, room, position).getBoolean("recovered"));
        }
    }

    /** One subscription that is brought to the present; it keeps every number in the order in which they came. */
    private static final class Resumed {
        private final Guest guest;
        private final String room;
        private final List<Long> got = new ArrayList<>();
        private boolean recovered = true;
        private int pulls;

        Resumed(Guest guest, String room) {
            this.guest = guest;
            this.room = room;
        }

        void join(Position since) {
            guest.send("{'type':'join','id':'again','room':'" + room + "','since':{'epoch':'" + since.epoch + "','seq':"
                    + since.seq + "}}");
            JsonObject page = guest.expect("joined");
            add(page);
            while (page.getBoolean("more")) {
                long after = got.isEmpty() ? since.seq : got.get(got.size() - 1);
                guest.send("{'type':'history','id':'pull','room':'" + room + "','after':" + after + ",'limit':" + PAGE
                        + "}");
                // Nothing live may come in between: any frame but presence fails.
                page = guest.expect("history");
                pulls++;
                add(page);
            }
        }

        private void add(JsonObject page) {
            recovered &= page.getBoolean("recovered");
            got.addAll(seqs(page));
        }

        void awaitSeq(long last) {
            while (got.isEmpty() || got.get(got.size() - 1) < last) {
                got.addAll(seqs(guest.expect("messages")));
            }
        }
    }
}

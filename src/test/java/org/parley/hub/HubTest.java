package org.parley.hub;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class HubTest {
    private final MemoryMessageLog log = new MemoryMessageLog(Clock.systemUTC());
    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final WireBetween wire = new WireBetween();
    private final List<Hub> hubs = new ArrayList<>();
    private final Hub hub = newHub(Limits.DEFAULT, wire.newBackplane());

    private Hub newHub(Limits limits, Backplane backplane) {
        Hub made = new Hub(log, log, backplane, HubTest::classOf, limits, executor);
        executor.execute(made.writer());
        hubs.add(made);
        return made;
    }

    private static RoomClass classOf(String room) {
        return room.startsWith("state")
                ? RoomClass.LATEST
                : room.startsWith("live") ? RoomClass.EPHEMERAL : RoomClass.LOG;
    }

    @AfterEach
    void close() throws Exception {
        hubs.forEach(Hub::close);
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private RecordingConnection joined(Hub at, String user, String room) {
        RecordingConnection connection = new RecordingConnection(user);
        at.open(connection);
        at.join(connection, "join", room, null);
        connection.answer("join", Delivery.Joined.class);
        return connection;
    }

    private Delivery.Acked publish(RecordingConnection connection, String room, String id) {
        hub.publish(connection, new Publish(id, room, Kind.TEXT, "{\"text\":\"" + id + "\"}"));
        return connection.answer(id, Delivery.Acked.class);
    }

    private void publishMany(String room, int count) {
        RecordingConnection publisher = joined(hub, "filler", room);
        for (int i = 0; i < count; i++) {
            hub.publish((Publisher) publisher, new Publish(publisher.id() + "-" + i, room, Kind.TEXT, "{}"));
        }
        publisher.answer(publisher.id() + "-" + (count - 1), Delivery.Acked.class);
        publisher.awaitSeq(headOf(room).last());
        hub.close(publisher);
    }

    private RoomHead headOf(String room) {
        try {
            return log.head(room).orElseThrow();
        } catch (LogUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void deliversToEveryMemberInOneOrder() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        RecordingConnection bob = joined(hub, "bob", "lobby");
        for (int i = 1; i <= 5; i++) {
            assertThat(publish(i % 2 == 0 ? ada : bob, "lobby", "m" + i).seq()).isEqualTo(i);
        }
        for (RecordingConnection connection : List.of(ada, bob)) {
            await().untilAsserted(() -> assertThat(connection.seqs()).isEqualTo(range(1, 5)));
        }
    }

    @Test
    void givesAJoinerTheNewestPageAndThenWhatFollows() {
        publishMany("lobby", 500);
        RecordingConnection ada = joined(hub, "ada", "lobby");
        Delivery.Joined joined = ada.all(Delivery.Joined.class).get(0);
        assertThat(joined.position().seq()).isEqualTo(500);
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.more()).isFalse();
        assertThat(joined.older()).isTrue();
        assertThat(ada.seqs()).isEqualTo(range(301, 500));
        publish(ada, "lobby", "next");
        await().untilAsserted(() -> assertThat(ada.seqs()).isEqualTo(range(301, 501)));
    }

    @Test
    void aSealedRoomTakesNothingThatCanBeRead() {
        for (String room : List.of("sealed.plans", "state.topic.sealed.plans", "live.sealed.plans")) {
            RecordingConnection ada = joined(hub, "ada", room);
            for (String kind : List.of(Kind.TEXT, Kind.FILE, "x-note")) {
                hub.publish(ada, new Publish(room + kind, room, kind, "{}"));
                assertThat(ada.answer(room + kind, Delivery.Failed.class).code())
                        .isEqualTo(ErrorCode.NOT_SEALED);
                hub.publish((Publisher) ada, new Publish("p" + room + kind, room, kind, "{}"));
                assertThat(ada.answer("p" + room + kind, Delivery.Failed.class).code())
                        .isEqualTo(ErrorCode.NOT_SEALED);
            }
            hub.publish(ada, new Publish(room, room, Kind.SEALED, "{}"));
            assertThat(ada.answer(room, Delivery.Acked.class).duplicate()).isFalse();
        }
        RecordingConnection bob = joined(hub, "bob", "sealed");
        assertThat(publish(bob, "sealed", "not by its name").seq()).isEqualTo(1);
    }

    @Test
    void resumesByPulling() {
        publishMany("lobby", 1_000);
        String epoch = headOf("lobby").epoch();
        RecordingConnection ada = new RecordingConnection("ada");
        hub.open(ada);
        hub.join(ada, "join", "lobby", new Position(epoch, 10));
        Delivery.Joined joined = ada.answer("join", Delivery.Joined.class);
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.more()).isTrue();
        publishMany("lobby", 3);
        boolean more = true;
        for (int pull = 0; more; pull++) {
            List<Long> seqs = ada.seqs();
            hub.historyAfter(ada, "pull" + pull, "lobby", seqs.get(seqs.size() - 1), 200);
            more = ada.answer("pull" + pull, Delivery.History.class).more();
        }
        long last = headOf("lobby").last();
        assertThat(ada.seqs()).isEqualTo(range(11, last));
        publish(ada, "lobby", "live again");
        await().untilAsserted(() -> assertThat(ada.seqs()).isEqualTo(range(11, last + 1)));
    }

    /** The newest messages in memory may be many times what an outbox takes. */
    @Test
    void resumesOverLargeMessagesInPagesOfBoundedSize() {
        RecordingConnection publisher = joined(hub, "publisher", "lobby");
        String body = "{\"text\":\"" + "x".repeat(60_000) + "\"}";
        for (int i = 1; i <= 40; i++) {
            hub.publish(publisher, new Publish("large" + i, "lobby", Kind.TEXT, body));
        }
        publisher.awaitSeq(40);
        RecordingConnection ada = new RecordingConnection("ada");
        hub.open(ada);
        hub.join(ada, "join", "lobby", new Position(headOf("lobby").epoch(), 0));
        boolean more = ada.answer("join", Delivery.Joined.class).more();
        for (int pull = 0; more; pull++) {
            hub.historyAfter(ada, "pull" + pull, "lobby", ada.lastSeq(), 200);
            more = ada.answer("pull" + pull, Delivery.History.class).more();
        }
        assertThat(ada.seqs()).isEqualTo(range(1, 40));
        assertThat(ada.deliveries()).allSatisfy(delivery -> assertThat(RecordingConnection.bodyCharacters(delivery))
                .isLessThanOrEqualTo(Limits.DEFAULT.pageBytes()));
        publish(publisher, "lobby", "live");
        ada.awaitSeq(41);
    }

    /** A client that changes nodes may have more than the new one, which the backplane has not told yet. */
    @Test
    void resumesAPositionThatThisNodeHasNotReached() {
        Hub other = newHub(Limits.DEFAULT, wire.newBackplane());
        RecordingConnection stays = joined(other, "stays", "lobby");
        RecordingConnection moves = joined(hub, "moves", "lobby");
        wire.losing = true;
        for (int i = 1; i <= 5; i++) {
            publish(moves, "lobby", "m" + i);
        }
        moves.awaitSeq(5);
        wire.losing = false;

        RecordingConnection moved = new RecordingConnection("moves");
        other.open(moved);
        other.join(moved, "join", "lobby", new Position(headOf("lobby").epoch(), 5));
        Delivery.Joined joined = moved.answer("join", Delivery.Joined.class);
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.messages()).isEmpty();
        stays.awaitSeq(5);
        boolean more = joined.more();
        for (int pull = 0; more; pull++) {
            other.historyAfter(moved, "pull" + pull, "lobby", 5, 200);
            more = moved.answer("pull" + pull, Delivery.History.class).more();
        }
        publish(moves, "lobby", "m6");
        moved.awaitSeq(6);
        assertThat(moved.seqs()).containsExactly(6L);
        assertThat(stays.seqs()).isEqualTo(range(1, 6));
    }

    @Test
    void saysWhenAPositionCannotBeRecovered() {
        publishMany("lobby", 400);
        RoomHead head = headOf("lobby");
        log.keepNewest("lobby", 100);
        assertThat(rejoin("lobby", new Position(head.epoch(), 300)).recovered())
                .as("just kept")
                .isTrue();
        assertThat(rejoin("lobby", new Position(head.epoch(), 299)).recovered())
                .as("trimmed")
                .isFalse();
        assertThat(rejoin("lobby", new Position(head.epoch(), 401)).recovered())
                .as("from the future")
                .isFalse();
        assertThat(rejoin("lobby", new Position("other", 400)).recovered())
                .as("other epoch")
                .isFalse();
        Delivery.Joined lost = rejoin("lobby", new Position(head.epoch(), 5));
        assertThat(lost.messages()).extracting(Message::seq).isEqualTo(range(301, 400));
        assertThat(lost.more()).isFalse();
    }

    private Delivery.Joined rejoin(String room, Position since) {
        return rejoin(hub, room, since);
    }

    private static Delivery.Joined rejoin(Hub at, String room, Position since) {
        RecordingConnection connection = new RecordingConnection("returning");
        at.open(connection);
        at.join(connection, "again", room, since);
        return connection.answer("again", Delivery.Joined.class);
    }

    @Test
    void tellsOfATrimInTheMiddleOfAReplay() {
        publishMany("lobby", 1_000);
        RecordingConnection ada = new RecordingConnection("ada");
        hub.open(ada);
        hub.join(ada, "join", "lobby", new Position(headOf("lobby").epoch(), 0));
        assertThat(ada.answer("join", Delivery.Joined.class).more()).isTrue();
        log.keepNewest("lobby", 50);
        hub.historyAfter(ada, "pull", "lobby", 200, 200);
        Delivery.History page = ada.answer("pull", Delivery.History.class);
        assertThat(page.recovered()).isFalse();
        assertThat(page.more()).isFalse();
        assertThat(page.messages()).extracting(Message::seq).isEqualTo(range(951, 1_000));
        publish(ada, "lobby", "live");
        await().untilAsserted(() -> assertThat(ada.seqs()).endsWith(1_001L));
    }

    /** Each step of a reader lets a few more messages be published, so that every cut is made while the room goes on. */
    @Test
    void missesAndRepeatsNothingWhileOthersPublish() {
        int total = 8_000;
        Limits small = new Limits(100, 1_000, 0, 1, 20_000, 32 << 20, 50, 256 << 10);
        Hub busy = newHub(small, wire.newBackplane());
        RecordingConnection publisher = joined(busy, "publisher", "busy");
        Semaphore allowed = new Semaphore(0);
        executor.execute(() -> {
            for (int i = 0; i < total; i++) {
                allowed.acquireUninterruptibly();
                busy.publish((Publisher) publisher, new Publish("p" + i, "busy", Kind.TEXT, "{}"));
            }
        });
        String epoch = headOf("busy").epoch();
        List<RecordingConnection> readers = new ArrayList<>();
        List<Long> firsts = new ArrayList<>();
        int steps = 0;
        while (steps < total / 4) {
            RecordingConnection reader = new RecordingConnection("r" + readers.size());
            busy.open(reader);
            allowed.release(4);
            steps++;
            // A position that somebody has: the log may be ahead of what the room has delivered.
            long since = Math.min(readers.size(), publisher.lastSeq());
            busy.join(reader, "join", "busy", new Position(epoch, since));
            boolean more = reader.answer("join", Delivery.Joined.class).more();
            for (int pull = 0; more; pull++) {
                allowed.release(4);
                steps++;
                busy.historyAfter(reader, "p" + pull, "busy", Math.max(since, reader.lastSeq()), 50);
                more = reader.answer("p" + pull, Delivery.History.class).more();
            }
            readers.add(reader);
            firsts.add(since + 1);
        }
        assertThat(readers).hasSizeGreaterThan(20);
        for (int r = 0; r < readers.size(); r++) {
            readers.get(r).awaitSeq(total);
            assertThat(readers.get(r).seqs()).isEqualTo(range(firsts.get(r), total));
        }
    }

    @Test
    void keepsOnlyTheNewestOfALatestRoom() {
        RecordingConnection ada = joined(hub, "ada", "state.light");
        publish(ada, "state.light", "one");
        publish(ada, "state.light", "two");
        ada.awaitSeq(2);
        RecordingConnection bob = joined(hub, "bob", "state.light");
        assertThat(bob.seqs()).containsExactly(2L);
        hub.publish(ada, new Publish("three", "state.light", "x-v", "{}", null, OptionalLong.of(1)));
        Delivery.Failed conflict = ada.answer("three", Delivery.Failed.class);
        assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(conflict.current().seq()).isEqualTo(2);
        hub.publish(ada, new Publish("four", "state.light", "x-v", "{}", null, OptionalLong.of(2)));
        assertThat(ada.answer("four", Delivery.Acked.class).seq()).isEqualTo(3);
        await().untilAsserted(() -> assertThat(bob.seqs()).containsExactly(2L, 3L));
    }

    @Test
    void numbersAndStoresNothingOfAnEphemeralRoom() throws Exception {
        RecordingConnection ada = joined(hub, "ada", "live.cursor");
        RecordingConnection bob = joined(hub, "bob", "live.cursor");
        for (int i = 0; i < 20; i++) {
            assertThat(publish(ada, "live.cursor", "m" + i).epoch()).isNull();
        }
        await().untilAsserted(() -> assertThat(bob.messages()).hasSize(20));
        assertThat(bob.messages())
                .extracting(Message::id)
                .isEqualTo(LongStream.range(0, 20).mapToObj(i -> "m" + i).toList());
        assertThat(log.head("live.cursor")).isEmpty();
    }

    @Test
    void hasNoHistoryOfAnEphemeralRoom() {
        RecordingConnection ada = joined(hub, "ada", "live.cursor");
        hub.historyAfter(ada, "after", "live.cursor", 0, 10);
        hub.historyBefore(ada, "before", "live.cursor", 1, 10);
        for (String request : List.of("after", "before")) {
            assertThat(ada.answer(request, Delivery.Failed.class).code()).isEqualTo(ErrorCode.UNSUPPORTED);
        }
    }

    @Test
    void givesAJoinerTheValueThatTheRoomHasNotDeliveredYet() {
        RecordingConnection ada = joined(hub, "ada", "state.light");
        Hub other = newHub(Limits.DEFAULT, wire.newBackplane());
        RecordingConnection there = joined(other, "carl", "state.light");
        wire.holding = true;
        publish(ada, "state.light", "one");
        RecordingConnection bob = joined(other, "bob", "state.light");
        assertThat(bob.seqs()).as("from the log, ahead of the announcement").containsExactly(1L);
        wire.releaseBackwards();
        await().untilAsserted(() -> assertThat(there.seqs()).containsExactly(1L));
        publish(ada, "state.light", "two");
        await().untilAsserted(() -> assertThat(bob.seqs()).as("each once").containsExactly(1L, 2L));
    }

    /** The log knows the position, whether or not this node has heard of it. */
    @Test
    void saysWhetherAPositionIsOneOfALatestRoom() {
        RecordingConnection ada = joined(hub, "ada", "state.light");
        Hub other = newHub(Limits.DEFAULT, wire.newBackplane());
        joined(other, "carl", "state.light");
        wire.holding = true;
        publish(ada, "state.light", "one");
        publish(ada, "state.light", "two");
        String epoch = headOf("state.light").epoch();
        for (Hub at : List.of(hub, other)) {
            for (long known : new long[] {0, 1, 2}) {
                assertThat(rejoin(at, "state.light", new Position(epoch, known)).recovered())
                        .as("position %d", known)
                        .isTrue();
            }
            assertThat(rejoin(at, "state.light", new Position(epoch, 3)).recovered())
                    .as("from the future")
                    .isFalse();
            assertThat(rejoin(at, "state.light", new Position("other", 1)).recovered())
                    .as("other epoch")
                    .isFalse();
        }
        wire.releaseBackwards();
    }

    @Test
    void answersARepeatedPublishWithItsFirstNumber() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        long seq = publish(ada, "lobby", "same").seq();
        ada.awaitSeq(seq);
        ada.forget();
        Delivery.Acked again = publish(ada, "lobby", "same");
        assertThat(again.duplicate()).isTrue();
        assertThat(again.seq()).isEqualTo(seq);
        publish(ada, "lobby", "other");
        await().untilAsserted(() -> assertThat(ada.seqs()).containsExactly(2L));
    }

    @Test
    void failsWhatCannotBeStoredAndGoesOnLater() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        log.unavailable(true);
        hub.publish(ada, new Publish("lost", "lobby", Kind.TEXT, "{}"));
        Delivery.Failed failed = ada.answer("lost", Delivery.Failed.class);
        assertThat(failed.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failed.code().retryable()).isTrue();
        hub.join(ada, "rejoin", "elsewhere", null);
        assertThat(ada.answer("rejoin", Delivery.Failed.class).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        log.unavailable(false);
        ada.forget();
        assertThat(publish(ada, "lobby", "lost").seq()).isEqualTo(1);
    }

    /** A disk that is full: pages can be read, nothing can be written. */
    @Test
    void answersAJoinOnceWhenItCannotFollow() {
        Hub full = new Hub(log, new Unwritable(), wire.newBackplane(), HubTest::classOf, Limits.DEFAULT, executor);
        executor.execute(full.writer());
        hubs.add(full);
        RecordingConnection ada = new RecordingConnection("ada");
        full.open(ada);
        full.join(ada, "join", "lobby", null);
        assertThat(ada.deliveries()).singleElement().isInstanceOf(Delivery.Joined.class);
    }

    private static final class Unwritable implements Following {
        @Override
        public void follow(String user, String room) throws LogUnavailableException {
            throw new LogUnavailableException("the disk is full", null);
        }

        @Override
        public void unfollow(String user, String room) throws LogUnavailableException {
            throw new LogUnavailableException("the disk is full", null);
        }

        @Override
        public long read(String user, String room, long seq) throws LogUnavailableException {
            throw new LogUnavailableException("the disk is full", null);
        }

        @Override
        public List<Followed> rooms(String user) {
            return List.of();
        }
    }

    @Test
    void keepsWhatAnotherNodeLocksInOrder() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        log.defer("lobby", 3);
        for (int i = 1; i <= 50; i++) {
            hub.publish(ada, new Publish("m" + i, "lobby", Kind.TEXT, "{}"));
        }
        for (int i = 1; i <= 50; i++) {
            assertThat(ada.answer("m" + i, Delivery.Acked.class).seq()).isEqualTo(i);
        }
    }

    @Test
    void limitsRatesAndRooms() {
        Hub limited = newHub(new Limits(2, 1, 1, 3, 100, 1 << 20, 100, 1 << 18), wire.newBackplane());
        RecordingConnection ada = joined(limited, "ada", "one");
        for (int i = 0; i < 4; i++) {
            limited.publish(ada, new Publish("m" + i, "one", Kind.TEXT, "{}"));
        }
        Delivery.Failed failed = ada.answer("m3", Delivery.Failed.class);
        assertThat(failed.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(failed.retryAfterMs()).isBetween(1L, 1_000L);
        limited.join(ada, "two", "two", null);
        limited.join(ada, "three", "three", null);
        assertThat(ada.answer("three", Delivery.Failed.class).code()).isEqualTo(ErrorCode.LIMIT);
        RecordingConnection bob = new RecordingConnection("bob");
        limited.open(bob);
        limited.join(bob, "full", "one", null);
        assertThat(bob.answer("full", Delivery.Failed.class).code()).isEqualTo(ErrorCode.LIMIT);
    }

    @Test
    void letsPublishAgainWhenItSaid() {
        ManualNanos nanos = new ManualNanos();
        Limits one = new Limits(2, 10, 4, 1, 100, 1 << 20, 100, 1 << 18);
        Hub limited = new Hub(log, log, wire.newBackplane(), HubTest::classOf, one, executor, nanos);
        executor.execute(limited.writer());
        hubs.add(limited);
        RecordingConnection ada = joined(limited, "ada", "lobby");
        for (int i = 1; i <= 20; i++) {
            limited.publish(ada, new Publish("m" + i, "lobby", Kind.TEXT, "{}"));
            assertThat(ada.answer("m" + i, Delivery.Acked.class).seq()).isEqualTo(i);
            limited.publish(ada, new Publish("early" + i, "lobby", Kind.TEXT, "{}"));
            Delivery.Failed early = ada.answer("early" + i, Delivery.Failed.class);
            assertThat(early.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(early.retryAfterMs()).isEqualTo(250);
            nanos.advance(early.retryAfterMs(), TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void refusesWhatThePermissionsDoNotCover() {
        Access readOnly = new Access() {
            @Override
            public boolean mayRead(String room) {
                return room.equals("news");
            }

            @Override
            public boolean mayWrite(String room) {
                return false;
            }

            @Override
            public boolean admin() {
                return false;
            }
        };
        RecordingConnection reader = new RecordingConnection("reader", readOnly);
        hub.open(reader);
        hub.join(reader, "1", "news", null);
        reader.answer("1", Delivery.Joined.class);
        hub.join(reader, "2", "secret", null);
        assertThat(reader.answer("2", Delivery.Failed.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
        hub.publish(reader, new Publish("3", "news", Kind.TEXT, "{}"));
        assertThat(reader.answer("3", Delivery.Failed.class).code()).isEqualTo(ErrorCode.FORBIDDEN);
        hub.publish(reader, new Publish("4", "elsewhere", Kind.TEXT, "{}"));
        assertThat(reader.answer("4", Delivery.Failed.class).code()).isEqualTo(ErrorCode.NOT_JOINED);
    }

    @Test
    void tellsPresenceOncePerUser() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        RecordingConnection bob = joined(hub, "bob", "lobby");
        RecordingConnection bobsPhone = joined(hub, "bob", "lobby");
        hub.tellPresence();
        ada.forget();
        hub.close(bob);
        hub.tellPresence();
        assertThat(ada.all(Delivery.PresenceChanged.class))
                .as("one of two devices")
                .isEmpty();
        hub.close(bobsPhone);
        hub.tellPresence();
        Delivery.PresenceChanged change =
                ada.all(Delivery.PresenceChanged.class).get(0);
        assertThat(change.count()).isEqualTo(1);
        assertThat(change.left()).extracting(User::name).containsExactly("bob");
        ada.forget();
        hub.close(joined(hub, "carl", "lobby"));
        hub.tellPresence();
        assertThat(ada.all(Delivery.PresenceChanged.class))
                .as("came and went within a second")
                .isEmpty();
    }

    @Test
    void movesTheReadMarkerOfAllDevices() {
        publishMany("lobby", 10);
        RecordingConnection desk = joined(hub, "ada", "lobby");
        RecordingConnection phone = joined(hub, "ada", "lobby");
        RecordingConnection other = joined(hub, "bob", "lobby");
        hub.publish(other, new Publish("new", "lobby", Kind.TEXT, "{}"));
        other.answer("new", Delivery.Acked.class);
        hub.rooms(desk, "before");
        assertThat(desk.answer("before", Delivery.Rooms.class).rooms().get(0).unread())
                .isEqualTo(1);
        hub.read(desk, "lobby", 11);
        assertThat(phone.all(Delivery.ReadMoved.class)).containsExactly(new Delivery.ReadMoved("lobby", 11));
        assertThat(desk.all(Delivery.ReadMoved.class)).containsExactly(new Delivery.ReadMoved("lobby", 11));
        assertThat(other.all(Delivery.ReadMoved.class)).isEmpty();
        hub.rooms(phone, "after");
        assertThat(phone.answer("after", Delivery.Rooms.class).rooms().get(0).unread())
                .isZero();
        hub.unfollow(phone, "bye", "lobby");
        hub.rooms(phone, "none");
        assertThat(phone.answer("none", Delivery.Rooms.class).rooms()).isEmpty();
    }

    @Test
    void signalsEverybodyElse() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        RecordingConnection bob = joined(hub, "bob", "lobby");
        hub.signal(ada, "lobby", "typing", "{}");
        await().until(() -> bob.all(Delivery.Signalled.class).size() == 1);
        assertThat(ada.all(Delivery.Signalled.class)).isEmpty();
    }

    @Test
    void endsAUsersConnectionsAndNoOthers() {
        RecordingConnection desk = joined(hub, "ada", "lobby");
        RecordingConnection phone = joined(hub, "ada", "lobby");
        RecordingConnection other = joined(hub, "bob", "lobby");
        hub.disconnect("guest:ada", Disconnect.REVOKED);
        assertThat(List.of(desk.disconnected(), phone.disconnected())).containsOnly(Disconnect.REVOKED);
        assertThat(other.disconnected()).isNull();
    }

    @Test
    void forgetsEmptyRooms() {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        joined(hub, "bob", "other");
        hub.leave(ada, "bye", "lobby");
        assertThat(hub.census().rooms()).isEqualTo(1);
        assertThat(publishFromOutside("lobby").seq()).isEqualTo(1);
    }

    private Delivery.Acked publishFromOutside(String room) {
        RecordingConnection outside = new RecordingConnection("backend");
        hub.publish((Publisher) outside, new Publish("out", room, Kind.TEXT, "{}"));
        return outside.answer("out", Delivery.Acked.class);
    }

    @Test
    void findsWhatOtherNodesSaidInTheLog() {
        Hub other = newHub(Limits.DEFAULT, wire.newBackplane());
        RecordingConnection here = joined(hub, "ada", "lobby");
        RecordingConnection there = joined(other, "bob", "lobby");
        publish(here, "lobby", "m1");
        wire.losing = true;
        publish(here, "lobby", "m2");
        wire.losing = false;
        publish(here, "lobby", "m3");
        await().untilAsserted(() -> assertThat(there.seqs()).as("hole").isEqualTo(range(1, 3)));
        wire.repeating = true;
        publish(here, "lobby", "m4");
        wire.repeating = false;
        wire.holding = true;
        publish(here, "lobby", "m5");
        publish(here, "lobby", "m6");
        wire.releaseBackwards();
        await().untilAsserted(
                        () -> assertThat(there.seqs()).as("repeated, reordered").isEqualTo(range(1, 6)));
        wire.losing = true;
        publish(here, "lobby", "m7");
        other.sweep();
        await().untilAsserted(() -> assertThat(there.seqs()).as("lost last").isEqualTo(range(1, 7)));
    }

    @Test
    void sendsMembersBackWhenTheNumberingIsRenewed() throws Exception {
        RecordingConnection ada = joined(hub, "ada", "lobby");
        publish(ada, "lobby", "before");
        log.renewEpochs();
        hub.sweep();
        await().until(() -> ada.all(Delivery.Removed.class).size() == 1);
        assertThat(ada.all(Delivery.Removed.class).get(0).rejoin()).isTrue();
        hub.join(ada, "again", "lobby", ada.all(Delivery.Joined.class).get(0).position());
        assertThat(ada.answer("again", Delivery.Joined.class).recovered()).isFalse();
    }

    /** The sweep comes while the room delivers, after it has looked whether it is behind. */
    @Test
    void seesWhatASweepFindsDuringADelivery() {
        Hub other = newHub(Limits.DEFAULT, wire.newBackplane());
        RecordingConnection elsewhere = joined(other, "elsewhere", "lobby");
        RecordingConnection ada = joined(hub, "ada", "lobby");
        AtomicBoolean swept = new AtomicBoolean();
        Connection slow = new ForwardingConnection(new RecordingConnection("slow")) {
            @Override
            public void flush() {
                if (seqs().contains(1L) && swept.compareAndSet(false, true)) {
                    wire.losing = true;
                    other.publish(elsewhere, new Publish("m2", "lobby", Kind.TEXT, "{}"));
                    elsewhere.answer("m2", Delivery.Acked.class);
                    hub.sweep();
                }
            }
        };
        hub.open(slow);
        hub.join(slow, "join", "lobby", null);
        publish(ada, "lobby", "m1");
        ada.awaitSeq(2);
    }

    private abstract static class ForwardingConnection implements Connection {
        private final RecordingConnection to;

        ForwardingConnection(RecordingConnection to) {
            this.to = to;
        }

        List<Long> seqs() {
            return to.seqs();
        }

        @Override
        public String id() {
            return to.id();
        }

        @Override
        public User user() {
            return to.user();
        }

        @Override
        public Access access() {
            return to.access();
        }

        @Override
        public void prepare(Broadcast broadcast) {
            to.prepare(broadcast);
        }

        @Override
        public void offer(Broadcast broadcast) {
            to.offer(broadcast);
        }

        @Override
        public void disconnect(Disconnect why) {
            to.disconnect(why);
        }
    }
}

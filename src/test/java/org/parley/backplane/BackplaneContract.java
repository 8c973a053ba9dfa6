package org.parley.backplane;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.parley.hub.Announcement;
import org.parley.hub.Backplane;
import org.parley.hub.Delivery;
import org.parley.hub.Disconnect;
import org.parley.hub.Following;
import org.parley.hub.Hub;
import org.parley.hub.Kind;
import org.parley.hub.Limits;
import org.parley.hub.MemoryMessageLog;
import org.parley.hub.Message;
import org.parley.hub.MessageLog;
import org.parley.hub.Position;
import org.parley.hub.Publish;
import org.parley.hub.RecordingConnection;
import org.parley.hub.RoomClass;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What every {@link Backplane} must do. An adapter without other nodes gives one node, and is heard by nobody. */
public abstract class BackplaneContract {
    private static final User ADA = new User("guest:ada", "Ada \"the first\" \u2028 👩‍🚀", true);
    private static final User BOB = new User("user:https://issuer:bob", "Bob", false);

    /** The largest message by default (parley.max-message-bytes). */
    private static final int LARGEST = 256 << 10;

    private final List<Backplane> nodes = new ArrayList<>();
    private final List<Hub> hubs = new ArrayList<>();
    private final MemoryMessageLog memory = new MemoryMessageLog(Clock.systemUTC());
    private final ExecutorService executor = Executors.newCachedThreadPool();

    /** A further node, which hears those made before; null if there is none. */
    protected abstract Backplane connect() throws Exception;

    /** The log that the node appends to, which all nodes share. */
    protected MessageLog log(Backplane node) {
        return memory;
    }

    protected Following following() {
        return memory;
    }

    /** Kills the broker with SIGKILL; false if there is none to kill. */
    protected boolean killBroker() {
        return false;
    }

    protected void restartBroker() {}

    /** What one node heard. */
    private static final class Heard implements Backplane.Listener {
        final List<String> announcements = new CopyOnWriteArrayList<>();

        @Override
        public void announced(String node, Announcement announcement) {
            announcements.add(node + " " + announcement);
        }

        @Override
        public void reconnected() {
            // What was missed is to be found in the log, which is none of this one's business.
        }
    }

    @AfterEach
    void close() throws Exception {
        hubs.forEach(Hub::close);
        nodes.forEach(Backplane::close);
        executor.shutdown();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5));
    }

    /** Two nodes where there can be two. */
    private List<Backplane> twoNodes() throws Exception {
        for (int i = 0; i < 2; i++) {
            Backplane node = connect();
            if (node != null) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    private Heard listen(Backplane node) {
        Heard heard = new Heard();
        node.listen(heard);
        node.subscribe("lobby");
        return heard;
    }

    private static RoomClass classOf(String room) {
        return room.startsWith("live") ? RoomClass.EPHEMERAL : RoomClass.LOG;
    }

    private List<Hub> twoHubs(UnaryOperator<Backplane> around) throws Exception {
        for (Backplane node : twoNodes()) {
            Hub hub = new Hub(
                    log(node), following(), around.apply(node), BackplaneContract::classOf, unlimited(), executor);
            executor.execute(hub.writer());
            hubs.add(hub);
        }
        assumeTrue(hubs.size() == 2, "there are no other nodes");
        await("both nodes")
                .until(() -> nodes.stream().allMatch(node -> node.state().connected()));
        return hubs;
    }

    private static Limits unlimited() {
        Limits normal = Limits.DEFAULT;
        return new Limits(
                100, 100, 0, 1, normal.appendQueue(), normal.appendQueueBytes(), normal.pageMessages(), LARGEST);
    }

    private static RecordingConnection joined(Hub hub, String user, String room) {
        RecordingConnection connection = new RecordingConnection(user);
        hub.open(connection);
        hub.join(connection, "join", room, null);
        connection.answer("join", Delivery.Joined.class);
        return connection;
    }

    private static void publish(Hub hub, RecordingConnection from, String room, String id, String text) {
        hub.publish(from, new Publish(id, room, Kind.TEXT, "{\"text\":\"" + text + "\"}"));
        from.answer(id, Delivery.Acked.class);
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Message message(long seq) {
        return new Message(seq, seq, 1_000 + seq, "id-" + seq, ADA, "text", "{\"text\":\"grüße 👋 " + seq + "\"}");
    }

    private static List<Announcement> everyAnnouncement() {
        return List.of(
                new Announcement.Reached("lobby", new Position("e", Long.MAX_VALUE)),
                new Announcement.Published("lobby", List.of(message(0), message(0))),
                new Announcement.Signalled("lobby", BOB, "typing", "{\"a\":[1,\"\\\\\"]}"),
                new Announcement.Present("lobby", 7, 2, List.of(ADA, BOB), true),
                new Announcement.Present("lobby", 8, 5_000, List.of(), false),
                new Announcement.ReadMoved("guest:ada", "lobby", 12),
                new Announcement.Disconnected("guest:ada", Disconnect.REVOKED),
                new Announcement.Ended());
    }

    @Test
    void carriesEveryAnnouncementAsItIsAndInOrder() throws Exception {
        twoNodes();
        Heard own = listen(nodes.get(0));
        Heard other = nodes.size() > 1 ? listen(nodes.get(1)) : null;
        everyAnnouncement().forEach(nodes.get(0)::announce);
        List<String> expected = everyAnnouncement().stream()
                .map(announcement -> nodes.get(0).node() + " " + announcement)
                .toList();
        if (other != null) {
            await("the other node")
                    .untilAsserted(() -> assertThat(other.announcements).isEqualTo(expected));
        }
        assertThat(own.announcements).as("what a node hears of itself").isEmpty();
    }

    @Test
    void deliversOnEveryNodeInOneOrder() throws Exception {
        twoHubs(node -> node);
        RecordingConnection here = joined(hubs.get(0), "ada", "lobby");
        RecordingConnection there = joined(hubs.get(1), "bob", "lobby");
        for (int i = 0; i < 100; i++) {
            publish(hubs.get(0), here, "lobby", "a" + i, "from here");
            publish(hubs.get(1), there, "lobby", "b" + i, "from there");
        }
        for (RecordingConnection connection : List.of(here, there)) {
            await("all").untilAsserted(() -> assertThat(connection.seqs()).isEqualTo(upTo(200)));
        }
        assertThat(here.messages()).isEqualTo(there.messages());
    }

    /** Without a sweep: the announcement alone brings it, or says where it is. */
    @Test
    void deliversMessagesOfTheLargestSize() throws Exception {
        twoHubs(node -> node);
        RecordingConnection here = joined(hubs.get(0), "ada", "lobby");
        RecordingConnection there = joined(hubs.get(1), "bob", "lobby");
        String large = "ä👋x".repeat(LARGEST / 8).substring(0, LARGEST / 3);
        for (int length : new int[] {1, 2_000, 7_300, 7_500, 8_000, large.length()}) {
            publish(hubs.get(0), here, "lobby", "m" + length, whole(large, length));
        }
        await("all")
                .untilAsserted(() ->
                        assertThat(there.messages()).isEqualTo(here.messages()).hasSize(6));
    }

    /** Not the first half of a character. */
    private static String whole(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    @Test
    void carriesLargeMessagesOfEphemeralRooms() throws Exception {
        twoHubs(node -> node);
        RecordingConnection here = joined(hubs.get(0), "ada", "live");
        RecordingConnection there = joined(hubs.get(1), "bob", "live");
        for (int i = 0; i < 20; i++) {
            publish(hubs.get(0), here, "live", "m" + i, ("grüße 👋 " + i).repeat(i * 400));
        }
        // The other node may have them before those who are here: their delivery is a task of its own.
        await("all in their order")
                .until(() -> here.messages().size() == 20 && there.messages().size() == 20);
        for (int i = 0; i < 20; i++) {
            // Not in one assertion: a failure of that would be a megabyte.
            assertThat(there.messages().get(i).equals(here.messages().get(i)))
                    .as("message %d", i)
                    .isTrue();
        }
    }

    @Test
    void losesRepeatsAndReordersWithoutAnybodyNoticing() throws Exception {
        twoHubs(node -> new Unreliable(node, 7));
        RecordingConnection here = joined(hubs.get(0), "ada", "lobby");
        RecordingConnection there = joined(hubs.get(1), "bob", "lobby");
        for (int i = 0; i < 300; i++) {
            publish(hubs.get(0), here, "lobby", "a" + i, "from here");
            publish(hubs.get(1), there, "lobby", "b" + i, "from there");
        }
        for (int i = 0; i < 2; i++) {
            hubs.get(i).sweep();
            RecordingConnection connection = i == 0 ? here : there;
            await("all").untilAsserted(() -> assertThat(connection.seqs()).isEqualTo(upTo(600)));
        }
    }

    @Test
    void saysThatItIsConnected() throws Exception {
        List<Backplane> connected = twoNodes();
        connected.forEach(this::listen);
        assertThat(connected).isNotEmpty();
        await("each with all others")
                .until(() -> connected.stream().allMatch(node -> node.state().connected()));
    }

    @Test
    void tellsOfPresenceMarkersAndDisconnects() throws Exception {
        twoHubs(node -> node);
        RecordingConnection here = joined(hubs.get(0), "ada", "lobby");
        RecordingConnection second = joined(hubs.get(1), "ada", "lobby");
        RecordingConnection there = joined(hubs.get(1), "bob", "lobby");
        await("bob is told of").untilAsserted(() -> {
            hubs.forEach(Hub::tellPresence);
            assertThat(counts(here)).last().isEqualTo(2);
        });
        publish(hubs.get(1), there, "lobby", "m1", "x");
        here.awaitSeq(1);
        hubs.get(0).read(here, "lobby", 1);
        await("the marker in the other tab").untilAsserted(() -> assertThat(second.all(Delivery.ReadMoved.class))
                .isNotEmpty());
        hubs.get(0).disconnect(second.user().id(), Disconnect.REVOKED);
        await("the end of the other tab").until(() -> second.disconnected() == Disconnect.REVOKED);
        assertThat(there.disconnected()).isNull();
        hubs.get(1).close(there);
        hubs.get(1).close(second);
        await("nobody but ada").untilAsserted(() -> {
            hubs.forEach(Hub::tellPresence);
            assertThat(counts(here)).last().isEqualTo(1);
        });
    }

    private static List<Integer> counts(RecordingConnection connection) {
        List<Integer> counts = new ArrayList<>(List.of(0));
        connection.all(Delivery.PresenceChanged.class).forEach(change -> counts.add(change.count()));
        return counts;
    }

    @Test
    void goesOnWithoutTheBrokerAndCatchesUp() throws Exception {
        twoHubs(node -> node);
        RecordingConnection here = joined(hubs.get(0), "ada", "lobby");
        RecordingConnection there = joined(hubs.get(1), "bob", "lobby");
        publish(hubs.get(0), here, "lobby", "before", "x");
        there.awaitSeq(1);
        assumeTrue(killBroker(), "there is no broker");
        await("both notice")
                .until(() -> nodes.stream().noneMatch(node -> node.state().connected()));
        for (int i = 0; i < 20; i++) {
            publish(hubs.get(0), here, "lobby", "without" + i, "x");
        }
        await("its own members").untilAsserted(() -> assertThat(here.seqs()).isEqualTo(upTo(21)));
        RecordingConnection late = joined(hubs.get(1), "carl", "garden");
        restartBroker();
        await("both come back")
                .until(() -> nodes.stream().allMatch(node -> node.state().connected()));
        await("what was missed").untilAsserted(() -> assertThat(there.seqs()).isEqualTo(upTo(21)));
        RecordingConnection friend = joined(hubs.get(0), "dora", "garden");
        publish(hubs.get(0), friend, "garden", "after", "x");
        late.awaitSeq(1);
        IntStream.range(0, 5).forEach(i -> publish(hubs.get(0), here, "lobby", "after" + i, "x"));
        await("what comes next").untilAsserted(() -> assertThat(there.seqs()).isEqualTo(upTo(26)));
    }

    @Test
    void closesTwiceAndThenTellsNobody() throws Exception {
        twoNodes();
        List<Heard> heard = nodes.stream().map(this::listen).toList();
        nodes.get(0).close();
        nodes.get(0).close();
        nodes.get(0).announce(new Announcement.Ended());
        nodes.get(0).unsubscribe("lobby");
        nodes.get(0).subscribe("garden");
        assertThat(heard).allSatisfy(ears -> assertThat(ears.announcements).isEmpty());
    }
}

package org.parley.hub;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes; the wire between them calls directly, so that nothing needs to be waited for. */
class ClusterTest {
    private final MemoryMessageLog log = new MemoryMessageLog(Clock.systemUTC());
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final WireBetween wire = new WireBetween();
    private final ManualNanos nanos = new ManualNanos();
    private final Backplane first = wire.newBackplane();
    private final Backplane second = wire.newBackplane();
    private final Hub here = hub(first);
    private final Hub there = hub(second);

    private Hub hub(Backplane backplane) {
        return new Hub(log, log, backplane, room -> RoomClass.LOG, Limits.DEFAULT, executor, nanos);
    }

    @AfterEach
    void close() throws Exception {
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static RecordingConnection joined(Hub at, String user) {
        RecordingConnection connection = new RecordingConnection(user);
        at.open(connection);
        at.join(connection, "join", "lobby", null);
        connection.answer("join", Delivery.Joined.class);
        return connection;
    }

    private static Delivery.Present present(RecordingConnection connection) {
        return connection.all(Delivery.Joined.class).get(0).present();
    }

    private static Delivery.PresenceChanged told(Hub at, RecordingConnection connection) {
        at.tellPresence();
        List<Delivery.PresenceChanged> all = connection.all(Delivery.PresenceChanged.class);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    @Test
    void knowsWhoIsOnOtherNodesFromTheFirstJoinOn() {
        joined(here, "ada");
        here.tellPresence();
        RecordingConnection bob = joined(there, "bob");
        assertThat(present(bob).count()).isEqualTo(2);
        assertThat(present(bob).users()).extracting(User::name).containsExactlyInAnyOrder("ada", "bob");
    }

    @Test
    void countsAUserOfTwoNodesOnce() {
        RecordingConnection ada = joined(here, "ada");
        RecordingConnection other = joined(there, "ada");
        RecordingConnection bob = joined(there, "bob");
        there.tellPresence();
        assertThat(told(here, ada).count()).isEqualTo(2);
        there.close(other);
        there.tellPresence();
        assertThat(told(here, ada).left()).isEmpty();
        there.close(bob);
        there.tellPresence();
        assertThat(told(here, ada).left()).extracting(User::name).containsExactly("bob");
    }

    @Test
    void tellsOnlyHowManyOfACrowdElsewhere() {
        RecordingConnection ada = joined(here, "ada");
        List<RecordingConnection> crowd =
                IntStream.range(0, 250).mapToObj(i -> joined(there, "u" + i)).toList();
        there.tellPresence();
        assertThat(told(here, ada).count()).isEqualTo(251);
        assertThat(told(here, ada).joined()).isEmpty();
        crowd.subList(0, 249).forEach(there::close);
        there.tellPresence();
        assertThat(told(here, ada).count()).isEqualTo(2);
    }

    @Test
    void believesTheLatestWordOfANode() {
        RecordingConnection ada = joined(here, "ada");
        wire.holding = true;
        RecordingConnection bob = joined(there, "bob");
        there.tellPresence();
        there.close(bob);
        wire.releaseBackwards();
        here.tellPresence();
        assertThat(ada.all(Delivery.PresenceChanged.class))
                .noneMatch(change -> change.joined().contains(bob.user()));
    }

    /** Nobody is dropped before leases could be read for ten seconds. */
    @Test
    void forgetsTheMembersOfANodeWithoutALease() {
        RecordingConnection ada = joined(here, "ada");
        joined(there, "bob");
        there.tellPresence();
        assertThat(told(here, ada).count()).isEqualTo(2);
        Set<String> alone = Set.of(first.node());
        for (int second = 0; second < 9; second += 3) {
            here.cluster().living(alone);
            nanos.advance(3, TimeUnit.SECONDS);
            assertThat(told(here, ada).count()).as("after %d s", second).isEqualTo(2);
        }
        here.cluster().living(alone);
        nanos.advance(3, TimeUnit.SECONDS);
        here.cluster().living(alone);
        assertThat(told(here, ada).left()).extracting(User::name).containsExactly("bob");
        there.cluster().tellPresenceAgain();
        there.tellPresence();
        assertThat(told(here, ada).joined()).extracting(User::name).containsExactly("bob");
    }

    @Test
    void dropsNobodyAfterTheLeasesCouldNotBeRead() {
        RecordingConnection ada = joined(here, "ada");
        joined(there, "bob");
        there.tellPresence();
        Set<String> both = Set.of(first.node(), second.node());
        for (int i = 0; i < 10; i++) {
            here.cluster().living(both);
            nanos.advance(3, TimeUnit.SECONDS);
        }
        nanos.advance(60, TimeUnit.SECONDS);
        here.cluster().living(Set.of());
        assertThat(told(here, ada).count()).isEqualTo(2);
    }

    @Test
    void forgetsANodeThatSaysGoodbye() {
        RecordingConnection ada = joined(here, "ada");
        joined(there, "bob");
        there.tellPresence();
        assertThat(told(here, ada).count()).isEqualTo(2);
        there.close();
        assertThat(told(here, ada).count()).isEqualTo(1);
    }
}

package org.parley.hub;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One room under every order of events that a seed can think of: wherever the room holds no lock (it reads the log, it
 * prepares or flushes a connection, it hands over a task) other things happen first, within one thread. So a failure can be
 * repeated from its seed, and nothing is left to the machine's speed.
 */
class RoomInterleavingTest {
    private static final int SEEDS = 200;
    private static final int STEPS = 80;
    private static final int CLIENTS = 5;
    private static final int DEPTH = 2;
    private static final Limits SMALL = new Limits(100, 1_000, 0, 1, 20_000, 32 << 20, 5, 2_000);

    /** What happens besides joins, pulls, leaves and publishes. */
    private enum Trouble {
        /** Announcements are late, repeated and in another order, and each comes: a sweep must not be needed. */
        NONE,
        /** Announcements are lost and the log cannot be read at times; a sweep finds out. */
        LOSS,
        /** Retention removes what clients have not read yet, and the numbering is renewed. */
        HOLES
    }

    private static final Logger UNREAD = Logger.getLogger(Room.class.getName());

    @BeforeAll
    static void expectUnreadHoles() {
        UNREAD.setLevel(Level.OFF);
    }

    @AfterAll
    static void warnAgain() {
        UNREAD.setLevel(null);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void everyMemberSeesEveryMessageOnceAndInOrder(Trouble trouble) throws Exception {
        long delivered = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Scenario scenario = new Scenario(seed, trouble);
            try {
                scenario.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            assertThat(scenario.violations()).as("seed %d", seed).isEmpty();
            delivered += scenario.counters.delivered.sum();
        }
        assertThat(delivered).as("pushed to members who are live").isGreaterThan(SEEDS * (long) STEPS);
    }

    private static final class Scenario {
        private final Random random;
        private final Trouble trouble;
        private final MemoryMessageLog truth =
                new MemoryMessageLog(Clock.fixed(Instant.ofEpochSecond(1), ZoneOffset.UTC));
        private final MessageLog log = new YieldingLog();
        private final Counters counters = new Counters();
        private final List<Runnable> tasks = new ArrayList<>();
        private final List<Runnable> announcements = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final Map<Position, String> seen = new HashMap<>();
        private final Room room = new Room(
                "lobby", RoomClass.LOG, log, new WireBetween().newBackplane(), SMALL, counters, this::schedule);
        private int depth;
        private int published;

        Scenario(long seed, Trouble trouble) {
            random = new Random(seed);
            this.trouble = trouble;
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client("client " + i));
            }
        }

        void run() throws Exception {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            settle();
        }

        /** From here on nothing new happens: what is on its way arrives. */
        private void settle() throws Exception {
            depth = DEPTH;
            truth.unavailable(false);
            announcements.forEach(Runnable::run);
            announcements.clear();
            drain();
            if (trouble != Trouble.NONE) {
                room.seen(head());
                drain();
            }
            assertPresent();
            for (Client client : clients) {
                client.catchUp();
                assertThat(client.live()).as(client.id()).isEqualTo(client.joined());
            }
            assertPresent();
        }

        /** A wake-up that was lost would leave somebody behind. */
        private void assertPresent() throws LogUnavailableException {
            for (Client client : clients) {
                if (client.live()) {
                    assertThat(client.position()).as(client.id()).isEqualTo(head());
                }
            }
        }

        private Position head() throws LogUnavailableException {
            RoomHead head = truth.open("lobby", RoomClass.LOG);
            return new Position(head.epoch(), head.last());
        }

        List<String> violations() {
            return clients.stream().flatMap(c -> c.violations().stream()).toList();
        }

        private void schedule(Runnable task) {
            tasks.add(task);
            interleave();
        }

        private void drain() {
            while (!tasks.isEmpty()) {
                tasks.remove(random.nextInt(tasks.size())).run();
            }
        }

        /** Nothing but {@code offer} is called with the lock held; everything else may be overtaken. */
        private void interleave() {
            assertThat(Thread.holdsLock(room))
                    .as("calls out while it is locked")
                    .isFalse();
            if (depth < DEPTH) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    step();
                }
            }
        }

        private void step() {
            depth++;
            try {
                int choice = random.nextInt(100);
                if (choice < 30) {
                    publish();
                } else if (choice < 50) {
                    announce();
                } else if (choice < 65) {
                    if (!tasks.isEmpty()) {
                        tasks.remove(random.nextInt(tasks.size())).run();
                    }
                } else if (choice < 97) {
                    clients.get(random.nextInt(CLIENTS)).act();
                } else {
                    makeTrouble();
                }
            } catch (LogUnavailableException e) {
                assertThat(trouble).isEqualTo(Trouble.LOSS);
            } finally {
                depth--;
            }
        }

        /** Now and then more than the room has in memory. */
        private void publish() throws LogUnavailableException {
            int count = published < 1_000 && random.nextInt(20) == 0 ? 300 : 1 + random.nextInt(3);
            List<Append> batch = new ArrayList<>();
            User sender = new User("guest:sender", "sender", true);
            for (int i = 0; i < count; i++) {
                String id = "m" + published++;
                batch.add(new Append("lobby", RoomClass.LOG, sender, id, Kind.TEXT, "{}", null, OptionalLong.empty()));
            }
            List<Message> stored = new ArrayList<>();
            String epoch = null;
            for (Appended outcome : truth.append(batch)) {
                stored.add(((Appended.Stored) outcome).message());
                epoch = ((Appended.Stored) outcome).epoch();
            }
            String numbering = epoch;
            announcements.add(() -> room.committed(numbering, stored));
            if (random.nextInt(4) > 0) {
                announcements.remove(announcements.size() - 1).run();
            }
        }

        /** Of what is late, any: once, twice, or never. */
        private void announce() {
            if (announcements.isEmpty()) {
                return;
            }
            Runnable announcement = announcements.get(random.nextInt(announcements.size()));
            int fate = random.nextInt(3);
            if (fate == 0 || (fate == 2 && trouble == Trouble.LOSS)) {
                announcements.remove(announcement);
            }
            if (fate < 2) {
                announcement.run();
            }
        }

        private void makeTrouble() throws LogUnavailableException {
            if (trouble == Trouble.LOSS) {
                truth.unavailable(random.nextBoolean());
            } else if (trouble == Trouble.HOLES) {
                clients.forEach(Witness::expectHoles);
                if (random.nextInt(3) == 0) {
                    truth.renewEpochs();
                } else if (truth.head("lobby").isPresent()) {
                    truth.keepNewest("lobby", 1 + random.nextInt(20));
                }
            }
            if (trouble != Trouble.NONE && random.nextBoolean()) {
                room.seen(head());
            }
        }

        private final class Client extends Witness {
            private final Replay replay = new Replay(room, log, SMALL);
            private Subscription subscription;
            private boolean busy;

            Client(String name) {
                super(name, seen);
            }

            /** What its client might do now; its requests are answered one after the other. */
            void act() throws LogUnavailableException {
                if (busy) {
                    return;
                }
                if (subscription == null) {
                    join(random.nextInt(4) == 0 ? null : position());
                } else if (!live()) {
                    proceed();
                } else if (random.nextInt(3) == 0) {
                    leave();
                } else if (random.nextInt(4) == 0) {
                    join(position());
                }
            }

            private void proceed() throws LogUnavailableException {
                if (answered() && random.nextInt(6) > 0) {
                    pull();
                } else if (random.nextInt(3) == 0) {
                    leave();
                } else {
                    join(position());
                }
            }

            private void join(Position since) throws LogUnavailableException {
                busy = true;
                try {
                    if (subscription == null) {
                        subscription = room.enter(this);
                    }
                    room.pause(subscription);
                    joining(since);
                    paused();
                    replay.join(subscription, "join", since);
                } catch (RefusedException e) {
                    throw new AssertionError(e);
                } finally {
                    busy = false;
                }
            }

            private void pull() throws LogUnavailableException {
                busy = true;
                try {
                    pulling();
                    replay.after(subscription, "pull", position().seq(), SMALL.pageMessages());
                } finally {
                    busy = false;
                }
            }

            private void leave() {
                room.leave(subscription);
                subscription = null;
                left();
            }

            /** As a client does when it was told that there is more, that its subscription ended, or that a try failed. */
            void catchUp() throws LogUnavailableException {
                for (int tries = 0; subscription != null && !live(); tries++) {
                    assertThat(tries).as("tries of " + id()).isLessThan(1_000);
                    if (answered() && tries % 300 < 299) {
                        pull();
                    } else {
                        join(position());
                    }
                    drain();
                }
            }

            @Override
            public void prepare(Broadcast broadcast) {
                Scenario.this.interleave();
            }

            @Override
            public void flush() {
                Scenario.this.interleave();
            }
        }

        /** What is read is the truth of a moment; before and after it other things happen. */
        private final class YieldingLog extends ForwardingLog {
            YieldingLog() {
                super(truth);
            }

            @Override
            public Page after(String name, long seq, int limit, int maxBytes) throws LogUnavailableException {
                Scenario.this.interleave();
                Page page = super.after(name, seq, limit, maxBytes);
                Scenario.this.interleave();
                return page;
            }

            @Override
            public Page before(String name, long seq, int limit, int maxBytes) throws LogUnavailableException {
                Scenario.this.interleave();
                Page page = super.before(name, seq, limit, maxBytes);
                Scenario.this.interleave();
                return page;
            }
        }
    }
}

package org.parley.hub;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One room of two nodes, with as many threads as a busy server has: clients join, resume, leave, vanish in the middle of a
 * request and come back while others publish, announcements between the nodes are lost, and sweeps find out.
 */
class RoomThreadsTest {
    private static final int CLIENTS = 12;
    private static final int PUBLISHERS = 4;
    private static final int MESSAGES = 1_500;
    private static final Limits SMALL = new Limits(100, 1_000, 0, 1, 20_000, 32 << 20, 20, 8_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MemoryMessageLog log = new MemoryMessageLog(Clock.systemUTC());
    private final ExecutorService deliveries = Executors.newFixedThreadPool(4);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final WireBetween wire = new WireBetween();
    private final List<Hub> hubs = List.of(newHub(), newHub());
    private final Map<Position, String> truth = new ConcurrentHashMap<>();
    /** Each step of a client lets a few more messages be published, so that every step is taken while the room goes on. */
    private final Semaphore allowed = new Semaphore(0);

    private final AtomicBoolean over = new AtomicBoolean();

    private Hub newHub() {
        Hub hub = new Hub(log, log, wire.newBackplane(), room -> RoomClass.LOG, SMALL, deliveries);
        threads.execute(hub.writer());
        return hub;
    }

    @AfterEach
    void end() throws InterruptedException {
        over.set(true);
        allowed.release(PUBLISHERS * MESSAGES);
        hubs.forEach(Hub::close);
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        deliveries.shutdown();
        assertThat(deliveries.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @RepeatedTest(3)
    void everyMemberSeesEveryMessageOnceAndInOrder() throws Exception {
        List<Client> clients = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(i);
            clients.add(client);
            running.add(threads.submit(client));
        }
        for (int i = 0; i < PUBLISHERS; i++) {
            int number = i;
            running.add(threads.submit(() -> publish(number)));
        }
        await("every message in the log").atMost(PATIENCE).until(() -> head().seq() == PUBLISHERS * MESSAGES);
        over.set(true);
        for (Future<?> one : running) {
            one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        wire.losing = false;
        hubs.forEach(Hub::sweep);
        for (Client client : clients) {
            client.catchUp();
        }
        Position head = head();
        assertThat(clients).allSatisfy(client -> {
            await(client + " at the end").atMost(PATIENCE).until(() -> head.equals(client.position()));
            assertThat(client.violations()).isEmpty();
        });
        assertThat(clients.stream().mapToInt(c -> c.lives).sum())
                .as("connections")
                .isGreaterThan(3 * CLIENTS);
        assertThat(clients.stream().mapToInt(c -> c.pulls).sum()).as("pulls").isGreaterThan(CLIENTS);
    }

    private Position head() throws LogUnavailableException {
        RoomHead head = log.open("lobby", RoomClass.LOG);
        return new Position(head.epoch(), head.last());
    }

    private void publish(int number) {
        Hub hub = hubs.get(number % hubs.size());
        RecordingConnection publisher = new RecordingConnection("publisher" + number);
        for (int i = 0; i < MESSAGES; i++) {
            allowed.acquireUninterruptibly();
            String id = "p" + number + "-" + i;
            hub.publish((Publisher) publisher, new Publish(id, "lobby", Kind.TEXT, "{}"));
            if (i % 10 == 0) {
                publisher.answer(id, Delivery.Acked.class);
            }
        }
    }

    /** What happens beside, on the thread of whoever comes by. */
    private void trouble(Random random) {
        wire.losing = random.nextInt(3) == 0;
        wire.repeating = random.nextBoolean();
        hubs.forEach(Hub::sweep);
        hubs.forEach(Hub::tellPresence);
    }

    /** One person who keeps a position over any number of connections. */
    private final class Client implements Callable<Void> {
        private final int number;
        private final Random random;
        private final List<Witness> past = new ArrayList<>();
        private Witness connection;
        private Hub hub;
        private Position position;
        int lives;
        int pulls;

        Client(int number) {
            this.number = number;
            this.random = new Random(number);
        }

        Position position() {
            return connection.position();
        }

        List<String> violations() {
            return Stream.concat(past.stream(), Stream.of(connection))
                    .flatMap(one -> one.violations().stream())
                    .toList();
        }

        @Override
        public Void call() throws Exception {
            connect();
            while (!over.get()) {
                allowed.release(3);
                if (random.nextInt(10) == 0) {
                    trouble(random);
                }
                int choice = random.nextInt(10);
                if (choice < 2) {
                    join();
                } else if (choice < 8) {
                    pull();
                } else if (choice == 8) {
                    leave();
                } else {
                    vanish();
                    connect();
                }
            }
            return null;
        }

        private void connect() {
            connection = new Witness("client " + number + ", connection " + lives++, truth);
            hub = hubs.get(random.nextInt(hubs.size()));
            hub.open(connection);
            join();
        }

        /** From where it is; a position that the other node has given is good on this one. */
        private void join() {
            Position since = connection.position() == null ? position : connection.position();
            connection.joining(since);
            hub.join(connection, "join", "lobby", since);
            position = connection.position();
        }

        private void pull() {
            if (connection.joined() && !connection.live()) {
                connection.pulling();
                pulls++;
                hub.historyAfter(
                        connection, "pull", "lobby", connection.position().seq(), SMALL.pageMessages());
                position = connection.position();
            }
        }

        private void leave() {
            if (connection.joined()) {
                hub.leave(connection, "leave", "lobby");
                connection.left();
                position = connection.position();
                join();
            }
        }

        /** The socket ends, which another thread notices, perhaps in the middle of a request. */
        private void vanish() throws Exception {
            Witness gone = connection;
            Future<?> closing = threads.submit(() -> hub.close(gone));
            if (random.nextBoolean()) {
                gone.joining(gone.position());
                hub.join(gone, "join", "lobby", gone.position());
            }
            closing.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            gone.left();
            position = gone.position();
            past.add(gone);
        }

        void catchUp() {
            while (!connection.live()) {
                if (connection.answered()) {
                    pull();
                } else {
                    join();
                }
            }
        }

        @Override
        public String toString() {
            return connection.id();
        }
    }
}

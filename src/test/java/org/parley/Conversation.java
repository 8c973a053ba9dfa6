package org.parley;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

import org.parley.Transcript.Delivered;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People who talk in three rooms while somebody kills the servers under them, and the check that none of them has noticed
 * more than a pause. With several servers they are spread over them, and go to the next one when theirs is lost.
 */
final class Conversation implements AutoCloseable {
    private static final List<String> ROOMS = List.of("lobby", "kitchen", "garden");
    /** Of one publisher in one room; more only makes the catching up after a kill longer. */
    private static final int BACKLOG = 40;

    private static final Duration RECOVERY = Duration.ofSeconds(90);

    /** @param paceMillis between two messages of one publisher */
    record Size(int publishers, int readers, int paceMillis) {}

    private final String what;
    private final Size size;
    private final List<URI> servers;
    private final long seed;
    private final Random random;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final List<ProtocolClient> publishers = new ArrayList<>();
    private final List<ProtocolClient> clients = new ArrayList<>();
    private int kills;

    /** @param what for the line that is printed in the end */
    Conversation(String what, List<ServerProcess> servers, long seed, Size size) {
        this.what = what;
        this.servers = servers.stream().map(server -> server.http("")).toList();
        this.seed = seed;
        this.random = new Random(seed);
        this.size = size;
    }

    /**
     * Lets people talk, strikes so often, and lets them recover.
     *
     * @param strike is given the number of the strike, from 0
     * @return the whole log, as somebody new reads it
     */
    List<Delivered> survive(int strikes, IntConsumer strike) {
        System.out.println(what + ": -Dchaos.seed=" + seed + " chooses the same moments again");
        connect();
        IntStream.range(0, publishers.size()).forEach(this::talk);
        for (int number = 0; number < strikes; number++) {
            // Now and then it dies again while clients are still coming back.
            if (number == 0 || random.nextInt(3) > 0) {
                awaitProgress();
            }
            awaitRandomMoment();
            strike.accept(number);
            kills++;
        }
        awaitProgress();
        timer.shutdown();
        return check();
    }

    private void connect() {
        for (int i = 0; i < size.publishers + size.readers; i++) {
            String name = i < size.publishers ? "publisher " + i : "reader " + (i - size.publishers);
            ProtocolClient client = new ProtocolClient(name, from(i), ROOMS, false).start();
            clients.add(client);
            if (i < size.publishers) {
                publishers.add(client);
            }
        }
        await("everybody in every room").until(() -> clients.stream().allMatch(ProtocolClient::joined));
    }

    /** All servers, another one first for each. */
    private List<URI> from(int number) {
        return IntStream.range(0, servers.size())
                .mapToObj(i -> servers.get((number + i) % servers.size()))
                .toList();
    }

    private void talk(int number) {
        ProtocolClient publisher = publishers.get(number);
        Random choice = new Random(seed + number);
        int[] count = new int[1];
        timer.scheduleAtFixedRate(
                () -> {
                    String room = ROOMS.get(choice.nextInt(ROOMS.size()));
                    if (publisher.waiting(room) < BACKLOG) {
                        publisher.publish(room, "message " + count[0]++ + " of publisher " + number);
                    }
                },
                0,
                size.paceMillis,
                TimeUnit.MILLISECONDS);
    }

    private long acks() {
        return publishers.stream().mapToLong(p -> p.transcript().ackCount()).sum();
    }

    /** Until more has been acknowledged. */
    void awaitProgress() {
        long before = acks();
        int more = 50 + random.nextInt(200);
        await(more + " more acks").until(() -> acks() >= before + more);
    }

    /** The moment itself is what is varied; there is no condition to wait for. */
    private void awaitRandomMoment() {
        try {
            timer.schedule(() -> {}, random.nextInt(1_500), TimeUnit.MILLISECONDS)
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<Delivered> check() {
        await("an ack for every publish")
                .until(() ->
                        publishers.stream().mapToInt(ProtocolClient::waiting).sum() == 0);
        List<Delivered> log = readLog();
        Map<String, Long> ends = ends(log);
        await("everybody at the end of every room").until(() -> clients.stream()
                .allMatch(client -> ROOMS.stream().allMatch(room -> client.seq(room) >= ends.get(room))));
        clients.forEach(ProtocolClient::verify);
        Checker checker =
                new Checker(clients.stream().map(ProtocolClient::transcript).toList(), log);
        List<String> violations = checker.violations();
        System.out.println(what + ": " + checker.counts(kills));
        assertThat(violations).as("seed %d: %s", seed, checker.counts(kills)).isEmpty();
        assertThat(checker.gaps()).as("holes, though nothing was trimmed").isZero();
        return log;
    }

    /** Whether everybody lost the connection at least once. */
    boolean everybodyCameBack() {
        return clients.stream().allMatch(client -> client.transcript().reconnects() > 0);
    }

    /** Through a client that was not there before, from each room's first message on. */
    private List<Delivered> readLog() {
        try (ProtocolClient fresh = new ProtocolClient("archivist", servers, ROOMS, true).start()) {
            await("the archivist").until(() -> fresh.joined() && fresh.caughtUp());
            fresh.verify();
            List<Delivered> delivered = fresh.transcript().delivered();
            return ROOMS.stream()
                    .flatMap(room -> delivered.stream().filter(m -> m.room().equals(room)))
                    .toList();
        }
    }

    private static Map<String, Long> ends(List<Delivered> log) {
        return log.stream().collect(Collectors.toMap(Delivered::room, Delivered::seq, Math::max));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(RECOVERY).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        clients.forEach(ProtocolClient::close);
    }
}

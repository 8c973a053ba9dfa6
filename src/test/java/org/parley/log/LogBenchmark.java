package org.parley.log;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

import org.parley.hub.Append;
import org.parley.hub.Kind;
import org.parley.hub.RoomClass;
import org.parley.hub.User;

/**
 * Measures durable appends: {@code LogBenchmark <directory or jdbc:postgresql URL> [rows] [batch] [rooms] [follow]}. The
 * bodies have 128 bytes; with {@code follow} every sender follows every room, so that each publish moves a marker.
 */
final class LogBenchmark {
    private LogBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int rows = argument(arguments, 1, 200_000);
        int size = argument(arguments, 2, 100);
        int rooms = argument(arguments, 3, 100);
        boolean follow = arguments.length > 4;
        String where = arguments[0];
        try (Database database = where.startsWith("jdbc:")
                ? Database.postgresql(where, "postgres", "")
                : Database.sqlite(Files.createTempDirectory(Path.of(where), "bench"), Thread::new)) {
            JdbcMessageLog log = new JdbcMessageLog(database, Clock.systemUTC(), room -> Retention.EVERYTHING);
            prepare(log, new JdbcFollowing(database), rooms, follow);
            for (int round = 1; round <= 4; round++) {
                measure(log, rows / 4, size, rooms, round);
            }
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static void prepare(JdbcMessageLog log, JdbcFollowing following, int rooms, boolean follow)
            throws Exception {
        for (int room = 0; room < rooms; room++) {
            log.open("room" + room, RoomClass.LOG);
            for (int user = 0; follow && user < 20; user++) {
                following.follow("guest:" + user, "room" + room);
            }
        }
    }

    private static void measure(JdbcMessageLog log, int rows, int size, int rooms, int round) throws Exception {
        String body = "{\"text\":\"" + "x".repeat(117) + "\"}";
        List<Long> times = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        for (int done = 0; done < rows; done += size) {
            List<Append> batch = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                User from = new User("guest:" + (done + i) % 20, "Guest", true);
                String id = String.format("%012x%08x", System.currentTimeMillis(), round * rows + done + i);
                batch.add(new Append(
                        "room" + (done + i * 7) % rooms,
                        RoomClass.LOG,
                        from,
                        id,
                        Kind.TEXT,
                        body,
                        null,
                        OptionalLong.empty()));
            }
            long before = System.nanoTime();
            log.append(batch);
            times.add(System.nanoTime() - before);
        }
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        double seconds = (System.nanoTime() - start) / 1e9;
        times.sort(Comparator.naturalOrder());
        System.out.printf(
                "%,d rows in batches of %d over %d rooms: %,.0f rows/s, a batch p50 %.2f ms, p99 %.2f ms, max %.2f ms,"
                        + " CPU %.1f us a row%n",
                rows,
                size,
                rooms,
                rows / seconds,
                times.get(times.size() / 2) / 1e6,
                times.get(times.size() * 99 / 100) / 1e6,
                times.get(times.size() - 1) / 1e6,
                cpu / 1e3 / rows);
    }
}

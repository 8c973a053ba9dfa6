package org.parley.bench.scenario;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import org.parley.bench.report.Medians;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;
import org.parley.bench.server.Servers;

/**
 * The same file over {@code /files} and over HTTP, to the same server: round after round each way once, every other round
 * in the other order. A client's connections stay open; its SHA-256 is known beforehand.
 *
 * <p>Each upload takes the place of the one before: the plain one writes over its file, that of {@code /files} is deleted
 * with its message. Else the one that keeps more would wait for fresh memory of the system's cache, which on virtual
 * machines that give memory back to their host takes ten times as long as memory that is there.
 */
record FileThroughput(String name, Start start) implements Scenario {
    /** Four times what Parley's write-ahead log of files may hold before it is copied into the database. */
    private static final int BYTES = 64 << 20;

    /** Between two ways: what one has left to be done is not to slow down the next. */
    private static final long SETTLE_NANOS = 1_000_000_000L;
    /** Between two rounds: longer than files rest after something was said, as the deletion of one is. */
    private static final long QUIET_NANOS = 6_000_000_000L;

    private static final String ROOM = "bench-files";

    private static final int ROUNDS = 7;
    /** As long as the first load of any server: its compiler is still at work. */
    private static final double WARMUP = 5;

    private static final String PLAIN = Servers.PLAIN + "/file";

    /** A server that has both WARs. */
    interface Start {
        Server start(Servers servers) throws IOException;
    }

    /** One way in which the file goes. */
    private interface Way {
        void go() throws IOException;
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        stage.end(Kind.PARLEY);
        byte[] content = content(BYTES);
        String sha256 = sha256(content);
        String token = Tokens.of(0);
        try (Server server = start.start(stage.servers());
                FilesClient files = new FilesClient(server.port(), token).welcomed()) {
            PlainHttp http = new PlainHttp(server.port(), token);
            FilesClient.Stored[] newest = {files.upload(ROOM, content, sha256, 0)};
            Map<String, Way> ways = new LinkedHashMap<>();
            ways.put("upload /files", () -> newest[0] = files.upload(ROOM, content, sha256, 0));
            ways.put("upload plain", () -> requireSame(sha256, http.upload(PLAIN, content)));
            ways.put("download /files", () -> requireSame(BYTES, files.download(newest[0].file())));
            ways.put("download /api", () -> requireSame(BYTES, http.download("/api/files/" + newest[0].file())));
            ways.put("download plain", () -> requireSame(BYTES, http.download(PLAIN)));
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            Map<String, List<Double>> cores = new LinkedHashMap<>();
            long warm = System.nanoTime() + (long) (WARMUP * stage.warmup() * 1e9);
            while (System.nanoTime() < warm) {
                for (Way way : ways.values()) {
                    way.go();
                }
            }
            LockSupport.parkNanos(QUIET_NANOS);
            for (int round = 0; round < ROUNDS; round++) {
                FilesClient.Stored replaced = newest[0];
                measure(ways, round, server, rates, cores);
                delete(http, replaced);
            }
            rows.accept(medians("MB/s", rates));
            rows.accept(medians("server's cores", cores));
            rows.accept(ratios(rates));
        }
    }

    private static void delete(PlainHttp http, FilesClient.Stored file) throws IOException {
        http.post(
                "/api/rooms/" + ROOM + "/messages",
                "delete-" + file.seq(),
                "{\"kind\":\"delete\",\"body\":{\"target\":" + file.seq() + "}}");
        LockSupport.parkNanos(QUIET_NANOS);
    }

    private static void measure(
            Map<String, Way> ways,
            int round,
            Server server,
            Map<String, List<Double>> rates,
            Map<String, List<Double>> cores)
            throws IOException {
        List<String> order = new ArrayList<>(ways.keySet());
        if (round % 2 == 1) {
            java.util.Collections.reverse(order);
        }
        for (String way : order) {
            LockSupport.parkNanos(SETTLE_NANOS);
            double cpu = server.figures().cpuSeconds();
            long before = System.nanoTime();
            ways.get(way).go();
            double seconds = (System.nanoTime() - before) / 1e9;
            rates.computeIfAbsent(way, first -> new ArrayList<>()).add(BYTES / 1e6 / seconds);
            cores.computeIfAbsent(way, first -> new ArrayList<>())
                    .add((server.figures().cpuSeconds() - cpu) / seconds);
        }
    }

    private Row medians(String unit, Map<String, List<Double>> figures) {
        Row row = new Row(name, "medians of " + ROUNDS + ", " + unit);
        figures.forEach((way, each) -> row.put(way, Medians.of(each)));
        return row;
    }

    private Row ratios(Map<String, List<Double>> rates) {
        return new Row(name, "medians of " + ROUNDS + " ratios")
                .put("upload /files ÷ plain", ratio(rates, "upload /files", "upload plain"))
                .put("download /files ÷ /api", ratio(rates, "download /files", "download /api"))
                .put("download /files ÷ plain", ratio(rates, "download /files", "download plain"))
                .put("download /api ÷ plain", ratio(rates, "download /api", "download plain"));
    }

    private static double ratio(Map<String, List<Double>> rates, String one, String other) {
        return Medians.ofRatios(rates.get(one), rates.get(other));
    }

    private static void requireSame(Object wanted, Object got) throws IOException {
        if (!String.valueOf(wanted).equals(String.valueOf(got))) {
            throw new IOException(wanted + " was to come, there came " + got);
        }
    }

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        return content;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

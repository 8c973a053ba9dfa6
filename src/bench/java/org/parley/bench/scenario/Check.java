package org.parley.bench.scenario;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.parley.bench.load.Load;
import org.parley.bench.load.Pace;
import org.parley.bench.report.Row;
import org.parley.bench.server.Server;

/**
 * The same loads by an independent generator, in turn with ours on the same warm server: how far do the two differ? The
 * other one is the program {@code wsload} that {@code -Dbench.wsload} names; it prints one JSON object.
 */
final class Check implements Scenario {
    private static final int ROUNDS = 2;
    private static final int WINDOW = 16;
    private static final int PUBLISHES = 500;
    private static final String WSLOAD = "wsload";

    @Override
    public String name() {
        return "check";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        if (stage.wsload() == null) {
            rows.accept(new Row(name(), WSLOAD).put("skipped:", "-Dbench.wsload is not set"));
            return;
        }
        Pace window = new Pace.Window(WINDOW, Pace.Until.COPIES);
        Load saturated = Load.room(100, 10, window, stage.warmup(), stage.seconds());
        Load steady = Load.room(100, 10, new Pace.Rate(PUBLISHES), stage.warmup(), stage.seconds());
        Load echo = Load.echo(50, WINDOW, stage.warmup(), stage.seconds());
        for (int round = 0; round < ROUNDS; round++) {
            both(stage, rows, "check-room-100", saturated, Contender.hub(), hub("--window", WINDOW));
            both(stage, rows, "check-open-100", steady, Contender.hub(), hub("--rate", PUBLISHES));
            Contender plain = Contender.plain("Parley", Kind.PARLEY, "/ws");
            both(
                    stage,
                    rows,
                    "check-echo-16",
                    echo,
                    plain,
                    List.of("echo", "--path", "/ws", "--conns", "50", "--window", "16"));
        }
    }

    private static List<String> hub(String pace, int number) {
        String room = "wsload" + System.nanoTime();
        return List.of(
                "fanout",
                "--path",
                "/hub",
                "--subs",
                "100",
                "--pubs",
                "10",
                "--pubs-among",
                pace,
                Integer.toString(number),
                "--header",
                "Authorization: Bearer " + Tokens.of(0),
                "--subprotocol",
                "parley.v1",
                "--hello",
                "{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room + "\"}",
                "--ready",
                "\"type\":\"joined\"",
                "--template",
                "{\"type\":\"publish\",\"id\":\"##\",\"room\":\"" + room
                        + "\",\"kind\":\"text\",\"body\":{\"text\":\"@@\"}}");
    }

    private static void both(
            Stage stage, Consumer<Row> rows, String name, Load load, Contender contender, List<String> arguments)
            throws IOException {
        rows.accept(Row.of(
                name,
                "Parley, our generator",
                stage.measure(contender.kind(), contender.dialect().get(), load)));
        List<String> command = new ArrayList<>(List.of(stage.wsload().toString()));
        command.addAll(arguments);
        Server server = stage.server(contender.kind());
        command.addAll(List.of("--port", Integer.toString(server.port())));
        command.addAll(List.of("--server-pid", Long.toString(server.pid())));
        command.addAll(List.of("--secs", Double.toString(load.seconds())));
        command.addAll(List.of("--warmup", Double.toString(load.warmup())));
        rows.accept(row(name, run(command)));
    }

    private static JsonObject run(List<String> command) throws IOException {
        // It inherits the core to which this process is pinned.
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(WSLOAD + " failed: " + said);
        }
        return Json.createReader(new StringReader(said)).readObject();
    }

    private static Row row(String name, JsonObject figures) {
        return new Row(name, WSLOAD)
                .put(Row.DELIVERED, number(figures, "delivered_per_s"))
                .put(Row.P50, number(figures, "p50_us") / 1e3)
                .put(Row.P99, number(figures, "p99_us") / 1e3)
                .put(Row.FAULTS, figures.get("lost") + "/" + figures.get("dup") + "/" + figures.get("ooo"))
                .put(Row.GENERATOR, number(figures, "client_cpu"))
                .put(Row.SERVER, number(figures, "server_cpu"));
    }

    private static double number(JsonObject figures, String name) {
        return figures.getJsonNumber(name).doubleValue();
    }
}

package org.parley.bench.scenario;

import java.util.ArrayList;
import java.util.List;

import org.parley.bench.load.Load;
import org.parley.bench.load.Pace;
import org.parley.bench.server.Servers;

/** All of them, in the order of the table. */
public final class Scenarios {
    private static final int WINDOW = 16;
    private static final int PUBLISHERS = 10;
    private static final String CHAT = "/ws/{connection}";
    private static final String ECHO = "/ws";

    private static final Contender LOOP = Contender.plain("the loop", Kind.NAIVE, CHAT);
    private static final Contender NODE_WS = Contender.plain("Node ws", Kind.NODE_WS, "/room");
    private static final Contender FASTAPI = Contender.plain("FastAPI", Kind.FASTAPI, CHAT);

    private Scenarios() {}

    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                saturated("room-100", 100),
                saturated("room-1000", 1000),
                chat("chat-100", 100),
                chat("chat-1000", 1000),
                steady("open-100", 100, 50_000),
                steady("open-1000", 1000, 20_000),
                steadyChat("openchat-100", 100, 50_000),
                steadyChat("openchat-1000", 1000, 20_000),
                echo("echo-1", 1),
                echo("echo-16", WINDOW),
                durable(),
                new AckLatency(),
                stalled("stalled-0", 0),
                stalled("stalled-1", 1),
                new Watched(),
                idle(),
                new Reconnecting(),
                new FileThroughput("files-throughput", Servers::parleyBesidePlain),
                new ChatBesideFiles(),
                new ChatPage()));
        all.addAll(onPayara());
        all.addAll(Growth.all());
        all.add(new Cluster("cluster-redis", true));
        all.add(new Cluster("cluster-postgres", false));
        all.add(new Microbenchmarks());
        all.add(new Check());
        return all;
    }

    private static Scenario saturated(String name, int readers) {
        return new LoadScenario(
                name,
                stage -> Load.room(readers, PUBLISHERS, copies(WINDOW), stage.warmup(), stage.seconds()),
                List.of(Contender.hub(), NODE_WS, LOOP, FASTAPI));
    }

    private static Scenario chat(String name, int readers) {
        return new LoadScenario(
                name,
                stage -> Load.room(readers, PUBLISHERS, copies(WINDOW), stage.warmup(), stage.seconds()),
                List.of(Contender.plain("Parley", Kind.PARLEY, CHAT), FASTAPI, LOOP));
    }

    private static Pace copies(int window) {
        return new Pace.Window(window, Pace.Until.COPIES);
    }

    /** @param deliveries each second, of all readers together */
    private static Load steady(Stage stage, int readers, int deliveries) {
        Pace pace = new Pace.Rate((double) deliveries / readers);
        return Load.room(readers, PUBLISHERS, pace, stage.warmup(), stage.seconds());
    }

    private static Scenario steady(String name, int readers, int deliveries) {
        return new LoadScenario(
                name, stage -> steady(stage, readers, deliveries), List.of(Contender.hub(), NODE_WS, LOOP, FASTAPI));
    }

    private static Scenario steadyChat(String name, int readers, int deliveries) {
        return new LoadScenario(
                name,
                stage -> steady(stage, readers, deliveries),
                List.of(Contender.plain("Parley", Kind.PARLEY, CHAT), FASTAPI));
    }

    private static Scenario echo(String name, int window) {
        return new LoadScenario(
                name,
                stage -> Load.echo(50, window, stage.warmup(), stage.seconds()),
                List.of(
                        Contender.plain("Parley", Kind.PARLEY, ECHO),
                        Contender.plain("Node ws", Kind.NODE_WS, "/echo"),
                        Contender.plain("the loop", Kind.NAIVE, ECHO),
                        Contender.plain("FastAPI", Kind.FASTAPI, ECHO)));
    }

    private static Scenario idle() {
        return new IdleConnections(List.of(
                Contender.hub(),
                Contender.plain("the loop's echo", Kind.NAIVE, ECHO),
                Contender.plain("Node ws", Kind.NODE_WS, "/echo"),
                Contender.plain("FastAPI", Kind.FASTAPI, ECHO)));
    }

    private static Scenario durable() {
        Pace pace = new Pace.Window(WINDOW, Pace.Until.ACK);
        return new LoadScenario(
                "durable",
                stage -> Load.room(1000, 100, pace, stage.warmup(), stage.seconds())
                        .rooms(100),
                List.of(Contender.hub()));
    }

    /** Large messages, so that the stalled one's buffers are full within seconds. */
    private static Scenario stalled(String name, int stalled) {
        return new LoadScenario(
                name,
                stage -> Load.room(100, PUBLISHERS, new Pace.Rate(100), stage.warmup(), Math.max(10, stage.seconds()))
                        .bytes(16 << 10)
                        .stalled(stalled),
                List.of(Contender.hub()));
    }

    private static List<Scenario> onPayara() {
        Contender hub = Contender.hub(Kind.PARLEY_ON_PAYARA);
        Contender loop = Contender.plain("the loop on Payara", Kind.NAIVE_ON_PAYARA, CHAT);
        return List.of(
                new LoadScenario(
                        "payara-room-100",
                        stage -> Load.room(100, PUBLISHERS, copies(WINDOW), stage.warmup(), stage.seconds()),
                        List.of(hub, loop)),
                new LoadScenario(
                        "payara-room-1000",
                        stage -> Load.room(1000, PUBLISHERS, copies(WINDOW), stage.warmup(), stage.seconds()),
                        List.of(hub, loop)),
                new LoadScenario(
                        "payara-echo-1",
                        stage -> Load.echo(50, 1, stage.warmup(), stage.seconds()),
                        List.of(
                                Contender.plain("Parley on Payara", Kind.PARLEY_ON_PAYARA, "/ws"),
                                Contender.plain("the loop on Payara", Kind.NAIVE_ON_PAYARA, "/ws"))));
    }
}

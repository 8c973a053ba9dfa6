package org.parley.bench.scenario;

import java.util.List;

import org.parley.bench.load.Load;
import org.parley.bench.load.Pace;

/** All of them, in the order of the table. */
public final class Scenarios {
    private static final int WINDOW = 16;

    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                saturated("room-100", 100),
                saturated("room-1000", 1000),
                echo("echo-1", 1),
                echo("echo-16", WINDOW),
                durable());
    }

    private static Scenario saturated(String name, int readers) {
        Pace pace = new Pace.Window(WINDOW, Pace.Until.COPIES);
        return new LoadScenario(
                name,
                stage -> Load.room(readers, 10, pace, stage.warmup(), stage.seconds()),
                List.of(Contender.hub(), Contender.plain("the loop", Kind.NAIVE, "/ws/{connection}")));
    }

    private static Scenario echo(String name, int window) {
        return new LoadScenario(
                name,
                stage -> Load.echo(50, window, stage.warmup(), stage.seconds()),
                List.of(
                        Contender.plain("Parley", Kind.PARLEY, "/ws"),
                        Contender.plain("the loop", Kind.NAIVE, "/ws")));
    }

    private static Scenario durable() {
        Pace pace = new Pace.Window(WINDOW, Pace.Until.ACK);
        return new LoadScenario(
                "durable",
                stage -> Load.room(1000, 100, pace, stage.warmup(), stage.seconds()).rooms(100),
                List.of(Contender.hub()));
    }
}

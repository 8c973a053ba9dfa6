package org.parley.bench.scenario;

import java.util.ArrayList;
import java.util.List;

import org.parley.bench.load.Load;
import org.parley.bench.load.Pace;

/** How cost grows: the same load with more of one thing. */
final class Growth {
    private static final int PUBLISHERS = 10;
    /** Under way from all publishers of a room at once: well below what an outbox holds. */
    private static final int BYTES_UNDER_WAY = 256 << 10;

    private Growth() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (int readers : List.of(10, 100, 1_000, 10_000)) {
            all.add(readers(readers));
        }
        for (int rooms : List.of(1, 10, 100, 1_000, 10_000)) {
            all.add(rooms(rooms));
        }
        for (int bytes : List.of(16, 128, 1 << 10, 4 << 10, 16 << 10, 64 << 10)) {
            all.add(bytes(bytes));
        }
        all.add(new GrowthOfHistory());
        return all;
    }

    private static Scenario readers(int readers) {
        return scenario("growth-readers-" + readers, stage -> room(stage, readers, 16));
    }

    /** Always ten thousand connections and a hundred publishers, who stand in as many rooms as there are. */
    private static Scenario rooms(int rooms) {
        Pace pace = new Pace.Window(4, Pace.Until.COPIES);
        return scenario("growth-rooms-" + rooms, stage -> Load.room(10_000, 100, pace, stage.warmup(), stage.seconds())
                .rooms(rooms));
    }

    private static Scenario bytes(int bytes) {
        int window = Math.max(1, Math.min(16, BYTES_UNDER_WAY / PUBLISHERS / bytes));
        return scenario(
                "growth-bytes-" + bytes, stage -> room(stage, 100, window).bytes(bytes));
    }

    private static Load room(Stage stage, int readers, int window) {
        Pace pace = new Pace.Window(window, Pace.Until.COPIES);
        return Load.room(readers, PUBLISHERS, pace, stage.warmup(), stage.seconds());
    }

    private static Scenario scenario(String name, java.util.function.Function<Stage, Load> load) {
        return new LoadScenario(name, load, List.of(Contender.hub()));
    }
}

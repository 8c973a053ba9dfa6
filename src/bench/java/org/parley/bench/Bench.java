package org.parley.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.parley.bench.load.Generator;
import org.parley.bench.report.Machine;
import org.parley.bench.report.Report;
import org.parley.bench.report.Row;
import org.parley.bench.scenario.Scenario;
import org.parley.bench.scenario.Scenarios;
import org.parley.bench.scenario.Stage;
import org.parley.bench.server.Cores;

/** Runs the scenarios that are wanted, prints one table, writes one JSON file. A scenario that fails fails the build. */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        Options options = Options.read();
        Cores.pinGenerator();
        Report report = new Report(Machine.here(Generator.transport()));
        List<String> failed = new ArrayList<>();
        try (Stage stage = new Stage(options.place(), options.seconds(), options.warmup(), options.rounds())) {
            for (Scenario scenario : Scenarios.all()) {
                if (options.wants(scenario.name())) {
                    run(scenario, stage, report, failed);
                }
            }
        }
        System.out.println(report.table());
        report.writeJson(options.json());
        System.out.println("Written to " + options.json());
        if (!failed.isEmpty()) {
            throw new IllegalStateException("failed: " + String.join(", ", failed));
        }
    }

    private static void run(Scenario scenario, Stage stage, Report report, List<String> failed) {
        try {
            scenario.run(stage, row -> {
                System.out.println(row.line());
                report.add(row);
            });
        } catch (IOException | RuntimeException e) {
            // The others may still tell something.
            failed.add(scenario.name());
            report.add(new Row(scenario.name(), "failed").put("why", String.valueOf(e.getMessage())));
            e.printStackTrace(System.out);
        }
    }
}

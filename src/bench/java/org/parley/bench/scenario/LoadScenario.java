package org.parley.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.report.Row;

/** The same load on each contender, in turn: round after round, of which the table has the medians. */
record LoadScenario(String name, Function<Stage, Load> load, List<Contender> contenders) implements Scenario {
    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        Map<Contender, List<Row>> measured = new LinkedHashMap<>();
        for (int round = 0; round < stage.rounds(); round++) {
            for (Contender contender : contenders) {
                measured.computeIfAbsent(contender, first -> new ArrayList<>()).add(row(stage, contender));
            }
        }
        measured.values().forEach(each -> rows.accept(Row.median(each)));
    }

    private Row row(Stage stage, Contender contender) throws IOException {
        String missing = stage.missing(contender.kind());
        if (missing != null) {
            return new Row(name, contender.label()).put("skipped:", missing);
        }
        Outcome outcome = stage.measure(contender.kind(), contender.dialect().get(), load.apply(stage));
        return Row.of(name, contender.label(), outcome);
    }
}

package org.parley.bench.scenario;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import org.parley.bench.load.Load;
import org.parley.bench.report.Row;

/** The same load on each contender. */
record LoadScenario(String name, Function<Stage, Load> load, List<Contender> contenders) implements Scenario {
    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        for (Contender contender : contenders) {
            String missing = stage.missing(contender.kind());
            rows.accept(
                    missing == null
                            ? Row.of(
                                    name,
                                    contender.label(),
                                    stage.measure(
                                            contender.kind(),
                                            contender.dialect().get(),
                                            load.apply(stage)))
                            : new Row(name, contender.label()).put("skipped:", missing));
        }
    }
}

package org.parley.bench.scenario;

import java.io.IOException;
import java.util.function.Consumer;

import org.parley.bench.report.Row;

/** One question, answered on one or more servers. */
public interface Scenario {
    /** As {@code -Dbench.scenarios} names it. */
    String name();

    /** @param rows takes each row as soon as it is known */
    void run(Stage stage, Consumer<Row> rows) throws IOException;
}

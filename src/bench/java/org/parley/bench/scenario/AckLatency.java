package org.parley.bench.scenario;

import java.io.IOException;
import java.util.function.Consumer;

import org.HdrHistogram.Histogram;

import org.parley.bench.load.Load;
import org.parley.bench.load.Outcome;
import org.parley.bench.load.Pace;
import org.parley.bench.report.Row;

/** From a publish to its ack, one publisher alone; and what one fsync takes on that disk, before and after. */
final class AckLatency implements Scenario {
    @Override
    public String name() {
        return "ack";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        stage.server(Kind.PARLEY);
        Histogram fsync = Fsync.measure(stage.servers().data("parley"), stage.seconds() / 2);
        Pace alone = new Pace.Window(1, Pace.Until.ACK);
        Load load = Load.room(1, 1, alone, stage.warmup(), stage.seconds());
        Outcome outcome = stage.measure(Kind.PARLEY, Contender.hubDialect(), load);
        fsync.add(Fsync.measure(stage.servers().data("parley"), stage.seconds() / 2));
        rows.accept(Row.of(name(), "Parley", outcome)
                .put("fsync p50 ms", Outcome.millis(fsync, 50))
                .put("fsync p99 ms", Outcome.millis(fsync, 99))
                .put("ack/fsync p50", Outcome.millis(outcome.ack(), 50) / Outcome.millis(fsync, 50))
                .put("ack/fsync p99", Outcome.millis(outcome.ack(), 99) / Outcome.millis(fsync, 99)));
    }
}

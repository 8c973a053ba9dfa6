package org.parley.bench.scenario;

import java.io.IOException;
import java.util.function.Consumer;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import org.parley.bench.report.Row;

/** JMH over the benchmarks that lie in the product's packages: few and short iterations, one fork. */
final class Microbenchmarks implements Scenario {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "jmh";
    }

    @Override
    public void run(Stage stage, Consumer<Row> rows) throws IOException {
        try {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include("^org\\.parley\\.")
                            .forks(1)
                            .warmupIterations(3)
                            .warmupTime(TimeValue.seconds(1))
                            .measurementIterations(3)
                            .measurementTime(TimeValue.seconds(1))
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .verbosity(VerboseMode.SILENT)
                            .build())
                    .run()) {
                rows.accept(row(result));
            }
        } catch (RunnerException e) {
            throw new IOException(e);
        }
    }

    private Row row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        String benchmark = result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1");
        String parameters = result.getParams().getParamsKeys().stream()
                .map(key -> " " + result.getParams().getParam(key))
                .reduce("", String::concat);
        Row row = new Row(name(), benchmark + parameters)
                .put(time.getScoreUnit(), time.getScore())
                .put("±", time.getScoreError());
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return allocated == null ? row : row.put("bytes allocated", allocated.getScore());
    }
}

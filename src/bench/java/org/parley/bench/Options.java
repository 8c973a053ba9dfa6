package org.parley.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.parley.bench.server.Servers;

/**
 * How the benchmarks are to run, from system properties {@code bench.…}.
 *
 * @param scenarios their names, or what comes before a dash in them; {@code all}
 * @param seconds that each load is measured
 * @param warmup seconds before
 * @param rounds of each load
 * @param json where the result goes
 */
record Options(List<String> scenarios, double seconds, double warmup, int rounds, Path json, Servers.Place place) {

    static Options read() {
        Path work = Path.of(required("bench.work"));
        return new Options(
                list("bench.scenarios"),
                Double.parseDouble(required("bench.seconds")),
                Double.parseDouble(required("bench.warmup")),
                Integer.parseInt(required("bench.rounds")),
                work.resolve("result.json"),
                new Servers.Place(
                        work,
                        Path.of(required("bench.wildfly")),
                        optional("bench.payara"),
                        optional("bench.payara.preboot"),
                        Path.of(required("bench.war")),
                        Path.of(required("bench.naive")),
                        Path.of(required("bench.peers")),
                        optional("bench.node-modules"),
                        optional("bench.python"),
                        optional("bench.wsload"),
                        list("bench.server.options")));
    }

    /** Whether a scenario of that name is wanted. */
    boolean wants(String scenario) {
        return scenarios.stream()
                .anyMatch(one -> one.equals("all") || one.equals(scenario) || scenario.startsWith(one + "-"));
    }

    private static String required(String name) {
        String value = System.getProperty(name, "");
        if (value.isBlank()) {
            throw new IllegalStateException("-D" + name + " is not set");
        }
        return value;
    }

    private static Path optional(String name) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? null : Path.of(value);
    }

    private static List<String> list(String name) {
        return Stream.of(System.getProperty(name, "").split("[,\\s]+"))
                .filter(one -> !one.isEmpty())
                .toList();
    }
}

package org.parley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the JDK's {@code jcmd} says of a server's process. */
public final class Jcmd {
    /** A line for each generation with the serial collector, one for the whole heap with G1. */
    private static final Pattern USED = Pattern.compile("(?:generation|heap)\\s+total \\d+K, used (\\d+)K");

    private Jcmd() {}

    /** The output of a diagnostic command such as {@code Thread.print}. */
    static String run(ServerProcess server, String command) {
        return run(server.pid(), command);
    }

    /** The output of a diagnostic command with its arguments. */
    public static String run(long pid, String... command) {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        return Jcmd.run(Stream.concat(Stream.of(tool.toString(), String.valueOf(pid)), Stream.of(command))
                .toArray(String[]::new));
    }

    /** The output of a program that must end well within a minute. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Bytes of the Java heap that are in use after a full collection. */
    public static long heapInUse(ServerProcess server) {
        run(server, "GC.run");
        String info = run(server, "GC.heap_info");
        long kilobytes = USED.matcher(info)
                .results()
                .map(MatchResult::group)
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K", "$1")))
                .sum();
        assertThat(kilobytes).as(info).isPositive();
        return kilobytes << 10;
    }
}

package org.parley.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Who may run where: the server on core 0, the generator on core 1, by {@code taskset} of util-linux. */
public final class Cores {
    private static final boolean PINNED = Boolean.parseBoolean(System.getProperty("bench.pin", "true"))
            && Runtime.getRuntime().availableProcessors() > 1
            && Files.isExecutable(Path.of("/usr/bin/taskset"));

    private Cores() {}

    public static boolean pinned() {
        return PINNED;
    }

    /** What a server's command begins with. */
    static List<String> ofServer() {
        return PINNED ? List.of("taskset", "-c", "0") : List.of();
    }

    /** Moves this process, the generator, with all its threads. */
    public static void pinGenerator() throws IOException {
        if (PINNED) {
            String pid = Long.toString(ProcessHandle.current().pid());
            Process taskset = new ProcessBuilder("taskset", "-acp", "1", pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (taskset.onExit().join().exitValue() != 0) {
                throw new IOException("taskset could not pin process " + pid);
            }
        }
    }
}

package org.parley.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.parley.bench.server.Cores;

/**
 * What the figures were measured on.
 *
 * @param cores that the generator could have had
 * @param pinned whether the server had core 0 and the generator core 1 for itself
 * @param transport of the generator
 */
public record Machine(
        String processor, int cores, long memoryMib, String kernel, String java, boolean pinned, String transport) {

    public static Machine here(String transport) throws IOException {
        String processor = field(Path.of("/proc/cpuinfo"), "model name");
        String memory = field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("[^0-9]", "");
        int cores = (int) Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("processor"))
                .count();
        return new Machine(
                processor,
                cores,
                Long.parseLong(memory) / 1024,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                Cores.pinned(),
                transport);
    }

    private static String field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("0");
    }

    String shown() {
        String where = pinned ? "server on core 0, generator on core 1" : "server and generator share all cores";
        return processor + ", " + cores + " cores, " + memoryMib + " MiB, " + kernel + ", " + java + "\n" + where
                + ", generator on " + transport;
    }
}

package org.parley.bench.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.HdrHistogram.Histogram;

/** How long a disk takes to make four kilobytes durable: {@code write} at the end of a file and {@code fsync}. */
final class Fsync {
    private static final int BYTES = 4096;

    private Fsync() {}

    /** @return µs, of as many as fit into the time */
    static Histogram measure(Path directory, double seconds) throws IOException {
        Histogram micros = new Histogram(3);
        Path file = Files.createTempFile(directory, "fsync", ".tmp");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(BYTES);
            long end = System.nanoTime() + (long) (seconds * 1e9);
            while (System.nanoTime() < end) {
                long before = System.nanoTime();
                channel.write(page.clear());
                channel.force(true);
                micros.recordValue((System.nanoTime() - before) / 1_000);
            }
        } finally {
            Files.delete(file);
        }
        return micros;
    }
}

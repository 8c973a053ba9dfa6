package org.parley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.opentest4j.TestAbortedException;

/** A file system of a few megabytes in memory, which only root may mount; a test that may not is skipped and says so. */
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path path;
    private final Thread hook = new Thread(this::unmount);

    private SmallDisk(Path path) {
        this.path = path;
    }

    public static SmallDisk mount(Path path, int megabytes) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String refusal =
                run(List.of("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", path.toString()));
        if (!refusal.isEmpty()) {
            throw new TestAbortedException("needs root and the right to mount: " + refusal);
        }
        SmallDisk disk = new SmallDisk(path);
        Runtime.getRuntime().addShutdownHook(disk.hook);
        return disk;
    }

    public Path path() {
        return path;
    }

    /** Writes a file until there is no space left. */
    public void fill() {
        byte[] block = new byte[BLOCK];
        try (var file = Files.newOutputStream(filler())) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            if (path.toFile().getUsableSpace() > 0) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** Takes the file away again. */
    public void free() {
        try {
            Files.delete(filler());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path filler() {
        return path.resolve("filler");
    }

    /** Needs that nobody has a file open for writing. */
    void readOnly() {
        remount("ro");
    }

    void writable() {
        remount("rw");
    }

    private void remount(String option) {
        String refusal = run(List.of("mount", "-o", "remount," + option, path.toString()));
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void unmount() {
        String refusal = run(List.of("umount", path.toString()));
        if (!refusal.isEmpty()) {
            throw new IllegalStateException(refusal);
        }
    }

    /** @return what a failed command said, empty if it did not fail */
    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            return status == 0 ? "" : command.get(0) + " ended with " + status + ": " + said.strip();
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

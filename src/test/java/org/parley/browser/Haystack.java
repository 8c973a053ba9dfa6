package org.parley.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Files in which a text is looked for, however it is encoded there. */
final class Haystack {
    private static final int CHUNK = 1 << 20;

    private final List<Path> files;

    private Haystack(List<Path> files) {
        this.files = files;
    }

    /** All files below some directories, and single files. */
    static Haystack of(Path... roots) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> below = Files.walk(root)) {
                below.filter(Files::isRegularFile).forEach(files::add);
            }
        }
        return new Haystack(files);
    }

    /** The files that have the text as ASCII or as UTF-16 in either byte order. */
    List<Path> with(String ascii) throws IOException {
        List<String> needles = Stream.of(
                        ascii.getBytes(StandardCharsets.US_ASCII),
                        ascii.getBytes(StandardCharsets.UTF_16LE),
                        ascii.getBytes(StandardCharsets.UTF_16BE))
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .toList();
        List<Path> found = new ArrayList<>();
        for (Path file : files) {
            if (has(file, needles, 2 * ascii.length())) {
                found.add(file);
            }
        }
        return found;
    }

    /** Chunks overlap, so that nothing is missed between two. */
    private static boolean has(Path file, List<String> needles, int overlap) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String before = "";
            for (byte[] read = in.readNBytes(CHUNK); read.length > 0; read = in.readNBytes(CHUNK)) {
                String text = before + new String(read, StandardCharsets.ISO_8859_1);
                if (needles.stream().anyMatch(text::contains)) {
                    return true;
                }
                before = text.substring(Math.max(0, text.length() - overlap));
            }
        }
        return false;
    }
}

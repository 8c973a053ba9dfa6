package org.parley;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page names all of its modules, so that the browser need not find them one import after the other. */
class PreloadTest {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final Path LIBRARIES = Path.of("target/weblib");
    private static final Pattern IMPORT = Pattern.compile(
            "(?:^|[;}])\\s*(?:import|export)\\b[^;'\"()]*?['\"](\\.{1,2}/[^'\"]+)['\"]", Pattern.MULTILINE);
    private static final Pattern PRELOAD = Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">");

    @Test
    void theChatPageNamesAllOfItsModulesAndNoOther() throws IOException {
        List<String> named = PRELOAD.matcher(Files.readString(WEBAPP.resolve("index.html")))
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(named).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(named).containsExactlyInAnyOrderElementsOf(imported("js/main.js"));
    }

    private static Set<String> imported(String entry) throws IOException {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(entry));
        while (!open.isEmpty()) {
            Path module = Path.of(open.pop());
            for (String reference : IMPORT.matcher(Files.readString(file(module)))
                    .results()
                    .map((MatchResult each) -> each.group(1))
                    .toList()) {
                String next = module.resolveSibling(reference).normalize().toString();
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }

    private static Path file(Path module) {
        return module.startsWith("lib") ? LIBRARIES.resolve(Path.of("lib").relativize(module)) : WEBAPP.resolve(module);
    }
}

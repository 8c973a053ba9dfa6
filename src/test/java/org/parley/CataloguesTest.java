package org.parley;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every word of the page is in every language, with the same gaps to fill, and no text waits for a page that is gone. */
class CataloguesTest {
    private static final Path SCRIPTS = Path.of("src/main/webapp/js");
    private static final Pattern ENTRY =
            Pattern.compile("(?m)^  '([^']+)':\\s*(\\{\\n.*?\\n  \\}|\\{[^\\n]*\\}|'[^\\n]*'),?$", Pattern.DOTALL);
    private static final Pattern GAP = Pattern.compile("\\{(\\w+)\\}");
    private static final Pattern USED = Pattern.compile("'([a-z-]+\\.[a-z0-9+-]+)'");

    private static Map<String, String> catalogue(String language) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        try (Stream<Path> files = Files.list(SCRIPTS.resolve("words"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*[/-]" + language + "\\.js"))
                    .toList()) {
                ENTRY.matcher(Files.readString(file))
                        .results()
                        .forEach(entry -> entries.put(entry.group(1), entry.group(2)));
            }
        }
        return entries;
    }

    private static Set<String> gaps(String text) {
        return GAP.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String scripts() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            StringBuilder all = new StringBuilder();
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".js")).toList()) {
                if (!file.startsWith(SCRIPTS.resolve("words")) || file.endsWith("words.js")) {
                    all.append(Files.readString(file));
                }
            }
            return all.toString();
        }
    }

    @Test
    void germanHasTheTextsOfEnglishWithTheSameGaps() throws IOException {
        Map<String, String> english = catalogue("en");
        Map<String, String> german = catalogue("de");
        assertThat(english).hasSizeGreaterThan(100);
        assertThat(german.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) -> assertThat(gaps(german.get(key))).as(key).isEqualTo(gaps(text)));
    }

    @Test
    void everyTextThatAScriptAsksForIsThere() throws IOException {
        Set<String> keys = catalogue("en").keySet();
        Set<String> sections = keys.stream().map(key -> key.split("\\.")[0]).collect(Collectors.toSet());
        assertThat(USED.matcher(scripts()).results().map(used -> used.group(1)))
                .filteredOn(used -> sections.contains(used.split("\\.")[0]) && !used.endsWith(".js"))
                .isNotEmpty()
                .allMatch(keys::contains);
    }

    @Test
    void noTextIsThereForNothing() throws IOException {
        String scripts = scripts();
        // These are put together: the name of an error, a close code, a mode.
        assertThat(catalogue("en").keySet())
                .filteredOn(key -> !key.startsWith("error.")
                        && !key.startsWith("connection.advice-")
                        && !key.startsWith("settings.announce-")
                        && !key.startsWith("playground.says-")
                        && !key.startsWith("playground.mode-"))
                .allMatch(key -> scripts.contains("'" + key + "'"));
    }
}

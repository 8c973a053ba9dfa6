package org.parley;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code src/doc/settings.md} has every setting that is read, with its range as the code has it, and no other. */
class SettingsDocumentTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(parley\\.[a-z.-]+)` \\| `([A-Z_]+)` \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

    private static Map<String, MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("src/doc/settings.md")))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row, (a, b) -> a, LinkedHashMap::new));
    }

    /** The names that are asked for. Some are read only if another is set. */
    private static Set<String> read() {
        Set<String> names = new TreeSet<>();
        Map<String, String> set = new HashMap<>(Map.of("parley.database.url", "jdbc:postgresql://db/parley"));
        Settings.read(name -> {
            names.add(name);
            return Optional.ofNullable(set.get(name));
        });
        return names;
    }

    @Test
    void hasEverySettingAndNoOther() throws IOException {
        assertThat(new TreeSet<>(rows().keySet())).isEqualTo(read());
    }

    /** As MicroProfile Config 3.1 looks for it (section "Environment Variables Mapping Rules"). */
    @Test
    void namesTheEnvironmentVariable() throws IOException {
        rows().forEach((name, row) -> assertThat(row.group(2))
                .isEqualTo(name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
    }

    @Test
    void saysTheRangesOfWholeNumbersAsTheyAre() throws IOException {
        Pattern range = Pattern.compile("(\\d+) to (\\d+)");
        int checked = 0;
        for (Map.Entry<String, MatchResult> row : rows().entrySet()) {
            var matcher = range.matcher(row.getValue().group(4));
            if (matcher.matches()) {
                checked++;
                assertThatThrownBy(() -> Settings.read(
                                name -> name.equals(row.getKey()) ? Optional.of("none") : Optional.empty()))
                        .as(row.getKey())
                        .hasMessageContaining("a whole number from " + matcher.group(1) + " to " + matcher.group(2));
            }
        }
        assertThat(checked).isEqualTo(18);
    }
}

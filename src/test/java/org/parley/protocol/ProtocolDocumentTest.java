package org.parley.protocol;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

import org.junit.jupiter.api.Test;

import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code src/doc/protocol.md} says what the code does, no less and no more. */
class ProtocolDocumentTest {
    private static final String TEXT = EveryFrame.read(Path.of("src/doc/protocol.md"));
    private static final Pattern GOLDEN =
            Pattern.compile("<!-- golden: (\\S+) -->\n```json\n(.*?\n)```", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} (.+)$");

    /** Fields whose content is an object with a table of its own, or the application's. */
    private static final Set<String> OPAQUE =
            Set.of("user", "messages", "present.users", "joined", "left", "current", "body");

    /** The text between a heading of the second level and the next one. */
    private static String section(String name) {
        Matcher matcher = Pattern.compile("(?ms)^## " + Pattern.quote(name) + "\n(.*?)(?=^## |\\z)")
                .matcher(TEXT);
        assertThat(matcher.find()).as("section " + name).isTrue();
        return matcher.group(1);
    }

    /** The texts under the headings of the third level of a section, by heading. */
    private static Map<String, String> subsections(String section) {
        return Pattern.compile("(?ms)^### (.+?)\n(.*?)(?=^### |\\z)")
                .matcher(section(section))
                .results()
                .collect(Collectors.toMap(m -> m.group(1), m -> m.group(2), (a, b) -> a, TreeMap::new));
    }

    private static Set<String> fields(String subsection) {
        return FIELD.matcher(subsection).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void hasEveryFrameAndNoOther() {
        assertThat(subsections("Client frames").keySet())
                .isEqualTo(EveryFrame.client().keySet());
        assertThat(subsections("Server frames").keySet()).isEqualTo(EveryFrame.serverTypes());
    }

    @Test
    void hasEveryFieldThatAClientMaySend() {
        Map<String, String> documented = subsections("Client frames");
        EveryFrame.client()
                .forEach((type, record) ->
                        assertThat(fields(documented.get(type))).as(type).isEqualTo(components(record, "")));
    }

    private static Set<String> components(Class<?> record, String prefix) {
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(prefix + component.getName());
            if (component.getType().isRecord()) {
                names.addAll(components(component.getType(), prefix + component.getName() + "."));
            }
        }
        return names;
    }

    @Test
    void hasEveryFieldThatTheServerWrites() {
        Map<String, Set<String>> written = new TreeMap<>();
        for (JsonObject frame : EveryFrame.server()) {
            Set<String> names = written.computeIfAbsent(frame.getString("type"), type -> new TreeSet<>());
            collect(names, "", frame, OPAQUE);
            names.remove("type");
        }
        Map<String, String> documented = subsections("Server frames");
        written.forEach((type, names) ->
                assertThat(withParents(fields(documented.get(type)))).as(type).isEqualTo(withParents(names)));
    }

    @Test
    void hasEveryFieldOfTheObjects() {
        Set<String> message = new TreeSet<>();
        Set<String> user = new TreeSet<>();
        for (JsonObject frame : EveryFrame.server()) {
            if (frame.containsKey("messages")) {
                collect(message, "", frame.getJsonArray("messages"), Set.of("body"));
            }
            if (frame.containsKey("user")) {
                collect(user, "", frame.getJsonObject("user"), Set.of());
            }
        }
        Map<String, String> documented = subsections("Objects");
        assertThat(withParents(fields(documented.get("message")))).isEqualTo(withParents(message));
        assertThat(fields(documented.get("user"))).isEqualTo(user);
    }

    private static void collect(Set<String> names, String prefix, JsonValue value, Set<String> opaque) {
        if (value instanceof JsonObject object) {
            object.forEach((name, inner) -> {
                String path = prefix + name;
                names.add(path);
                if (!opaque.contains(path)) {
                    collect(names, path + (inner instanceof JsonArray ? "[]." : "."), inner, opaque);
                }
            });
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> collect(names, prefix, element, opaque));
        }
    }

    /** {@code limits.rooms} needs no row for {@code limits}. */
    private static Set<String> withParents(Set<String> names) {
        Set<String> all = new TreeSet<>(names);
        for (String name : names) {
            for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
                all.add(name.substring(0, dot).replace("[]", ""));
            }
        }
        return all;
    }

    @Test
    void showsEachGoldenFrameUnderItsType() {
        Map<String, String> shown = new TreeMap<>();
        for (String side : List.of("client", "server")) {
            String section = side.equals("client") ? "Client frames" : "Server frames";
            subsections(section)
                    .forEach((type, text) -> GOLDEN.matcher(text).results().forEach(golden -> {
                        assertThat(golden.group(1)).startsWith(side + "-" + type);
                        assertThat(EveryFrame.parse(golden.group(2)).getString("type"))
                                .isEqualTo(type);
                        shown.put(golden.group(1), golden.group(2));
                    }));
        }
        assertThat(shown).isEqualTo(EveryFrame.golden());
    }

    private static List<List<String>> rows(String section) {
        return Pattern.compile("(?m)^\\| (\\d{3,4}) \\|(.*)\\|$")
                .matcher(section(section))
                .results()
                .map(row -> Stream.concat(
                                Stream.of(row.group(1)),
                                Arrays.stream(row.group(2).split("\\|")))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList())
                .toList();
    }

    @Test
    void hasEveryErrorCodeInOrder() {
        assertThat(rows("Error codes").stream().map(row -> row.subList(0, 3)))
                .isEqualTo(Arrays.stream(ErrorCode.values())
                        .map(code ->
                                List.of(String.valueOf(code.number()), code.label(), code.retryable() ? "yes" : "no"))
                        .toList());
    }

    @Test
    void hasEveryCloseCodeInOrder() {
        assertThat(rows("Close codes").stream().map(row -> row.subList(0, 3)))
                .isEqualTo(Arrays.stream(Disconnect.values())
                        .map(why -> List.of(String.valueOf(why.code()), why.reason(), why.reconnect() ? "yes" : "no"))
                        .toList());
    }

    @Test
    void namesNoErrorThatDoesNotExist() {
        Set<String> labels =
                Arrays.stream(ErrorCode.values()).map(ErrorCode::label).collect(Collectors.toSet());
        subsections("Client frames").forEach((type, text) -> Pattern.compile("Errors: ([^.]*)\\.")
                .matcher(text)
                .results()
                .flatMap(list ->
                        Pattern.compile("`([a-z-]+)`").matcher(list.group(1)).results())
                .map(label -> label.group(1))
                .forEach(label -> assertThat(labels).as(type).contains(label)));
    }

    @Test
    void linksToHeadingsThatExist() {
        Map<String, Integer> seen = new TreeMap<>();
        Set<String> anchors = HEADING.matcher(TEXT)
                .results()
                .map(MatchResult::group)
                .map(heading -> heading.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .map(anchor ->
                        seen.merge(anchor, 1, Integer::sum) == 1 ? anchor : anchor + "-" + (seen.get(anchor) - 1))
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("]\\(#([^)]+)\\)").matcher(TEXT).results().map(m -> m.group(1)))
                .isNotEmpty()
                .isSubsetOf(anchors);
    }
}

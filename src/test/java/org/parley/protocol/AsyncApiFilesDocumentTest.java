package org.parley.protocol;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.parley.protocol.FrameSchemas.json;
import static org.parley.protocol.FrameSchemas.names;

/** {@code src/doc/asyncapi-files.yaml} has the schema of every header, and the schemas tell right from wrong. */
class AsyncApiFilesDocumentTest {
    private static final FrameSchemas FILES = FrameSchemas.of("asyncapi-files.yaml", "asyncapi.yaml");
    private static final Map<String, Class<?>> SERVER = Arrays.stream(ServerFileFrame.class.getPermittedSubclasses())
            .collect(Collectors.toMap(AsyncApiFilesDocumentTest::serverName, frame -> frame));

    private static String serverName(Class<?> frame) {
        return frame == ServerFileFrame.Failed.class ? "error" : name(frame);
    }

    private static String name(Class<?> frame) {
        return frame.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static Set<String> expected() {
        Set<String> names = new TreeSet<>();
        FileFrameDecoder.TYPES.values().forEach(frame -> names.add("client." + name(frame)));
        SERVER.keySet().forEach(type -> names.add("server." + type));
        return names;
    }

    @Test
    void hasEveryFrameAndNoOther() {
        FILES.requireMessages("files", expected());
        for (String name : expected()) {
            JsonNode message = FILES.at("/components/messages").get(name);
            assertThat(message.get("name").asText()).isEqualTo(name.substring(name.indexOf('.') + 1));
            assertThat(message.at("/headers/$ref").asText()).isEqualTo("#/components/schemas/" + name);
            assertThat(message.has("payload")).as(name).isEqualTo(name.endsWith(".chunk"));
        }
    }

    /** Those of the server's frames are in protocol.md, which {@link FileFramesTest} compares with the code. */
    @Test
    void hasTheTypeOfEveryFrame() {
        FileFramesTest.documentedTypes("server")
                .forEach((name, type) ->
                        assertThat(type("server." + name)).as(name).isEqualTo(type));
        FileFrameDecoder.TYPES.forEach((type, frame) ->
                assertThat(type("client." + name(frame))).as(frame.getName()).isEqualTo(type));
    }

    private static int type(String name) {
        return FILES.at("/components/messages").get(name).get("x-type").asInt();
    }

    @Test
    void hasAnOperationForEveryClientFrameAndAReplyOrPushForEveryServerFrame() {
        FILES.requireOperationsFor(expected());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        FILES.requireEveryReferenceToLeadSomewhere();
    }

    @Test
    void hasEveryFieldAndNoOther() {
        FileFrameDecoder.TYPES.values().forEach(frame -> hasEveryField("client." + name(frame), frame));
        SERVER.forEach((type, frame) -> hasEveryField("server." + type, frame));
    }

    private static void hasEveryField(String name, Class<?> frame) {
        Set<String> fields = Arrays.stream(frame.getRecordComponents())
                .filter(component -> component.getType() != byte[].class)
                .map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names(FILES.properties(name))).as(name).isEqualTo(fields);
    }

    @TestFactory
    Stream<DynamicTest> takesGoldenHeadersAndNoBrokenOnes() {
        return FileFramesTest.goldenHeaders().entrySet().stream()
                .map(golden -> dynamicTest(golden.getKey(), () -> {
                    String side = golden.getKey().substring(0, "server".length());
                    String type = golden.getKey().substring("server-".length()).replace("-resume", "");
                    FILES.requireToTellRightFromWrong(side + "." + type, json(golden.getValue()));
                }));
    }

    /** What the schema and the decoder both refuse, or both take. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "false|begin|{'room':'r','size':1}",
                "false|begin|{'id':'','room':'r','size':1}",
                "false|begin|{'id':'1','room':'_chat','size':1}",
                "false|begin|{'id':'1','room':'r'}",
                "false|begin|{'id':'1','room':'r','size':-1}",
                "false|begin|{'id':'1','room':'r','size':1,'type':'text/html; charset=utf-8'}",
                "false|begin|{'id':'1','room':'r','size':1,'sha256':'ABC'}",
                "false|begin|{'id':'1','room':'r','size':1,'name':'a\\u0007b'}",
                "false|begin|{'id':'1','room':'r','size':1,'name':'a\\u2028b'}",
                "false|begin|{'id':'1','room':'r','size':1,'image':{'width':0,'height':1}}",
                "false|begin|{'id':'1','room':'r','size':1,'image':{'width':1}}",
                "false|begin|{'id':'1','transfer':'../x'}",
                "false|end|{'transfer':'t','sha256':'x'}",
                "false|cancel|{}",
                "false|open|{'id':'1'}",
                "false|open|{'id':'1','file':'t','offset':-1}",
                "false|credit|{'transfer':'t'}",
                "true|begin|{'id':'1','room':'größe','size':0}",
                "true|begin|{'id':'1','room':'r','size':1,'name':'../../etc/passwd','later':{'a':1}}",
                "true|begin|{'id':'1','transfer':'t'}",
                "true|end|{'transfer':'t'}",
                "true|open|{'id':'1','file':'t'}",
                "true|credit|{'transfer':'t','have':0}"
            })
    void agreesWithTheDecoder(boolean good, String type, String quoted) {
        String header = quoted.replace('\'', '"');
        assertThat(FILES.takes("client." + type, json(header)))
                .as("by the schema")
                .isEqualTo(good);
        assertThat(decodes(type("client." + type), header)).as("by the decoder").isEqualTo(good);
    }

    private static boolean decodes(int type, String header) {
        try {
            FileFramesTest.decode(FileFramesTest.frame(type, header));
            return true;
        } catch (BadFrameException e) {
            return false;
        }
    }
}

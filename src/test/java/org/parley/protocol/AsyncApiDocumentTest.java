package org.parley.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;
import static org.parley.protocol.FrameSchemas.json;
import static org.parley.protocol.FrameSchemas.names;

/** {@code src/doc/asyncapi.yaml} has the schema of every frame, and the schemas tell right from wrong. */
class AsyncApiDocumentTest {
    private static final FrameSchemas HUB = FrameSchemas.of("asyncapi.yaml");

    private static Set<String> expected() {
        Set<String> names = new TreeSet<>();
        EveryFrame.client().keySet().forEach(type -> names.add("client." + type));
        EveryFrame.serverTypes().forEach(type -> names.add("server." + type));
        return names;
    }

    @Test
    void hasEveryFrameAndNoOther() {
        HUB.requireMessages("hub", expected());
        for (String name : expected()) {
            JsonNode message = HUB.at("/components/messages").get(name);
            String type = name.substring(name.indexOf('.') + 1);
            assertThat(message.get("name").asText()).isEqualTo(type);
            assertThat(message.at("/payload/$ref").asText()).isEqualTo("#/components/schemas/" + name);
            assertThat(HUB.properties(name).at("/type/const").asText()).isEqualTo(type);
        }
    }

    @Test
    void hasAnOperationForEveryClientFrameAndAReplyOrPushForEveryServerFrame() {
        HUB.requireOperationsFor(expected());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        HUB.requireEveryReferenceToLeadSomewhere();
    }

    @Test
    void hasEveryFieldThatAClientMaySend() {
        EveryFrame.client().forEach((type, record) -> {
            Set<String> fields = Arrays.stream(record.getRecordComponents())
                    .map(component -> component.getName())
                    .collect(Collectors.toCollection(TreeSet::new));
            fields.add("type");
            assertThat(names(HUB.properties("client." + type))).as(type).isEqualTo(fields);
        });
    }

    @Test
    void hasEveryFieldThatTheServerWrites() {
        Map<String, Set<String>> written = new TreeMap<>();
        EveryFrame.server().forEach(frame -> written.computeIfAbsent(frame.getString("type"), type -> new TreeSet<>())
                .addAll(frame.keySet()));
        written.forEach((type, fields) ->
                assertThat(names(HUB.properties("server." + type))).as(type).isEqualTo(fields));
    }

    @Test
    void hasEveryCode() {
        assertThat(codes("errorCode"))
                .isEqualTo(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::number).toList());
        assertThat(codes("closeCode"))
                .isEqualTo(
                        Arrays.stream(Disconnect.values()).map(Disconnect::code).toList());
    }

    private static List<Integer> codes(String name) {
        JsonNode values = HUB.at("/components/schemas").get(name).get("enum");
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> takesWhateverTheServerWrites() {
        return EveryFrame.server().stream()
                .map(frame -> dynamicTest(frame.toString(), () -> assertThat(
                                HUB.takes("server." + frame.getString("type"), json(frame.toString())))
                        .isTrue()));
    }

    @TestFactory
    Stream<DynamicTest> takesGoldenFramesAndNoBrokenOnes() {
        return EveryFrame.golden().entrySet().stream()
                .map(golden -> dynamicTest(golden.getKey(), () -> {
                    JsonNode frame = json(golden.getValue());
                    String side = golden.getKey().substring(0, "server".length());
                    HUB.requireToTellRightFromWrong(
                            side + "." + frame.get("type").asText(), frame);
                }));
    }

    /** What the schema and the decoder both refuse, or both take. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "false|{'type':'join','room':''}",
                "false|{'type':'join','room':'_chat'}",
                "false|{'type':'join','room':'a b'}",
                "false|{'type':'join','room':'r','since':{'seq':1}}",
                "false|{'type':'join','room':'r','since':{'epoch':'e','seq':-1}}",
                "false|{'type':'publish','id':'a b','room':'r','kind':'text','body':{}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'Text','body':{}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'file','body':{}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'text','body':[]}",
                "false|{'type':'publish','id':'1','room':'r','kind':'delete','body':{}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'delete','body':{'target':0}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'react','body':{'target':1}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'react','body':{'target':1,'emoji':''}}",
                "false|{'type':'publish','id':'1','room':'r','kind':'text','body':{},'expect':-1}",
                "false|{'type':'history','room':'r'}",
                "false|{'type':'history','room':'r','before':1,'after':1}",
                "false|{'type':'history','room':'r','before':0}",
                "false|{'type':'history','room':'r','after':1,'limit':0}",
                "false|{'type':'signal','room':'r','kind':'shout','body':{}}",
                "false|{'type':'read','room':'r'}",
                "false|{'type':'auth','id':'1'}",
                "true|{'type':'join','room':'größe'}",
                "true|{'type':'join','room':'नमस्ते','later':{'a':1}}",
                "true|{'type':'history','room':'r','after':0}",
                "true|{'type':'publish','id':'1','room':'r','kind':'x-vote','body':{}}",
                "true|{'type':'publish','id':'1','room':'r','kind':'edit','body':{'target':1,'text':'b'}}",
                "true|{'type':'publish','id':'1','room':'r','kind':'react','body':{'target':1,'emoji':'+','remove':true}}"
            })
    void agreesWithTheDecoder(boolean good, String quoted) {
        String frame = quoted.replace('\'', '"');
        boolean takenBySchema = HUB.takes("client." + json(frame).get("type").asText(), json(frame));
        assertThat(takenBySchema).as("by the schema").isEqualTo(good);
        assertThat(decodes(frame)).as("by the decoder").isEqualTo(good);
    }

    private static boolean decodes(String frame) {
        try {
            ClientFrame decoded = FrameDecoder.decode(frame);
            if (decoded instanceof ClientFrame.Publish publish) {
                FrameDecoder.publish(publish);
            }
            return true;
        } catch (BadFrameException e) {
            return false;
        }
    }
}

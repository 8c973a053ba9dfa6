package org.parley.protocol;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.parley.hub.Disconnect;
import org.parley.hub.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/** {@code src/doc/asyncapi.yaml} has the schema of every frame, and the schemas tell right from wrong. */
class AsyncApiDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode DOCUMENT = yaml(EveryFrame.read(Path.of("src/doc/asyncapi.yaml")));
    private static final Map<String, JsonSchema> SCHEMAS = new TreeMap<>();

    private static JsonNode yaml(String text) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The schemas of AsyncAPI 3.0 are those of JSON Schema draft 7, and more. */
    private static JsonSchema schema(String name) {
        return SCHEMAS.computeIfAbsent(name, AsyncApiDocumentTest::compile);
    }

    private static JsonSchema compile(String name) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
        root.set("components", DOCUMENT.get("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root);
    }

    private static Set<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> expected() {
        Set<String> names = new TreeSet<>();
        EveryFrame.client().keySet().forEach(type -> names.add("client." + type));
        EveryFrame.serverTypes().forEach(type -> names.add("server." + type));
        return names;
    }

    @Test
    void hasEveryFrameAndNoOther() {
        assertThat(names(DOCUMENT.at("/components/messages"))).isEqualTo(expected());
        assertThat(names(DOCUMENT.at("/channels/hub/messages"))).isEqualTo(expected());
        assertThat(names(DOCUMENT.at("/components/schemas")).stream().filter(name -> name.contains(".")))
                .isEqualTo(List.copyOf(expected()));
        for (String name : expected()) {
            JsonNode message = DOCUMENT.at("/components/messages").get(name);
            String type = name.substring(name.indexOf('.') + 1);
            assertThat(message.get("name").asText()).isEqualTo(type);
            assertThat(message.at("/payload/$ref").asText()).isEqualTo("#/components/schemas/" + name);
            assertThat(properties(name).at("/type/const").asText()).isEqualTo(type);
        }
    }

    private static JsonNode properties(String name) {
        return DOCUMENT.at("/components/schemas").get(name).get("properties");
    }

    @Test
    void hasAnOperationForEveryClientFrameAndAReplyOrPushForEveryServerFrame() {
        Set<String> received = new TreeSet<>();
        Set<String> sent = new TreeSet<>();
        DOCUMENT.get("operations").forEach(operation -> {
            boolean fromClient = operation.get("action").asText().equals("receive");
            operation.get("messages").forEach(m -> (fromClient ? received : sent).add(target(m)));
            operation.at("/reply/messages").forEach(m -> sent.add(target(m)));
        });
        assertThat(Stream.of(received, sent).flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(expected());
        assertThat(received).allMatch(name -> name.startsWith("client."));
        assertThat(sent).allMatch(name -> name.startsWith("server."));
    }

    private static String target(JsonNode reference) {
        return reference.get("$ref").asText().replace("#/channels/hub/messages/", "");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(DOCUMENT.findValuesAsText("$ref")).isNotEmpty().allSatisfy(pointer -> assertThat(
                        DOCUMENT.at(pointer.substring(1)).isMissingNode())
                .as(pointer)
                .isFalse());
    }

    @Test
    void hasEveryFieldThatAClientMaySend() {
        EveryFrame.client().forEach((type, record) -> {
            Set<String> fields = Arrays.stream(record.getRecordComponents())
                    .map(component -> component.getName())
                    .collect(Collectors.toCollection(TreeSet::new));
            fields.add("type");
            assertThat(names(properties("client." + type))).as(type).isEqualTo(fields);
        });
    }

    @Test
    void hasEveryFieldThatTheServerWrites() {
        Map<String, Set<String>> written = new TreeMap<>();
        EveryFrame.server().forEach(frame -> written.computeIfAbsent(frame.getString("type"), type -> new TreeSet<>())
                .addAll(frame.keySet()));
        written.forEach((type, fields) ->
                assertThat(names(properties("server." + type))).as(type).isEqualTo(fields));
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
        JsonNode values = DOCUMENT.at("/components/schemas").get(name).get("enum");
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> takesWhateverTheServerWrites() {
        return EveryFrame.server().stream()
                .map(frame -> dynamicTest(frame.toString(), () -> assertThat(
                                schema("server." + frame.getString("type")).validate(json(frame.toString())))
                        .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> takesGoldenFramesAndNoBrokenOnes() {
        return EveryFrame.golden().entrySet().stream()
                .map(golden -> dynamicTest(golden.getKey(), () -> {
                    JsonNode frame = json(golden.getValue());
                    String side = golden.getKey().substring(0, "server".length());
                    String name = side + "." + frame.get("type").asText();
                    JsonSchema schema = schema(name);
                    assertThat(schema.validate(frame)).isEmpty();
                    refusesWithoutARequiredField(schema, name, frame);
                    refusesWrongTypes(schema, frame, broken -> broken);
                }));
    }

    private static void refusesWithoutARequiredField(JsonSchema schema, String name, JsonNode frame) {
        JsonNode required = DOCUMENT.at("/components/schemas").get(name).get("required");
        assertThat(required).isNotEmpty();
        required.forEach(field -> {
            ObjectNode broken = frame.deepCopy();
            broken.remove(field.asText());
            assertThat(schema.validate(broken)).as("without " + field).isNotEmpty();
        });
    }

    /** Puts something of another type into each place of the frame in turn, but for bodies, which may be anything. */
    private static void refusesWrongTypes(JsonSchema schema, JsonNode at, UnaryOperator<JsonNode> root) {
        for (String field : names(at)) {
            JsonNode wrong = at.get(field).isTextual() ? JSON.getNodeFactory().numberNode(17) : wrong();
            ObjectNode broken = at.deepCopy();
            broken.set(field, wrong);
            assertThat(schema.validate(root.apply(broken)))
                    .as(field + " of another type: " + root.apply(broken))
                    .isNotEmpty();
            if (!field.equals("body")) {
                descend(schema, at, field, root);
            }
        }
    }

    private static JsonNode wrong() {
        return JSON.getNodeFactory().textNode("no word that any field could be");
    }

    private static void descend(JsonSchema schema, JsonNode at, String field, UnaryOperator<JsonNode> root) {
        JsonNode inner = at.get(field);
        if (inner.isObject()) {
            refusesWrongTypes(schema, inner, broken -> root.apply(with(at, field, broken)));
        } else if (inner.isArray() && inner.size() > 0 && inner.get(0).isObject()) {
            refusesWrongTypes(schema, inner.get(0), broken -> {
                ArrayNode array = inner.deepCopy();
                array.set(0, broken);
                return root.apply(with(at, field, array));
            });
        }
    }

    private static ObjectNode with(JsonNode object, String field, JsonNode value) {
        ObjectNode copy = object.deepCopy();
        copy.set(field, value);
        return copy;
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
        boolean takenBySchema = schema("client." + json(frame).get("type").asText())
                .validate(json(frame))
                .isEmpty();
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

package org.parley.protocol;

import java.nio.file.Path;
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

import static org.assertj.core.api.Assertions.assertThat;

/** An AsyncAPI document, and whether its schemas tell right from wrong. */
final class FrameSchemas {
    private static final Path DOCUMENTS = Path.of("src/doc");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;
    private final Map<String, JsonSchema> compiled = new TreeMap<>();

    private FrameSchemas(JsonNode document) {
        this.document = document;
    }

    static FrameSchemas of(String name) {
        return new FrameSchemas(yaml(EveryFrame.read(DOCUMENTS.resolve(name))));
    }

    /** Of a document that refers to what another one has in common with it, as one document. */
    static FrameSchemas of(String name, String other) {
        String text = EveryFrame.read(DOCUMENTS.resolve(name));
        assertThat(text).contains(other + "#/");
        JsonNode document = yaml(text.replace(other + "#/", "#/"));
        JsonNode others = yaml(EveryFrame.read(DOCUMENTS.resolve(other))).get("components");
        for (String kind : List.of("schemas", "securitySchemes")) {
            ObjectNode mine = ((ObjectNode) document.get("components")).withObject("/" + kind);
            names(others.get(kind)).stream()
                    .filter(each -> !isFrame(each) && !mine.has(each))
                    .forEach(each -> mine.set(each, others.get(kind).get(each)));
        }
        return new FrameSchemas(document);
    }

    private static boolean isFrame(String schema) {
        return schema.contains(".");
    }

    private static JsonNode yaml(String text) {
        try {
            return new ObjectMapper(new YAMLFactory()).readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Set<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    JsonNode properties(String name) {
        return at("/components/schemas").get(name).get("properties");
    }

    boolean takes(String name, JsonNode frame) {
        return schema(name).validate(frame).isEmpty();
    }

    /** The schemas of AsyncAPI 3.0 are those of JSON Schema draft 7, and more. */
    private JsonSchema schema(String name) {
        return compiled.computeIfAbsent(name, this::compile);
    }

    private JsonSchema compile(String name) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + name);
        root.set("components", document.get("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(root);
    }

    /** It has these messages, on that channel and with a schema each, and no others. */
    void requireMessages(String channel, Set<String> expected) {
        assertThat(names(at("/components/messages"))).isEqualTo(expected);
        assertThat(names(at("/channels/" + channel + "/messages"))).isEqualTo(expected);
        assertThat(names(at("/components/schemas")).stream().filter(FrameSchemas::isFrame))
                .isEqualTo(List.copyOf(expected));
    }

    /** Clients send some of these messages, each in one operation; the others are replies, or sent without being asked. */
    void requireOperationsFor(Set<String> expected) {
        Set<String> received = new TreeSet<>();
        Set<String> sent = new TreeSet<>();
        at("/operations").forEach(operation -> {
            boolean fromClient = operation.get("action").asText().equals("receive");
            operation.get("messages").forEach(m -> (fromClient ? received : sent).add(target(m)));
            operation.at("/reply/messages").forEach(m -> sent.add(target(m)));
        });
        assertThat(Stream.of(received, sent).flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(received).allMatch(name -> name.startsWith("client."));
        assertThat(sent).allMatch(name -> name.startsWith("server."));
    }

    private static String target(JsonNode reference) {
        return reference.get("$ref").asText().replaceFirst(".*/", "");
    }

    void requireEveryReferenceToLeadSomewhere() {
        assertThat(document.findValuesAsText("$ref")).isNotEmpty().allSatisfy(pointer -> assertThat(
                        document.at(pointer.substring(1)).isMissingNode())
                .as(pointer)
                .isFalse());
    }

    /** It takes that frame, but not without one of its required fields and not with anything else in their places. */
    void requireToTellRightFromWrong(String name, JsonNode frame) {
        assertThat(schema(name).validate(frame)).isEmpty();
        refusesWithoutARequiredField(name, frame);
        refusesWrongTypes(schema(name), frame, broken -> broken);
    }

    private void refusesWithoutARequiredField(String name, JsonNode frame) {
        JsonNode required = at("/components/schemas").get(name).get("required");
        assertThat(required).isNotEmpty();
        required.forEach(field -> {
            ObjectNode broken = frame.deepCopy();
            broken.remove(field.asText());
            assertThat(schema(name).validate(broken)).as("without " + field).isNotEmpty();
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
}

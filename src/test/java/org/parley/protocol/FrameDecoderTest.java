package org.parley.protocol;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.hub.ErrorCode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class FrameDecoderTest {
    private static BadFrameException refused(String frame) {
        BadFrameException refusal = catchThrowableOfType(BadFrameException.class, () -> FrameDecoder.decode(frame));
        assertThat(refusal).as(frame).isNotNull();
        assertThat(refusal.getMessage()).doesNotContain("org.parley", "java.", "yasson", "Exception");
        return refusal;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "17", "[]", "{", "{} trailing", "{\"a\":1}", "{\"type\":5}", "{\"type\":null}"})
    void tellsWhatIsNoFrame(String frame) {
        assertThat(refused(frame).code()).isEqualTo(ErrorCode.MALFORMED);
    }

    @Test
    void tellsAnUnknownTypeAndWhichRequestItWas() {
        BadFrameException refusal = refused("{\"id\":\"9\",\"type\":\"dance\"}");
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE);
        assertThat(refusal.request()).isEqualTo("9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'join'}",
                "{'type':'join','id':'1','room':''}",
                "{'type':'join','id':'1','room':'_chat'}",
                "{'type':'join','id':'1','room':'a/b'}",
                "{'type':'join','id':'1','room':'a b'}",
                "{'type':'join','id':'1','room':{}}",
                "{'type':'join','id':'1','room':'r','since':{'seq':1}}",
                "{'type':'join','id':'1','room':'r','since':{'epoch':'e','seq':-1}}",
                "{'type':'join','id':'1','room':'r','since':{'epoch':'e','seq':'x'}}",
                "{'type':'join','id':'1','room':'r','since':5}",
                "{'type':'publish','room':'r','kind':'text','body':{}}",
                "{'type':'publish','id':'a b','room':'r','kind':'text','body':{}}",
                "{'type':'publish','id':'1','room':'r','kind':'Text','body':{}}",
                "{'type':'publish','id':'1','room':'r','kind':'text'}",
                "{'type':'publish','id':'1','room':'r','kind':'text','body':'x'}",
                "{'type':'publish','id':'1','room':'r','kind':'text','body':[]}",
                "{'type':'publish','id':'1','room':'r','kind':'text','body':{},'expect':-1}",
                "{'type':'publish','id':'1','room':'r','kind':'text','body':{'n':9007199254740993}}",
                "{'type':'publish','id':'1','room':'r','kind':'text','body':{'s':'\\u0000'}}",
                "{'type':'history','id':'1','room':'r'}",
                "{'type':'history','id':'1','room':'r','before':1,'after':1}",
                "{'type':'history','id':'1','room':'r','after':-1}",
                "{'type':'history','id':'1','room':'r','after':1,'limit':0}",
                "{'type':'read','room':'r'}",
                "{'type':'signal','room':'r','kind':'shout','body':{}}",
                "{'type':'auth','id':'1'}"
            })
    void refusesFieldsThatWillNotDo(String frame) {
        assertThat(refused(frame.replace('\'', '"')).code()).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void refusesRoomsOfMoreThan64Characters() {
        assertThatThrownBy(() -> FrameDecoder.decode(join("x".repeat(65)))).isInstanceOf(BadFrameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lobby", "1", "größe", "部屋", "a.b-c_d", "नमस्ते"})
    void takesRoomsInAnyScript(String room) throws Exception {
        assertThat(((ClientFrame.Join) FrameDecoder.decode(join(room))).room()).isEqualTo(room);
    }

    private static String join(String room) {
        return "{\"type\":\"join\",\"id\":\"1\",\"room\":\"" + room + "\"}";
    }

    @Test
    void ignoresWhatItDoesNotKnow() throws Exception {
        assertThat(FrameDecoder.decode("{\"type\":\"leave\",\"id\":\"1\",\"room\":\"r\",\"later\":{\"a\":[1]}}"))
                .isEqualTo(new ClientFrame.Leave("1", "r"));
    }

    @Test
    void refusesASignalOfMoreThan4096Characters() {
        String body = "{\"a\":\"" + "x".repeat(4096) + "\"}";
        assertThat(refused("{\"type\":\"signal\",\"room\":\"r\",\"kind\":\"typing\",\"body\":" + body + "}")
                        .code())
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'publish','id':'1','room':'r','kind':'text','body':{'a':1}}",
                "{ 'type': 'publish', 'id': '1', 'room': 'r', 'kind': 'text', 'body': {'a': 1} }",
                "{'id':'1','room':'r','kind':'text','body':{'a':1},'type':'publish'}",
                "{'\\u0074ype':'publish','id':'1','room':'r','kind':'text','body':{'a':1}}",
                "{'type':'publi\\u0073h','id':'1','room':'r','kind':'text','body':{'a':1}}"
            })
    void takesTheTypeWhereverItStands(String frame) throws Exception {
        JsonObject body = Json.createObjectBuilder().add("a", 1).build();
        assertThat(FrameDecoder.decode(frame.replace('\'', '"')))
                .isEqualTo(new ClientFrame.Publish("1", "r", "text", body, null));
    }

    @Test
    void takesATypeInABodyForItsSendersOwn() throws Exception {
        String frame =
                "{\"type\":\"publish\",\"id\":\"1\",\"room\":\"r\",\"kind\":\"x-a\",\"body\":{\"type\":\"join\"}}";
        assertThat(FrameDecoder.decode(frame)).isInstanceOf(ClientFrame.Publish.class);
    }

    @Test
    void letsBigNumbersPassInsideStringsOnly() throws Exception {
        String body = "{\"s\":\"9007199254740993 \\\\u0000\",\"n\":9007199254740992,\"d\":1.00000000000000001}";
        String frame = "{\"type\":\"publish\",\"id\":\"1\",\"room\":\"r\",\"kind\":\"text\",\"body\":" + body + "}";
        assertThat(FrameDecoder.decode(frame)).isInstanceOf(ClientFrame.Publish.class);
    }
}

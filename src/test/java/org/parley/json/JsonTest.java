package org.parley.json;

import jakarta.json.JsonValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonTest {
    public record Point(Integer x, String name) {
        @jakarta.json.bind.annotation.JsonbCreator
        public Point {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ ] ",
                "\t{\"a\" : 1 , \"b\":[true,false,null]}\r\n",
                "\"\"",
                "0",
                "-0.5e+10",
                "1E9999",
                "\"\\u00e4\\n\\/\\\"\"",
                "\"\uD83D\uDE00\"",
                "\"\\ud83d\\ude00\"",
                "[[],{}]",
                "{\"\":{\"\":[]}}",
                "null",
                "true",
                "[{\"a\":[{}]},{}]",
                "\"\u2028\u007f\"",
                "12345678901234567890.5"
            })
    void takesWhatRfc8259Takes(String text) throws Exception {
        assertThat(Json.read(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "]",
                "}",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "[1}",
                "{\"a\":1]",
                "\"",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u\uFF11234\"",
                "\"\n\"",
                "\"\u0000\"",
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1e",
                "1e+",
                "0x10",
                "NaN",
                "Infinity",
                "tru",
                "nulll",
                "{} {}",
                "{}x",
                "\uFEFF{}",
                "// c\n1",
                "\u00a0 1",
                "\"\\ud83d\"",
                "\"\\ude00\"",
                "\"\\ud83dx\"",
                "1e99999",
                "\"\uD83D\""
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Json.read(text)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void boundsNesting() throws Exception {
        int depth = JsonSyntax.MAX_DEPTH;
        assertThat(Json.read("[".repeat(depth) + "]".repeat(depth))).isNotNull();
        assertThat(Json.read("{\"a\":".repeat(depth - 1) + "[]" + "}".repeat(depth - 1)))
                .isNotNull();
        assertThatThrownBy(() -> Json.read("[".repeat(depth + 1) + "]".repeat(depth + 1)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("deep");
        assertThatThrownBy(() -> Json.read("[".repeat(1_000_000))).hasMessageContaining("deep");
    }

    @Test
    void boundsNumbers() throws Exception {
        assertThat(Json.read("1".repeat(JsonSyntax.MAX_NUMBER))).isNotNull();
        assertThatThrownBy(() -> Json.read("1".repeat(JsonSyntax.MAX_NUMBER + 1)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("number");
    }

    @Test
    void tellsObjectsFromArraysAtEachDepth() {
        assertThatThrownBy(() -> Json.read("[{\"a\":[1,{}}]")).isInstanceOf(InvalidJsonException.class);
        assertThatThrownBy(() -> Json.read("{\"a\":[{\"b\":1]}}")).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void bindsToARecordAndSaysNoWithoutNamingIt() throws Exception {
        assertThat(Json.read("{\"x\":1,\"y\":2}", Point.class)).isEqualTo(new Point(1, null));
        for (String wrong : new String[] {"[]", "7", "\"x\"", "null", "{\"x\":\"one\"}", "{\"x\":{}}"}) {
            assertThatThrownBy(() -> Json.read(wrong, Point.class))
                    .as(wrong)
                    .isInstanceOf(InvalidJsonException.class)
                    .hasMessageNotContaining("Point")
                    .hasNoCause();
        }
    }

    @Test
    void readsNullAsAValue() throws Exception {
        assertThat(Json.read(" null ")).isEqualTo(JsonValue.NULL);
    }

    @Test
    void writesWhatItRead() throws Exception {
        String text = "{\"b\":[1,2.50,\"\\u0001ä\"],\"a\":null}";
        assertThat(Json.read(Json.write(Json.read(text)))).isEqualTo(Json.read(text));
    }
}

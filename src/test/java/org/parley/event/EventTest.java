package org.parley.event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventTest {
    @Test
    void isPairsOnOneLine() {
        assertThat(Event.of("append-failed")
                        .with("messages", 3)
                        .with("reason", "the disk is \"full\"")
                        .with("nobody", null))
                .hasToString("event=append-failed messages=3 reason=\"the disk is \\\"full\\\"\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\nevent=forged", "a\r\nb", "a\u0085b", "a\u2028b", "a\u001b[31m", "a b=c", "", "a=b", "\\"})
    void noValueBeginsALineOrAPair(String value) {
        String line = Event.of("x").with("reason", value).toString();
        assertThat(line).startsWith("event=x reason=\"").endsWith("\"");
        assertThat(line.chars()).noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    }

    @Test
    void cutsWhatGoesOnForPages() {
        assertThat(Event.of("x").with("reason", "y".repeat(10_000)).toString()).hasSizeLessThan(600);
    }
}

package org.parley.endpoint;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TextAssemblerTest {
    private final TextAssembler text = new TextAssembler(10);

    @Test
    void joinsParts() throws Exception {
        assertThat(text.add("ab", false)).isNull();
        assertThat(text.add("cd", false)).isNull();
        assertThat(text.add("ef", true)).isEqualTo("abcdef");
        assertThat(text.add("next", true)).isEqualTo("next");
    }

    @Test
    void takesExactlyTheLimit() throws Exception {
        assertThat(text.add("0123456789", true)).hasSize(10);
        assertThat(text.add("€€€", true)).isEqualTo("€€€");
        assertThat(text.add("01234", false)).isNull();
        assertThat(text.add("56789", true)).hasSize(10);
    }

    @Test
    void refusesMoreThanTheLimitInBytes() {
        assertThatThrownBy(() -> text.add("01234567890", true)).isInstanceOf(MessageTooBigException.class);
        assertThatThrownBy(() -> new TextAssembler(10).add("€€€€", true)).isInstanceOf(MessageTooBigException.class);
    }

    @Test
    void refusesTheFirstPartThatIsTooMuch() throws Exception {
        text.add("01234567", false);
        assertThatThrownBy(() -> text.add("890", false)).isInstanceOf(MessageTooBigException.class);
    }

    @Test
    void countsManyShortPartsOfLongCharacters() throws Exception {
        TextAssembler assembler = new TextAssembler(10);
        assembler.add("€", false);
        assembler.add("€", false);
        assembler.add("€", false);
        assertThatThrownBy(() -> assembler.add("€", true)).isInstanceOf(MessageTooBigException.class);
    }
}

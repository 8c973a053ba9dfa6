package org.parley.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NameTest {
    @Test
    void isTrimmedAndComposed() throws NameException {
        assertThat(Name.of(" \u00a0Ada Lovelace\t")).isEqualTo("Ada Lovelace");
        assertThat(Name.of("Jose\u0301")).isEqualTo("Jos\u00e9");
    }

    @Test
    void countsCodePoints() throws NameException {
        assertThat(Name.of("\ud83d\ude80".repeat(40))).hasSize(80);
        assertThatThrownBy(() -> Name.of("\ud83d\ude80".repeat(41)))
                .isInstanceOf(NameException.class)
                .hasMessageContaining("40");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "\u200d",
                "\u200b",
                "a\u0000b",
                "a\nb",
                "a\u007fb",
                "a\u202eb",
                "a\u2066b",
                "a\u200fb",
                "a\u2028b",
                "a\ufeffb",
                "a\ud800b",
                "a\ue000b",
                "a\u00adb"
            })
    void refusesWhatIsInvisibleOrTurnsText(String name) {
        assertThatThrownBy(() -> Name.of(name)).isInstanceOf(NameException.class);
    }

    @Test
    void refusesNoNameAtAll() {
        assertThatThrownBy(() -> Name.of(null)).isInstanceOf(NameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\ud83d\udc69\u200d\ud83d\ude80", "x"})
    void takesJoiners(String name) throws NameException {
        assertThat(Name.of(name)).isEqualTo(name);
    }

    @Test
    void foldsWhatPeopleConfuse() {
        assertThat(Name.folded("ADA  \u200dLovelace")).isEqualTo(Name.folded("ada lovelace"));
        assertThat(Name.folded("\uff21da")).isEqualTo(Name.folded("Ada"));
        assertThat(Name.folded("Stra\u00dfe")).isEqualTo(Name.folded("STRASSE"));
        assertThat(Name.folded("Ada")).isNotEqualTo(Name.folded("Adam"));
    }

    @Test
    void makesALabelOfAnything() {
        assertThat(Name.label("A\u202eda\n", "x")).isEqualTo("Ada");
        assertThat(Name.label("a".repeat(50), "x")).hasSize(40);
        assertThat(Name.label("\u202e", "x")).isEqualTo("x");
    }
}

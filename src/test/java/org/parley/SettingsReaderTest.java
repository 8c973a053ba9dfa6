package org.parley;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.auth.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsReaderTest {
    private final Map<String, String> set = new HashMap<>();
    private final SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(set.get(name)));

    private void refused(String message) {
        assertThatThrownBy(reader::complain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
    }

    @Test
    void givesWhatIsNotSetItsDefault() {
        assertThat(reader.integer("n", 5, 1, 10)).isEqualTo(5);
        assertThat(reader.text("t", "otherwise")).isEqualTo("otherwise");
        assertThat(reader.flag("f", true)).isTrue();
        assertThat(reader.choice("c", Mode.GUEST)).isEqualTo(Mode.GUEST);
        assertThat(reader.list("l")).isEmpty();
        assertThat(reader.duration("d", Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isZero();
        assertThatCode(reader::complain).doesNotThrowAnyException();
    }

    @Test
    void takesAnEmptyValueForNone() {
        set.put("n", "  ");
        assertThat(reader.integer("n", 5, 1, 10)).isEqualTo(5);
        assertThatCode(reader::complain).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "10", " 7 "})
    void takesNumbersUpToTheirBounds(String value) {
        set.put("n", value);
        assertThat(reader.integer("n", 5, 1, 10)).isEqualTo(Integer.parseInt(value.strip()));
        assertThatCode(reader::complain).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-3", "ten", "1.5", "99999999999999999999", "4294967297"})
    void refusesNumbersBeyondTheirBounds(String value) {
        set.put("n", value);
        assertThat(reader.integer("n", 5, 1, 10)).isEqualTo(5);
        refused("Parley cannot start: n is \"" + value + "\" but must be a whole number from 1 to 10.");
    }

    @ParameterizedTest
    @CsvSource({
        "500ms,500",
        "20s,20000",
        "20 s,20000",
        "10m,600000",
        "24h,86400000",
        "30d,2592000000",
        "PT1.5S,1500",
        "pt20s,20000",
        "P1D,86400000",
        "100MS,100"
    })
    void readsTimes(String value, long millis) {
        set.put("d", value);
        assertThat(reader.duration("d", Duration.ZERO, Duration.ofMillis(100), Duration.ofDays(30)))
                .isEqualTo(Duration.ofMillis(millis));
        assertThatCode(reader::complain).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "99ms",
                "31d",
                "20",
                "s",
                "-5s",
                "5 weeks",
                "soon",
                "PT",
                "99999999999999999999s",
                "9223372036854775807d",
                "9223372036854775807h"
            })
    void refusesTimesThatAreNoneOrOutOfRange(String value) {
        set.put("d", value);
        assertThat(reader.duration("d", Duration.ofSeconds(9), Duration.ofMillis(100), Duration.ofDays(30)))
                .isEqualTo(Duration.ofSeconds(9));
        refused("Parley cannot start: d is \"" + value
                + "\" but must be a time such as 500ms, 20s, 10m, 24h or 30d, from PT0.1S to PT720H.");
    }

    @ParameterizedTest
    @CsvSource({"on,true", "ON,true", "true,true", "off,false", "False,false"})
    void readsSwitches(String value, boolean expected) {
        set.put("f", value);
        assertThat(reader.flag("f", !expected)).isEqualTo(expected);
    }

    @Test
    void refusesSwitchesThatAreNeither() {
        set.put("f", "yes");
        assertThat(reader.flag("f", true)).isTrue();
        refused("Parley cannot start: f is \"yes\" but must be on or off.");
    }

    @Test
    void readsChoicesInAnyCase() {
        set.put("c", "Token");
        assertThat(reader.choice("c", Mode.BOTH)).isEqualTo(Mode.TOKEN);
        set.put("c", "nobody");
        assertThat(reader.choice("c", Mode.BOTH)).isEqualTo(Mode.BOTH);
        refused("Parley cannot start: c is \"nobody\" but must be one of guest, token, both.");
    }

    @Test
    void splitsListsAtCommasAndSpaces() {
        set.put("l", " https://a.example, https://b.example:8443 ,, https://c.example ");
        assertThat(reader.list("l"))
                .containsExactly("https://a.example", "https://b.example:8443", "https://c.example");
        set.put("l", ", https://a.example");
        assertThat(reader.list("l")).containsExactly("https://a.example");
    }

    @Test
    void namesEveryMistakeInOneMessage() {
        set.putAll(Map.of("a", "x", "b", "0", "c", "2"));
        reader.integer("a", 1, 1, 2);
        reader.integer("b", 1, 1, 2);
        reader.integer("c", 1, 1, 2);
        refused("Parley cannot start: a is \"x\" but must be a whole number from 1 to 2;"
                + " b is \"0\" but must be a whole number from 1 to 2.");
    }
}

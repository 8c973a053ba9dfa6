package org.parley.backplane;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FragmentsTest {
    private static final String NODE = "0123456789abcdef0123456789abcdef ";

    private final Fragments fragments = new Fragments();

    private String joined(List<String> cut) {
        assertThat(cut).as("of equal ones PostgreSQL delivers one").doesNotHaveDuplicates();
        String whole = null;
        for (String fragment : cut) {
            assertThat(whole).as("before the last").isNull();
            assertThat(fragment.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(Fragments.BYTES);
            whole = fragments.join(fragment);
        }
        return whole;
    }

    @Test
    void leavesWhatFitsAsItIs() {
        for (String text : List.of(NODE + "{}", NODE + "pulse 12", "")) {
            assertThat(Fragments.cut(text)).containsExactly(text);
            assertThat(fragments.join(text)).isEqualTo(text);
        }
    }

    @Test
    void joinsWhatItHasCutWhateverItsCharactersTake() {
        for (String character : List.of("a", "ä", "€", "👋", "a👋")) {
            for (int size : new int[] {2_400, 2_500, 3_700, 3_750, 7_466, 7_467, 7_468, 7_500, 7_501, 20_000}) {
                String text = NODE + "{" + character.repeat(size) + "}";
                assertThat(joined(Fragments.cut(text))).isEqualTo(text);
            }
        }
    }

    @Test
    void givesNothingOfWhatHasNoBeginningOrNoEnd() {
        List<String> cut = Fragments.cut(NODE + "{" + "x".repeat(20_000) + "}");
        assertThat(cut).hasSize(3);
        assertThat(fragments.join(cut.get(1))).isNull();
        assertThat(fragments.join(cut.get(2))).isNull();
        assertThat(fragments.join(cut.get(0))).isNull();
        assertThat(joined(cut)).isNotNull();
    }
}

package org.parley;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndingTest {
    private final List<String> taken = new ArrayList<>();

    @Test
    void takesEachStepWhateverBecomesOfThoseBefore() {
        new Ending(List.of(
                        () -> taken.add("first"),
                        () -> {
                            throw new IllegalStateException("this is the test's");
                        },
                        () -> {
                            throw new NoClassDefFoundError("this is the test's");
                        },
                        () -> taken.add("last")))
                .run();
        assertThat(taken).containsExactly("first", "last");
    }
}

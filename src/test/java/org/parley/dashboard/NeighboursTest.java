package org.parley.dashboard;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NeighboursTest {
    private final Neighbours neighbours = new Neighbours();

    @Test
    void aNodeThatIsAloneTellsOfItselfOnly() {
        assertThat(neighbours.own()).isEmpty();
        neighbours.tell("{\"node\":\"a\"}");
        assertThat(neighbours.own()).contains("{\"node\":\"a\"}");
        assertThat(neighbours.besides("{\"node\":\"a\"}")).isEqualTo("{\"node\":\"a\"}");
        assertThat(neighbours.count()).isZero();
    }

    @Test
    void theOthersAreThoseOfWhomItWasToldLast() {
        neighbours.told(List.of("{\"node\":\"gone\"}"));
        neighbours.told(List.of("{\"node\":\"b\"}", "{\"node\":\"c\"}"));
        assertThat(neighbours.besides("{\"node\":\"a\"}"))
                .isEqualTo("{\"node\":\"a\",\"others\":[{\"node\":\"b\"},{\"node\":\"c\"}]}");
        assertThat(neighbours.count()).isEqualTo(2);
    }
}

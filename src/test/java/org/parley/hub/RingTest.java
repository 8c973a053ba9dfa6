package org.parley.hub;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RingTest {
    private static final int CAPACITY = 256;

    private final Ring ring = new Ring();

    private void add(long from, long to) {
        for (long seq = from; seq <= to; seq++) {
            ring.add(new Message(seq, seq, 0, "m" + seq, new User("guest:a", "Ada", true), Kind.TEXT, "{}"));
        }
    }

    private List<Long> between(long seq, long end) {
        return ring.between(seq, end).stream().map(Message::seq).toList();
    }

    @Test
    void coversNothingButTheEmptyDistanceAtFirst() {
        assertThat(ring.covers(0, 0)).isTrue();
        assertThat(ring.covers(7, 7)).isTrue();
        assertThat(ring.covers(0, 1)).isFalse();
        assertThat(ring.between(7, 7)).isEmpty();
    }

    @Test
    void givesWhatItHolds() {
        add(1, 10);
        assertThat(ring.covers(0, 10)).isTrue();
        assertThat(between(0, 10)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(between(8, 9)).containsExactly(9L);
        assertThat(ring.covers(0, 11)).as("not there yet").isFalse();
    }

    @Test
    void beginsWhereItsFirstMessageIs() {
        add(501, 503);
        assertThat(ring.covers(500, 503)).isTrue();
        assertThat(ring.covers(499, 503)).isFalse();
        assertThat(between(500, 503)).containsExactly(501L, 502L, 503L);
    }

    @Test
    void keepsTheNewest() {
        add(1, 1_000);
        assertThat(ring.covers(1_000 - CAPACITY, 1_000)).isTrue();
        assertThat(ring.covers(1_000 - CAPACITY - 1, 1_000)).isFalse();
        assertThat(between(1_000 - CAPACITY, 1_000))
                .hasSize(CAPACITY)
                .startsWith(745L)
                .endsWith(1_000L);
    }

    @Test
    void holdsFewerOfLargeMessages() {
        String body = "x".repeat(100_000);
        for (long seq = 1; seq <= 50; seq++) {
            ring.add(new Message(seq, seq, 0, "m" + seq, new User("guest:a", "Ada", true), Kind.TEXT, body));
        }
        assertThat(ring.covers(45, 50)).isTrue();
        assertThat(ring.covers(44, 50)).isFalse();
        assertThat(between(45, 50)).containsExactly(46L, 47L, 48L, 49L, 50L);
    }

    @Test
    void holdsOneMessageHoweverLarge() {
        String body = "x".repeat(2_000_000);
        for (long seq = 1; seq <= 3; seq++) {
            ring.add(new Message(seq, seq, 0, "m" + seq, new User("guest:a", "Ada", true), Kind.TEXT, body));
        }
        assertThat(between(2, 3)).containsExactly(3L);
        assertThat(ring.covers(1, 3)).isFalse();
        add(4, 300);
        assertThat(ring.covers(300 - CAPACITY, 300)).isTrue();
    }

    @Test
    void beginsAnewBehindAHole() {
        add(1, 10);
        add(20, 22);
        assertThat(ring.covers(10, 22)).isFalse();
        assertThat(ring.covers(19, 22)).isTrue();
        assertThat(between(19, 22)).containsExactly(20L, 21L, 22L);
    }

    @Test
    void beginsAnewWhereNumbersGoBack() {
        add(90, 100);
        add(1, 2);
        assertThat(ring.covers(0, 2)).isTrue();
        assertThat(ring.covers(89, 100)).isFalse();
        assertThat(between(0, 2)).containsExactly(1L, 2L);
    }
}

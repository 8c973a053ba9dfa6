package org.parley.hub;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTest {
    private static final int OVERHEAD = Inbox.sizeOf(message(1, 0));
    private static final int CAPACITY = 4 << 20;

    private final Inbox inbox = new Inbox();

    private static Message message(long seq, int length) {
        return new Message(seq, seq, 0, "m" + seq, new User("guest:a", "Ada", true), Kind.TEXT, "x".repeat(length));
    }

    private static List<Message> messages(int from, int to, int length) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> message(i, length)).toList();
    }

    private boolean add(String epoch, List<Message> messages) {
        return inbox.add(epoch, messages, 0);
    }

    private List<Long> take(int characters) {
        return inbox.take(characters).stream().map(Message::seq).toList();
    }

    @Test
    void asksForADelivererOnceUntilThatOneHasFinished() {
        assertThat(add("e", messages(1, 1, 0))).isTrue();
        assertThat(add("e", messages(2, 2, 0))).isFalse();
        assertThat(inbox.schedule()).isFalse();
        assertThat(take(1 << 20)).containsExactly(1L, 2L);
        assertThat(inbox.finish()).isFalse();
        assertThat(inbox.schedule()).isTrue();
    }

    @Test
    void keepsTheDelivererWhoseInboxFilledAgain() {
        add("e", messages(1, 1, 0));
        take(1 << 20);
        assertThat(add("e", messages(2, 2, 0))).isFalse();
        assertThat(inbox.finish()).isTrue();
        assertThat(take(1 << 20)).containsExactly(2L);
        assertThat(inbox.finish()).isFalse();
    }

    @Test
    void givesRunsOfAboutTheSizeAskedFor() {
        add("e", messages(1, 5, 100));
        assertThat(take(2 * (OVERHEAD + 100))).containsExactly(1L, 2L);
        assertThat(take(2 * (OVERHEAD + 100) + 99)).containsExactly(3L, 4L);
        assertThat(take(1)).as("never nothing").containsExactly(5L);
        assertThat(take(1)).isEmpty();
    }

    @Test
    void forgetsWhatBelongsToAnEarlierNumbering() {
        add("old", messages(8, 9, 0));
        add("new", messages(1, 1, 0));
        assertThat(inbox.epoch()).isEqualTo("new");
        assertThat(take(1 << 20)).containsExactly(1L);
    }

    @Test
    void keepsTheNewestWhenItIsFull() {
        int quarter = CAPACITY / 4 - OVERHEAD;
        add("e", messages(1, 4, quarter));
        assertThat(take(1)).as("as much as fits").containsExactly(1L);
        add("e", messages(5, 6, quarter));
        assertThat(take(Integer.MAX_VALUE)).containsExactly(3L, 4L, 5L, 6L);
        assertThat(inbox.finish()).isFalse();
    }

    @Test
    void takesASingleMessageLargerThanItself() {
        add("e", messages(1, 3, 10));
        add("e", messages(4, 4, CAPACITY + 1));
        assertThat(take(1)).containsExactly(4L);
        add("e", messages(5, 6, 10));
        assertThat(take(Integer.MAX_VALUE)).as("its size is given back").containsExactly(5L, 6L);
    }

    @Test
    void knowsSinceWhenTheOldestOfARunWaits() {
        inbox.add("e", messages(1, 2, 0), 10);
        inbox.add("e", messages(3, 3, 0), 20);
        take(OVERHEAD);
        assertThat(inbox.since()).isEqualTo(10);
        take(2 * OVERHEAD);
        assertThat(inbox.since()).as("2 came with 1").isEqualTo(10);
        inbox.add("e", messages(4, 4, 0), 30);
        take(OVERHEAD);
        assertThat(inbox.since()).isEqualTo(30);
        inbox.add("e", messages(5, 5, 0), 40);
        inbox.add("new", messages(1, 1, 0), 50);
        take(OVERHEAD);
        assertThat(inbox.since()).as("what was forgotten does not count").isEqualTo(50);
    }

    @Test
    void knowsItOfTheOneThatAnOverflowLeft() {
        inbox.add("e", messages(1, 3, 10), 10);
        inbox.add("e", messages(4, 4, CAPACITY + 1), 20);
        assertThat(take(1)).containsExactly(4L);
        assertThat(inbox.since()).isEqualTo(20);
    }
}

package org.parley;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.parley.Transcript.Acked;
import org.parley.Transcript.Delivered;
import org.parley.Transcript.Gap;
import org.parley.Transcript.Sent;
import org.parley.Transcript.Start;

import static org.assertj.core.api.Assertions.assertThat;

/** Each rule against a record that breaks it. */
class CheckerTest {
    private static final String ROOM = "room";
    private static final String EPOCH = "e1";

    private final Transcript ada = new Transcript("ada");
    private final Transcript reader = new Transcript("reader");
    private final List<Delivered> log = new ArrayList<>();

    /** Ada publishes a, b and c; all is well but for the reader, who has nothing yet. */
    @BeforeEach
    void record() {
        ada.user("guest:ada");
        reader.user("guest:reader");
        reader.start(ROOM, new Start(EPOCH, 0));
        long seq = 0;
        for (String id : List.of("a", "b", "c")) {
            seq++;
            ada.add(new Sent(ROOM, id, "text " + id));
            ada.add(new Acked(ROOM, id, EPOCH, seq, false));
            log.add(message(seq, id));
        }
    }

    private static Delivered message(long seq, String id) {
        return new Delivered(ROOM, EPOCH, seq, id, "guest:ada", "text", "text " + id);
    }

    private void deliver(Delivered... messages) {
        List.of(messages).forEach(reader::add);
    }

    private void deliverAll() {
        log.forEach(reader::add);
    }

    private List<String> violations() {
        return new Checker(List.of(ada, reader), log).violations();
    }

    private void assertOnly(String rule) {
        assertThat(violations()).isNotEmpty().allSatisfy(violation -> assertThat(violation)
                .startsWith(rule + ":"));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        deliverAll();
        assertThat(violations()).isEmpty();
    }

    @Test
    void findsAnAcknowledgedMessageThatTheLogHasLost() {
        deliverAll();
        log.remove(2);
        assertThat(violations()).hasSize(1).first().asString().startsWith("acknowledged and lost:");
    }

    @Test
    void findsAnAcknowledgedMessageThatAReaderNeverGot() {
        deliver(message(1, "a"), message(2, "b"));
        assertOnly("acknowledged and never delivered");
    }

    @Test
    void owesAReaderOnlyWhatCameAfterItJoined() {
        Transcript late = new Transcript("late");
        late.user("guest:late");
        late.start(ROOM, new Start(EPOCH, 2));
        late.add(message(3, "c"));
        assertThat(new Checker(List.of(ada, late), log).violations()).isEmpty();
    }

    @Test
    void findsAMessageTwiceInTheLog() {
        deliverAll();
        log.add(message(4, "b"));
        assertThat(violations()).anyMatch(violation -> violation.startsWith("twice in the log:"));
    }

    @Test
    void findsAMessageDeliveredTwice() {
        deliverAll();
        deliver(message(4, "b"));
        assertThat(violations()).anyMatch(violation -> violation.startsWith("delivered twice:"));
    }

    @Test
    void findsTwoMessagesAtOnePosition() {
        deliver(message(1, "b"), message(2, "a"), message(3, "c"));
        assertOnly("two messages at one position");
    }

    @Test
    void findsAnAlteredMessage() {
        deliver(message(1, "a"), message(2, "b"));
        deliver(new Delivered(ROOM, EPOCH, 3, "c", "guest:ada", "text", "something else"));
        assertOnly("two messages at one position");
    }

    @Test
    void findsAMessageThatTheLogHasAltered() {
        log.set(2, new Delivered(ROOM, EPOCH, 3, "c", "guest:ada", "text", "something else"));
        deliverAll();
        assertOnly("altered");
    }

    @Test
    void findsTwoReadersThatDisagreeBeyondTheLog() {
        deliverAll();
        deliver(message(4, "x"));
        Transcript other = new Transcript("other");
        other.start(ROOM, new Start(EPOCH, 0));
        log.forEach(other::add);
        other.add(message(4, "y"));
        assertThat(new Checker(List.of(ada, reader, other), log).violations())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("two messages at one position:");
    }

    @Test
    void findsAHoleInAReadersSequence() {
        deliver(message(1, "a"), message(3, "c"));
        assertThat(violations())
                .anyMatch(violation -> violation.startsWith("a hole nobody told of:"))
                .anyMatch(violation -> violation.startsWith("acknowledged and never delivered:"));
    }

    @Test
    void findsAHoleAtTheBeginning() {
        deliver(message(2, "b"), message(3, "c"));
        assertThat(violations()).anyMatch(violation -> violation.startsWith("a hole nobody told of:"));
    }

    @Test
    void findsMessagesOutOfOrder() {
        deliver(message(1, "a"), message(3, "c"), message(2, "b"));
        assertOnly("a hole nobody told of");
    }

    @Test
    void acceptsAHoleThatTheServerTold() {
        deliver(message(1, "a"));
        reader.add(new Gap(ROOM, EPOCH, 1, EPOCH, 2));
        deliver(message(3, "c"));
        Checker checker = new Checker(List.of(ada, reader), log);
        assertThat(checker.violations()).isEmpty();
        assertThat(checker.gaps()).isEqualTo(1);
    }

    @Test
    void findsAHoleBesideTheOneThatWasTold() {
        reader.add(new Gap(ROOM, EPOCH, 0, EPOCH, 1));
        deliver(message(3, "c"));
        assertThat(violations()).anyMatch(violation -> violation.startsWith("a hole nobody told of:"));
    }

    @Test
    void findsAHoleInTheLog() {
        deliverAll();
        log.set(2, message(4, "c"));
        assertThat(violations()).anyMatch(violation -> violation.startsWith("a hole in the log:"));
    }

    @Test
    void findsAnEpochThatChangedInTheLog() {
        deliverAll();
        log.add(new Delivered(ROOM, "e2", 4, "d", "guest:ada", "text", "text d"));
        assertOnly("a hole in the log");
    }

    @Test
    void findsAnAckWithAnotherPositionThanTheLogs() {
        deliverAll();
        ada.add(new Acked(ROOM, "c", EPOCH, 2, true));
        assertOnly("an ack with another position than the log's");
    }

    @Test
    void findsAPublishersOrderChanged() {
        log.set(0, message(1, "b"));
        log.set(1, message(2, "a"));
        deliverAll();
        Transcript confused = new Transcript("ada");
        confused.user("guest:ada");
        ada.sent().forEach(confused::add);
        assertThat(new Checker(List.of(confused, reader), log).violations())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("a publisher's order changed:");
    }

    @Test
    void findsWhatOnlyOneReadingOfTheLogHas() {
        assertThat(Checker.differences(log, log)).isEmpty();
        assertThat(Checker.differences(log, log.subList(0, 2))).hasSize(1);
        assertThat(Checker.differences(log.subList(1, 3), log)).hasSize(1);
    }

    @Test
    void countsInOneLine() {
        deliverAll();
        ada.add(new Acked(ROOM, "c", EPOCH, 3, true));
        reader.reconnected();
        ada.refused("unavailable");
        reader.refused("unavailable");
        assertThat(new Checker(List.of(ada, reader), log).counts(5))
                .isEqualTo("published=3 acked=4 delivered=3 logged=3 kills=5 reconnects=1 duplicates-answered=1"
                        + " refused-and-retried={unavailable=2} gaps=0");
    }
}

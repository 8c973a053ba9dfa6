package org.parley.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.parley.hub.Append;
import org.parley.hub.Append.Change;
import org.parley.hub.Appended;
import org.parley.hub.ErrorCode;
import org.parley.hub.Kind;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Message;
import org.parley.hub.MessageLog;
import org.parley.hub.Page;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link MessageLog} promises. */
public abstract class MessageLogContract {
    protected static final User ANN = new User("guest:ann", "Ann", true);
    protected static final User BOB = new User("user:https://id.test:bob", "Bob", false);
    protected static final int ALL = 1_000_000;

    protected final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    protected MessageLog log;

    /** A log without any room, which the adapter's own test closes. */
    protected abstract MessageLog open() throws Exception;

    /** Lets the log forget all but the newest {@code count} entries of the room. */
    protected abstract void keepNewest(String room, int count) throws Exception;

    @BeforeEach
    void openLog() throws Exception {
        log = open();
    }

    @Test
    void numbersFromOneWithoutHolesAndReadsThemBack() throws Exception {
        RoomHead opened = log.open("tea", RoomClass.LOG);
        List<Appended> outcomes = log.append(List.of(text("tea", ANN, "a"), text("tea", BOB, "b")));

        assertThat(outcomes)
                .extracting(outcome -> stored(outcome).message().seq())
                .containsExactly(1L, 2L);
        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(stored(outcome).epoch()).isEqualTo(opened.epoch()));
        Page page = log.after("tea", 0, 10, ALL);
        assertThat(page.messages())
                .containsExactly(
                        stored(outcomes.get(0)).message(),
                        stored(outcomes.get(1)).message());
        assertThat(page.messages().get(1))
                .isEqualTo(new Message(2, 2, clock.millis(), "b", BOB, Kind.TEXT, "{\"text\":\"b\"}"));
        assertThat(page.epoch()).isEqualTo(opened.epoch());
        assertThat(page.last()).isEqualTo(2);
        assertThat(page.first()).isEqualTo(1);
        assertThat(page.more()).isFalse();
    }

    @Test
    void answersInTheOrderOfABatchOfSeveralRooms() throws Exception {
        List<Appended> outcomes =
                log.append(List.of(text("z", ANN, "1"), text("a", ANN, "2"), text("z", ANN, "3"), text("a", BOB, "4")));

        assertThat(outcomes)
                .extracting(outcome -> stored(outcome).message().id())
                .containsExactly("1", "2", "3", "4");
        assertThat(outcomes)
                .extracting(outcome -> stored(outcome).message().seq())
                .containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void anEmptyBatchIsNothing() throws Exception {
        assertThat(log.append(List.of())).isEmpty();
    }

    @Test
    void opensARoomOnceWithARandomEpoch() throws Exception {
        RoomHead tea = log.open("tea", RoomClass.LOG);
        RoomHead milk = log.open("milk", RoomClass.LOG);

        assertThat(tea).isEqualTo(new RoomHead("tea", tea.epoch(), 0, 0, 0));
        assertThat(log.open("tea", RoomClass.LOG)).isEqualTo(tea);
        assertThat(tea.epoch()).isNotEqualTo(milk.epoch()).hasSizeGreaterThanOrEqualTo(22);
    }

    @Test
    void headsTellsOnlyOfRoomsThatExist() throws Exception {
        log.append(List.of(text("tea", ANN, "a")));
        log.open("milk", RoomClass.LOG);

        assertThat(log.heads(List.of("tea", "none", "milk")))
                .extracting(RoomHead::room)
                .containsExactlyInAnyOrder("tea", "milk");
        assertThat(log.heads(List.of())).isEmpty();
        assertThat(log.head("none")).isEmpty();
        RoomHead head = log.head("tea").orElseThrow();
        assertThat(head).isEqualTo(new RoomHead("tea", head.epoch(), 1, 1, clock.millis()));
    }

    @Test
    void aRoomThatDoesNotExistHasAnEmptyPage() throws Exception {
        Page nothing = new Page("", 0, 1, List.of(), false);
        assertThat(log.after("none", 0, 10, ALL)).isEqualTo(nothing);
        assertThat(log.before("none", 10, 10, ALL)).isEqualTo(nothing);
    }

    @Test
    void aRetryIsADuplicateAndBurnsNoSeq() throws Exception {
        Appended.Stored first = stored(append(text("tea", ANN, "a")));
        clock.advance(1000);

        assertThat(append(text("tea", ANN, "a")))
                .isEqualTo(
                        new Appended.Duplicate(first.epoch(), 1, first.message().time()));
        assertThat(stored(append(text("tea", ANN, "b"))).message().seq()).isEqualTo(2);
    }

    @Test
    void aRetryWithinOneBatchIsADuplicate() throws Exception {
        List<Appended> outcomes =
                log.append(List.of(text("tea", ANN, "a"), text("tea", ANN, "a"), text("tea", ANN, "b")));

        assertThat(outcomes.get(1))
                .isEqualTo(new Appended.Duplicate(stored(outcomes.get(0)).epoch(), 1, clock.millis()));
        assertThat(stored(outcomes.get(2)).message().seq()).isEqualTo(2);
    }

    @Test
    void theSameIdOfAnotherSenderOrRoomIsNoDuplicate() throws Exception {
        List<Appended> outcomes =
                log.append(List.of(text("tea", ANN, "a"), text("tea", BOB, "a"), text("milk", ANN, "a")));

        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Appended.Stored.class));
    }

    @Test
    void aDuplicateAfterTrimmingKeepsItsSeq() throws Exception {
        fill("tea", 10);
        keepNewest("tea", 2);

        assertThat(append(text("tea", ANN, "m3")))
                .isInstanceOfSatisfying(Appended.Duplicate.class, known -> assertThat(known.seq())
                        .isEqualTo(3));
        assertThat(log.head("tea").orElseThrow().last()).isEqualTo(10);
    }

    @Test
    void timeNeverGoesBack() throws Exception {
        long before = stored(append(text("tea", ANN, "a"))).message().time();
        clock.advance(-60_000);

        assertThat(stored(append(text("tea", ANN, "b"))).message().time()).isEqualTo(before);
        assertThat(log.head("tea").orElseThrow().time()).isEqualTo(before);
    }

    @Test
    void nCountsWhatCounts() throws Exception {
        List<Appended> outcomes = log.append(List.of(
                text("tea", ANN, "a"),
                react("tea", BOB, "b", 1, "+1", true),
                entry("tea", RoomClass.LOG, ANN, "c", Kind.SEALED, "{}", null),
                entry("tea", RoomClass.LOG, ANN, "d", "x-poll", "{}", null),
                entry("tea", RoomClass.LOG, ANN, "e", Kind.FILE, "{}", null)));

        assertThat(outcomes)
                .extracting(outcome -> stored(outcome).message().n())
                .containsExactly(1L, 1L, 2L, 2L, 3L);
        assertThat(log.head("tea").orElseThrow().n()).isEqualTo(3);
    }

    @Test
    void aRowTheDatabaseRefusesIsRefusedAlone() throws Exception {
        List<Append> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(text(i % 2 == 0 ? "tea" : "milk", ANN, i == 7 || i == 12 ? "x".repeat(65) : "m" + i));
        }

        List<Appended> outcomes = log.append(batch);

        assertThat(List.of(outcomes.get(7), outcomes.get(12)))
                .allSatisfy(outcome -> assertThat(code(outcome)).isEqualTo(ErrorCode.INVALID));
        assertThat(outcomes).filteredOn(Appended.Stored.class::isInstance).hasSize(18);
        assertThat(log.after("tea", 0, 100, ALL).messages())
                .extracting(Message::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 9).boxed().toList());
        assertThat(log.head("milk").orElseThrow().last()).isEqualTo(9);
    }

    @Test
    void anEditRewritesItsTarget() throws Exception {
        fill("tea", 2);
        clock.advance(5);
        Message edit =
                stored(append(edit("tea", ANN, "e", 1, "{\"text\":\"new\"}"))).message();

        assertThat(edit.seq()).isEqualTo(3);
        assertThat(log.after("tea", 0, 10, ALL).messages())
                .satisfiesExactly(
                        root -> assertThat(root.body()).isEqualTo("{\"text\":\"new\"}"),
                        other -> assertThat(other.body()).isEqualTo("{\"text\":\"m2\"}"),
                        entry -> assertThat(entry).isEqualTo(edit));
        Message root = log.before("tea", 100, 10, ALL).messages().get(0);
        assertThat(root.fold()).isEqualTo(new Message.Fold(edit.time(), 0, List.of()));
        assertThat(root.body()).isEqualTo("{\"text\":\"new\"}");
    }

    @Test
    void aDeleteLeavesNothingToRead() throws Exception {
        fill("tea", 2);
        append(edit("tea", ANN, "e", 1, "{\"text\":\"secret\"}"));
        append(react("tea", BOB, "r", 1, "+1", true));
        clock.advance(5);
        append(delete("tea", ANN, "d", 1));

        List<Message> raw = log.after("tea", 0, 10, ALL).messages();
        assertThat(raw).extracting(Message::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(raw.get(0).body()).isEqualTo("{}");
        assertThat(raw.get(2).body()).isEqualTo("{\"target\":1}");
        Message root = log.before("tea", 100, 10, ALL).messages().get(0);
        assertThat(root.body()).isEqualTo("{}");
        assertThat(root.fold().deleted()).isEqualTo(clock.millis());
        assertThat(root.fold().reactions()).isEmpty();
    }

    @Test
    void onlyTheAuthorMayChangeAMessage() throws Exception {
        fill("tea", 1);

        assertThat(code(append(edit("tea", BOB, "e", 1, "{}")))).isEqualTo(ErrorCode.NOT_AUTHOR);
        assertThat(code(append(delete("tea", BOB, "d", 1)))).isEqualTo(ErrorCode.NOT_AUTHOR);
        assertThat(log.head("tea").orElseThrow().last()).isEqualTo(1);
        assertThat(log.after("tea", 0, 10, ALL).messages().get(0).body()).isEqualTo("{\"text\":\"m1\"}");
    }

    @Test
    void aTargetIsARootMessageThatIsThere() throws Exception {
        fill("tea", 3);
        append(edit("tea", ANN, "e", 2, "{}"));
        append(delete("tea", ANN, "d", 3));
        log.open("milk", RoomClass.LOG);

        assertThat(code(append(edit("tea", ANN, "1", 99, "{}")))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(code(append(edit("tea", ANN, "2", 4, "{}")))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(code(append(edit("tea", ANN, "3", 3, "{}")))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(code(append(delete("tea", ANN, "4", 3)))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(code(append(react("tea", ANN, "5", 3, "+1", true)))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(code(append(react("milk", ANN, "6", 1, "+1", true)))).isEqualTo(ErrorCode.NO_TARGET);
        keepNewest("tea", 2);
        assertThat(code(append(edit("tea", ANN, "7", 1, "{}")))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(log.head("tea").orElseThrow().last()).isEqualTo(5);
    }

    @Test
    void aBatchMayChangeWhatItStores() throws Exception {
        List<Appended> outcomes = log.append(List.of(
                text("tea", ANN, "a"),
                edit("tea", ANN, "b", 1, "{\"text\":\"new\"}"),
                react("tea", BOB, "c", 1, "+1", true),
                edit("tea", BOB, "d", 1, "{}"),
                text("tea", ANN, "e"),
                delete("tea", ANN, "f", 4),
                edit("tea", ANN, "g", 4, "{\"text\":\"late\"}")));

        assertThat(code(outcomes.get(3))).isEqualTo(ErrorCode.NOT_AUTHOR);
        assertThat(code(outcomes.get(6))).isEqualTo(ErrorCode.NO_TARGET);
        assertThat(log.before("tea", 100, 10, ALL).messages())
                .satisfiesExactly(
                        edited -> {
                            assertThat(edited.body()).isEqualTo("{\"text\":\"new\"}");
                            assertThat(edited.fold().reactions())
                                    .containsExactly(new Message.Reaction("+1", List.of(BOB.id())));
                        },
                        deleted -> assertThat(deleted.body()).isEqualTo("{}"));
    }

    @Test
    void aKindAndItsChangeBelongTogether() throws Exception {
        fill("tea", 1);
        assertThat(code(append(entry("tea", RoomClass.LOG, ANN, "a", Kind.EDIT, "{}", null))))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(code(append(entry("tea", RoomClass.LOG, ANN, "b", Kind.TEXT, "{}", new Change.Delete(1)))))
                .isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void reactionsFoldInTheOrderTheyWereFirstGiven() throws Exception {
        fill("tea", 1);
        log.append(List.of(
                react("tea", BOB, "1", 1, "tea", true),
                react("tea", ANN, "2", 1, "+1", true),
                react("tea", ANN, "3", 1, "tea", true),
                react("tea", BOB, "4", 1, "tea", true),
                react("tea", BOB, "5", 1, "gone", true)));
        append(react("tea", BOB, "6", 1, "gone", false));
        append(react("tea", BOB, "7", 1, "never", false));

        assertThat(log.before("tea", 2, 10, ALL).messages().get(0).fold().reactions())
                .containsExactly(
                        new Message.Reaction("tea", List.of(BOB.id(), ANN.id())),
                        new Message.Reaction("+1", List.of(ANN.id())));
        log.append(List.of(react("tea", BOB, "8", 1, "tea", false), react("tea", BOB, "9", 1, "tea", true)));
        assertThat(log.before("tea", 2, 10, ALL).messages().get(0).fold().reactions().stream()
                        .filter(reaction -> reaction.emoji().equals("tea")))
                .containsExactly(new Message.Reaction("tea", List.of(ANN.id(), BOB.id())));
    }

    @Test
    void aLatestRoomKeepsItsNewestValue() throws Exception {
        log.append(List.of(value("state.x", ANN, "a"), value("state.x", ANN, "b")));
        append(value("state.x", BOB, "c"));

        Page page = log.after("state.x", 0, 10, ALL);
        assertThat(page.messages()).extracting(Message::seq).containsExactly(3L);
        assertThat(page.first()).isEqualTo(3);
        assertThat(page.more()).isFalse();
        assertThat(log.before("state.x", 100, 10, ALL).messages()).isEqualTo(page.messages());
        assertThat(append(value("state.x", ANN, "a"))).isInstanceOf(Appended.Duplicate.class);
    }

    @Test
    void expectComparesAndSets() throws Exception {
        assertThat(append(expecting(0, "a"))).isInstanceOf(Appended.Stored.class);
        assertThat(append(expecting(1, "b"))).isInstanceOf(Appended.Stored.class);
        assertThat(append(expecting(1, "b"))).isInstanceOf(Appended.Duplicate.class);

        Appended.Refused conflict = (Appended.Refused) append(expecting(1, "c"));
        assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(conflict.current())
                .isEqualTo(log.after("state.x", 0, 1, ALL).messages().get(0));
        assertThat(log.head("state.x").orElseThrow().last()).isEqualTo(2);
    }

    @Test
    void expectSeesWhatTheSameBatchStored() throws Exception {
        List<Appended> outcomes =
                log.append(List.of(expecting(5, "0"), expecting(0, "a"), expecting(0, "b"), expecting(1, "c")));

        assertThat(((Appended.Refused) outcomes.get(0)).current()).isNull();
        assertThat(((Appended.Refused) outcomes.get(2)).current())
                .isEqualTo(stored(outcomes.get(1)).message());
        assertThat(stored(outcomes.get(3)).message().seq()).isEqualTo(2);
    }

    @Test
    void whatTheClassOfARoomCannotDoIsUnsupported() throws Exception {
        append(value("state.x", ANN, "a"));
        log.open("live.x", RoomClass.EPHEMERAL);

        for (Change change : List.of(new Change.Delete(1), new Change.React(1, "+1", true), new Change.Edit(1, "{}"))) {
            String kind = change instanceof Change.Delete
                    ? Kind.DELETE
                    : change instanceof Change.Edit ? Kind.EDIT : Kind.REACT;
            assertThat(code(append(entry("state.x", RoomClass.LATEST, ANN, kind, kind, "{}", change))))
                    .isEqualTo(ErrorCode.UNSUPPORTED);
        }
        assertThat(code(append(text("live.x", ANN, "a")))).isEqualTo(ErrorCode.UNSUPPORTED);
        fill("tea", 1);
        Append expecting = new Append("tea", RoomClass.LOG, ANN, "x", Kind.TEXT, "{}", null, OptionalLong.of(1));
        assertThat(code(append(expecting))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void aRoomKeepsTheClassItWasMadeWith() throws Exception {
        log.open("tea", RoomClass.LATEST);
        append(text("tea", ANN, "a"));
        append(text("tea", ANN, "b"));

        assertThat(log.after("tea", 0, 10, ALL).messages()).hasSize(1);
    }

    @Test
    void afterReadsOnPageByPage() throws Exception {
        fill("tea", 25);

        List<Long> read = new ArrayList<>();
        Page page;
        do {
            page = log.after("tea", read.size(), 10, ALL);
            page.messages().forEach(message -> read.add(message.seq()));
        } while (page.more());
        assertThat(read)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
        assertThat(log.after("tea", 15, 10, ALL).more()).isFalse();
        assertThat(log.after("tea", 25, 10, ALL)).isEqualTo(new Page(page.epoch(), 25, 1, List.of(), false));
        assertThat(log.after("tea", 99, 10, ALL).messages()).isEmpty();
    }

    @Test
    void beforeReadsRootsBackwards() throws Exception {
        fill("tea", 5);
        append(react("tea", BOB, "r", 1, "+1", true));
        append(edit("tea", ANN, "e", 2, "{}"));
        append(text("tea", ANN, "m8"));

        Page newest = log.before("tea", Long.MAX_VALUE, 3, ALL);
        assertThat(newest.messages()).extracting(Message::seq).containsExactly(4L, 5L, 8L);
        assertThat(newest.more()).isTrue();
        Page older = log.before("tea", 4, 3, ALL);
        assertThat(older.messages()).extracting(Message::seq).containsExactly(1L, 2L, 3L);
        assertThat(older.more()).isFalse();
        assertThat(log.before("tea", 1, 3, ALL).messages()).isEmpty();
    }

    @Test
    void aPageEndsWhereItsBodiesExceedTheBytes() throws Exception {
        String body = "{\"text\":\"" + "ä".repeat(50) + "\"}";
        int bytes = 111;
        for (int i = 1; i <= 5; i++) {
            append(entry("tea", RoomClass.LOG, ANN, "m" + i, Kind.TEXT, body, null));
        }

        Page after = log.after("tea", 0, 10, 2 * bytes);
        assertThat(after.messages()).extracting(Message::seq).containsExactly(1L, 2L);
        assertThat(after.more()).isTrue();
        assertThat(log.after("tea", 3, 10, 2 * bytes).more()).isFalse();
        Page before = log.before("tea", 6, 10, 3 * bytes - 1);
        assertThat(before.messages()).extracting(Message::seq).containsExactly(4L, 5L);
        assertThat(before.more()).isTrue();
        assertThat(log.after("tea", 0, 10, 1).messages())
                .extracting(Message::seq)
                .containsExactly(1L);
        assertThat(log.before("tea", 6, 10, 1).messages())
                .extracting(Message::seq)
                .containsExactly(5L);
    }

    @Test
    void aPageAfterATrimmedPositionStartsAtTheOldest() throws Exception {
        fill("tea", 10);
        keepNewest("tea", 3);

        Page page = log.after("tea", 2, 10, ALL);
        assertThat(page.first()).isEqualTo(8);
        assertThat(page.messages()).extracting(Message::seq).containsExactly(8L, 9L, 10L);
        assertThat(log.before("tea", 9, 10, ALL).messages())
                .extracting(Message::seq)
                .containsExactly(8L);
        assertThat(log.before("tea", 9, 10, ALL).more()).isFalse();
        keepNewest("tea", 0);
        assertThat(log.after("tea", 2, 10, ALL)).isEqualTo(new Page(page.epoch(), 10, 11, List.of(), false));
        assertThat(stored(append(text("tea", ANN, "next"))).message().seq()).isEqualTo(11);
        assertThat(log.after("tea", 2, 10, ALL).first()).isEqualTo(11);
    }

    @Test
    void renewedEpochsAreNewForEveryRoom() throws Exception {
        String tea = log.open("tea", RoomClass.LOG).epoch();
        String milk = log.open("milk", RoomClass.LOG).epoch();
        log.renewEpochs();

        List<String> renewed =
                log.heads(List.of("tea", "milk")).stream().map(RoomHead::epoch).toList();
        assertThat(renewed).doesNotHaveDuplicates().doesNotContain(tea, milk);
        assertThat(stored(append(text("tea", ANN, "a"))).epoch())
                .isEqualTo(log.after("tea", 0, 1, ALL).epoch())
                .isEqualTo(log.head("tea").orElseThrow().epoch());
    }

    protected final Appended append(Append entry) throws LogUnavailableException {
        return log.append(List.of(entry)).get(0);
    }

    /** Appends texts of {@link #ANN} with the ids m1 … m{count}. */
    protected final void fill(String room, int count) throws LogUnavailableException {
        List<Append> batch = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            batch.add(text(room, ANN, "m" + i));
        }
        assertThat(log.append(batch)).allMatch(Appended.Stored.class::isInstance);
    }

    protected static Append text(String room, User from, String id) {
        return entry(room, RoomClass.LOG, from, id, Kind.TEXT, "{\"text\":\"" + id + "\"}", null);
    }

    protected static Append value(String room, User from, String id) {
        return entry(room, RoomClass.LATEST, from, id, Kind.TEXT, "{\"text\":\"" + id + "\"}", null);
    }

    private static Append expecting(long seq, String id) {
        return new Append("state.x", RoomClass.LATEST, ANN, id, Kind.TEXT, "{\"v\":1}", null, OptionalLong.of(seq));
    }

    protected static Append edit(String room, User from, String id, long target, String body) {
        return entry(
                room, RoomClass.LOG, from, id, Kind.EDIT, "{\"target\":" + target + "}", new Change.Edit(target, body));
    }

    protected static Append delete(String room, User from, String id, long target) {
        return entry(
                room, RoomClass.LOG, from, id, Kind.DELETE, "{\"target\":" + target + "}", new Change.Delete(target));
    }

    protected static Append react(String room, User from, String id, long target, String emoji, boolean given) {
        return entry(room, RoomClass.LOG, from, id, Kind.REACT, "{}", new Change.React(target, emoji, given));
    }

    private static Append entry(
            String room, RoomClass roomClass, User from, String id, String kind, String body, Change change) {
        return new Append(room, roomClass, from, id, kind, body, change, OptionalLong.empty());
    }

    protected static Appended.Stored stored(Appended outcome) {
        assertThat(outcome).isInstanceOf(Appended.Stored.class);
        return (Appended.Stored) outcome;
    }

    protected static ErrorCode code(Appended outcome) {
        assertThat(outcome).isInstanceOf(Appended.Refused.class);
        return ((Appended.Refused) outcome).code();
    }
}

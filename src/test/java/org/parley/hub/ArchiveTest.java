package org.parley.hub;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArchiveTest {
    private static final User ADA = new User("guest:ada", "Ada", true);

    private final MemoryMessageLog log = new MemoryMessageLog(Clock.systemUTC());
    private final Archive archive = new Archive(
            log, log, room -> room.startsWith("live") ? RoomClass.EPHEMERAL : RoomClass.LOG, Limits.DEFAULT);

    @BeforeEach
    void publish() throws Exception {
        List<Append> appends = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            appends.add(new Append("lobby", RoomClass.LOG, ADA, "k" + i, Kind.TEXT, "{}", null, OptionalLong.empty()));
        }
        log.append(appends);
    }

    private static List<Long> seqs(Delivery.History page) {
        return page.messages().stream().map(Message::seq).toList();
    }

    @Test
    void goesForwardToThePresent() throws Exception {
        Delivery.History page = archive.after(Access.EVERY_ROOM, "lobby", 3, 4);
        assertThat(seqs(page)).containsExactly(4L, 5L, 6L, 7L);
        assertThat(page.position().seq()).isEqualTo(7);
        assertThat(page.more()).isTrue();
        assertThat(page.recovered()).isTrue();
        Delivery.History last = archive.after(Access.EVERY_ROOM, "lobby", 7, 100);
        assertThat(seqs(last)).containsExactly(8L, 9L, 10L);
        assertThat(last.more()).isFalse();
        Delivery.History nothingNew = archive.after(Access.EVERY_ROOM, "lobby", 10, 100);
        assertThat(nothingNew.messages()).isEmpty();
        assertThat(nothingNew.position().seq()).isEqualTo(10);
        assertThat(nothingNew.recovered()).isTrue();
    }

    @Test
    void givesTheNewestPageWhereItCannotGoOn() throws Exception {
        Delivery.History future = archive.after(Access.EVERY_ROOM, "lobby", 11, 2);
        assertThat(future.recovered()).isFalse();
        assertThat(seqs(future)).containsExactly(9L, 10L);
        log.keepNewest("lobby", 3);
        assertThat(archive.after(Access.EVERY_ROOM, "lobby", 7, 100).recovered())
                .as("just kept")
                .isTrue();
        Delivery.History trimmed = archive.after(Access.EVERY_ROOM, "lobby", 6, 100);
        assertThat(trimmed.recovered()).isFalse();
        assertThat(seqs(trimmed)).containsExactly(8L, 9L, 10L);
        assertThat(trimmed.position().seq()).isEqualTo(10);
    }

    @Test
    void goesBackwardFromASeqOrTheEnd() throws Exception {
        assertThat(seqs(archive.before(Access.EVERY_ROOM, "lobby", 3, 100))).containsExactly(1L, 2L);
        Delivery.History newest = archive.before(Access.EVERY_ROOM, "lobby", Long.MAX_VALUE, 2);
        assertThat(seqs(newest)).containsExactly(9L, 10L);
        assertThat(newest.more()).isTrue();
    }

    @Test
    void knowsNoPositionInARoomThatNobodyUsed() throws Exception {
        assertThat(archive.before(Access.EVERY_ROOM, "empty", Long.MAX_VALUE, 10))
                .isEqualTo(new Delivery.History(null, "empty", null, List.of(), false, true));
        assertThat(log.head("empty")).as("reading makes no room").isEmpty();
    }

    @Test
    void refusesWhatMayNotBeReadOrIsNotKept() {
        Access none = new Access() {
            @Override
            public boolean mayRead(String room) {
                return false;
            }

            @Override
            public boolean mayWrite(String room) {
                return true;
            }

            @Override
            public boolean admin() {
                return false;
            }
        };
        assertThatThrownBy(() -> archive.after(none, "lobby", 0, 10))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        assertThatThrownBy(() -> archive.before(none, "lobby", 5, 10)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> archive.before(Access.EVERY_ROOM, "live.a", 5, 10))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
}

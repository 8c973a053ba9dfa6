package org.parley.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.parley.hub.Append;
import org.parley.hub.Following;
import org.parley.hub.Kind;
import org.parley.hub.MessageLog;
import org.parley.hub.RoomClass;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link Following} promises, together with the log that it belongs to. */
public abstract class FollowingContract {
    private static final User ANN = new User("guest:ann", "Ann", true);
    private static final User BOB = new User("guest:bob", "Bob", true);

    protected final TestClock clock = new TestClock(Instant.parse("2026-01-01T00:00:00Z"));
    private MessageLog log;
    private Following following;
    private int ids;

    /** A log without any room, which the adapter's own test closes. */
    protected abstract MessageLog open() throws Exception;

    /** Of the log that was opened. */
    protected abstract Following following();

    /** Lets the log forget all but the newest {@code count} entries of the room. */
    protected abstract void keepNewest(String room, int count) throws Exception;

    @BeforeEach
    void openLog() throws Exception {
        log = open();
        following = following();
    }

    @Test
    void aNewFollowerHasReadWhatThereIs() throws Exception {
        say(BOB, "tea", 3);
        following.follow(ANN.id(), "tea");

        assertThat(following.rooms(ANN.id())).satisfiesExactly(tea -> {
            assertThat(tea.head()).isEqualTo(log.head("tea").orElseThrow());
            assertThat(tea.read()).isEqualTo(3);
            assertThat(tea.unread()).isZero();
        });
    }

    @Test
    void followingAgainKeepsTheMarker() throws Exception {
        follow(ANN, "tea");
        say(BOB, "tea", 3);
        following.follow(ANN.id(), "tea");

        assertThat(only(ANN).unread()).isEqualTo(3);
    }

    @Test
    void onlyCountableMessagesAreUnread() throws Exception {
        follow(ANN, "tea");
        append(BOB, "tea", Kind.TEXT, null);
        append(BOB, "tea", Kind.REACT, new Append.Change.React(1, "+1", true));
        append(BOB, "tea", "x-poll", null);
        append(BOB, "tea", Kind.FILE, null);

        assertThat(only(ANN).unread()).isEqualTo(2);
        assertThat(following.read(ANN.id(), "tea", 2)).isEqualTo(2);
        assertThat(only(ANN).unread()).isEqualTo(1);
    }

    @Test
    void theMarkerOnlyMovesForwardAndNotBeyondTheLast() throws Exception {
        follow(ANN, "tea");
        say(BOB, "tea", 5);

        assertThat(following.read(ANN.id(), "tea", 3)).isEqualTo(3);
        assertThat(following.read(ANN.id(), "tea", 2)).isEqualTo(3);
        assertThat(only(ANN).unread()).isEqualTo(2);
        assertThat(following.read(ANN.id(), "tea", Long.MAX_VALUE)).isEqualTo(5);
        assertThat(only(ANN).unread()).isZero();
    }

    @Test
    void whoDoesNotFollowHasNoMarker() throws Exception {
        say(BOB, "tea", 5);

        assertThat(following.read(ANN.id(), "tea", 3)).isZero();
        assertThat(following.read(ANN.id(), "none", 3)).isZero();
        assertThat(following.rooms(ANN.id())).isEmpty();
    }

    @Test
    void publishingMovesOnesOwnMarker() throws Exception {
        follow(ANN, "tea");
        follow(BOB, "tea");
        say(BOB, "tea", 2);
        say(ANN, "tea", 1);
        say(BOB, "tea", 2);

        assertThat(only(ANN).read()).isEqualTo(3);
        assertThat(only(ANN).unread()).isEqualTo(2);
        assertThat(only(BOB).unread()).isZero();
        assertThat(only(BOB).read()).isEqualTo(5);
    }

    @Test
    void unreadSurvivesTrimming() throws Exception {
        follow(ANN, "tea");
        say(BOB, "tea", 4);
        following.read(ANN.id(), "tea", 2);
        say(BOB, "tea", 6);
        keepNewest("tea", 3);

        assertThat(only(ANN).unread()).isEqualTo(8);
        assertThat(following.read(ANN.id(), "tea", 5)).isEqualTo(5);
        assertThat(only(ANN).unread()).isEqualTo(3);
        assertThat(following.read(ANN.id(), "tea", 9)).isEqualTo(9);
        assertThat(only(ANN).unread()).isEqualTo(1);
    }

    @Test
    void theValueOfALatestRoomIsUnreadOnce() throws Exception {
        log.open("state.x", RoomClass.LATEST);
        following.follow(ANN.id(), "state.x");
        say(BOB, "state.x", 3);

        assertThat(following.read(ANN.id(), "state.x", 2)).isEqualTo(2);
        assertThat(only(ANN).unread()).isEqualTo(1);
        following.read(ANN.id(), "state.x", 3);
        assertThat(only(ANN).unread()).isZero();
    }

    @Test
    void followedRoomsAreListedByName() throws Exception {
        follow(ANN, "tea");
        follow(ANN, "milk");
        follow(BOB, "bread");
        assertThat(following.rooms(ANN.id()))
                .extracting(followed -> followed.head().room())
                .containsExactly("milk", "tea");

        following.unfollow(ANN.id(), "milk");
        following.unfollow(ANN.id(), "milk");
        following.unfollow(ANN.id(), "none");
        assertThat(following.rooms(ANN.id()))
                .extracting(followed -> followed.head().room())
                .containsExactly("tea");
    }

    @Test
    void aRoomThatDoesNotExistCannotBeFollowed() {
        assertThatThrownBy(() -> following.follow(ANN.id(), "none"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none");
    }

    private Following.Followed only(User user) throws Exception {
        List<Following.Followed> rooms = following.rooms(user.id());
        assertThat(rooms).hasSize(1);
        return rooms.get(0);
    }

    private void follow(User user, String room) throws Exception {
        log.open(room, RoomClass.LOG);
        following.follow(user.id(), room);
    }

    private void say(User from, String room, int count) throws Exception {
        List<Append> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            batch.add(entry(from, room, Kind.TEXT, null));
        }
        log.append(batch);
    }

    private void append(User from, String room, String kind, Append.Change change) throws Exception {
        log.append(List.of(entry(from, room, kind, change)));
    }

    private Append entry(User from, String room, String kind, Append.Change change) {
        return new Append(room, RoomClass.LOG, from, "i" + ids++, kind, "{}", change, OptionalLong.empty());
    }
}

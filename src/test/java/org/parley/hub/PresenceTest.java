package org.parley.hub;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PresenceTest {
    private final Presence presence = new Presence();

    private static User user(String name) {
        return new User("guest:" + name, name, true);
    }

    private void join(int from, int to) {
        IntStream.range(from, to).forEach(i -> presence.join(user("u" + i)));
    }

    @Test
    void tellsNothingWhenNothingChanged() {
        assertThat(presence.drain("r")).isNull();
        presence.join(user("ada"));
        assertThat(presence.drain("r").joined()).containsExactly(user("ada"));
        assertThat(presence.drain("r")).isNull();
    }

    @Test
    void countsAUserOnceHoweverManyConnections() {
        presence.join(user("ada"));
        presence.join(user("ada"));
        assertThat(presence.shown().count()).isEqualTo(1);
        presence.drain("r");
        presence.leave(user("ada"));
        assertThat(presence.drain("r")).isNull();
        presence.leave(user("ada"));
        Delivery.PresenceChanged change = presence.drain("r");
        assertThat(change).isEqualTo(new Delivery.PresenceChanged("r", 0, change.joined(), change.left()));
        assertThat(change.joined()).isEmpty();
        assertThat(change.left()).containsExactly(user("ada"));
    }

    @Test
    void isSilentAboutAReload() {
        presence.join(user("ada"));
        presence.drain("r");
        presence.leave(user("ada"));
        presence.join(user("ada"));
        assertThat(presence.drain("r")).isNull();
    }

    @Test
    void isSilentAboutWhoOnlyPassedThrough() {
        presence.join(user("ada"));
        presence.leave(user("ada"));
        assertThat(presence.drain("r")).isNull();
        assertThat(presence.shown().users()).isEmpty();
    }

    @Test
    void ignoresWhoWasNotThere() {
        presence.leave(user("nobody"));
        assertThat(presence.drain("r")).isNull();
        assertThat(presence.shown().count()).isZero();
    }

    @Test
    void tellsOfWhoCameAndWhoWentTogether() {
        presence.join(user("ada"));
        presence.join(user("bob"));
        presence.drain("r");
        presence.leave(user("ada"));
        presence.join(user("carl"));
        Delivery.PresenceChanged change = presence.drain("r");
        assertThat(change.count()).isEqualTo(2);
        assertThat(change.joined()).containsExactly(user("carl"));
        assertThat(change.left()).containsExactly(user("ada"));
    }

    @Test
    void showsTheFirstHundredAndTheTrueCount() {
        join(0, 150);
        Delivery.Present shown = presence.shown();
        assertThat(shown.count()).isEqualTo(150);
        assertThat(shown.users()).hasSize(100).startsWith(user("u0")).endsWith(user("u99"));
    }

    @Test
    void namesChangesUpToTwoHundredUsersAndOnlyCountsBeyond() {
        join(0, 199);
        presence.drain("r");
        join(199, 200);
        assertThat(presence.drain("r").joined()).containsExactly(user("u199"));
        join(200, 201);
        assertThat(presence.drain("r").joined()).isEmpty();
        presence.leave(user("u0"));
        presence.leave(user("u1"));
        join(300, 302);
        Delivery.PresenceChanged change = presence.drain("r");
        assertThat(change.count()).isEqualTo(201);
        assertThat(change.left()).isEmpty();
    }
}

package org.parley.auth;

import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.parley.hub.Access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenAccessTest {
    @Test
    void grantsNamesAndBeginnings() throws ParseException {
        Access access = TokenAccess.of(Map.of("team.*", "rw", "news", "r", "inbox", "w"));
        assertThat(access.mayRead("team.a")).isTrue();
        assertThat(access.mayWrite("team.a.b")).isTrue();
        assertThat(access.mayRead("team")).isFalse();
        assertThat(access.mayRead("teamxa")).isFalse();
        assertThat(access.mayRead("news")).isTrue();
        assertThat(access.mayWrite("news")).isFalse();
        assertThat(access.mayRead("newsroom")).isFalse();
        assertThat(access.mayRead("inbox")).isFalse();
        assertThat(access.mayWrite("inbox")).isTrue();
        assertThat(access.mayRead("other")).isFalse();
        assertThat(access.admin()).isFalse();
    }

    @Test
    void addsUpWhatMatches() throws ParseException {
        Access access = TokenAccess.of(Map.of("*", "r", "team.*", "w"));
        assertThat(access.mayRead("team.a")).isTrue();
        assertThat(access.mayWrite("team.a")).isTrue();
        assertThat(access.mayWrite("news")).isFalse();
    }

    @Test
    void administersOnlyWithEveryRoom() throws ParseException {
        Access admin = TokenAccess.of(Map.of("*", "admin"));
        assertThat(admin.admin()).isTrue();
        assertThat(admin.mayWrite("anything")).isTrue();
        assertThatThrownBy(() -> TokenAccess.of(Map.of("team.*", "admin"))).isInstanceOf(ParseException.class);
    }

    @Test
    void opensEveryRoomWithoutTheClaimAndNoneWithAnEmptyOne() throws ParseException {
        assertThat(TokenAccess.of(null)).isSameAs(Access.EVERY_ROOM);
        assertThat(TokenAccess.of(Map.of()).mayRead("news")).isFalse();
    }

    @Test
    void refusesAnyOtherForm() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 257; i++) {
            many.put("room" + i, "r");
        }
        for (Object claim : List.of(
                "team.*",
                List.of(Map.of("pattern", "x", "access", "r")),
                Map.of("x", "R"),
                Map.of("x", "wr"),
                Map.of("x", 1),
                Map.of("x", List.of("r")),
                Map.of("", "r"),
                Map.of("a*b", "r"),
                Map.of("**", "r"),
                many)) {
            assertThatThrownBy(() -> TokenAccess.of(claim)).isInstanceOf(ParseException.class);
        }
    }
}

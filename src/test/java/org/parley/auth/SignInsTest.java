package org.parley.auth;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.hub.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignInsTest {
    private final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    private DataSource database;
    private SignIns signIns;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.in(directory);
        signIns = node();
    }

    private SignIns node() {
        return new SignIns(database, clock, new SecureRandom());
    }

    @Test
    void makesAGuestWhoseCookieProvesIt() throws Exception {
        Identity ada = signIns.signIn(" Ada ");

        assertThat(ada.user().id()).matches("guest:[A-Za-z0-9_-]{22}");
        assertThat(ada.user().name()).isEqualTo("Ada");
        assertThat(ada.user().guest()).isTrue();
        assertThat(ada.access().admin()).isFalse();
        assertThat(ada.expires())
                .isEqualTo(clock.millis() + Duration.ofDays(180).toMillis());
        assertThat(signIns.verify(signIns.cookie(ada))).isEqualTo(new Authenticated(ada));
    }

    @Test
    void sendsACookieThatNeedsNoQuotes() throws Exception {
        assertThat(signIns.cookie(signIns.signIn("J\u00f6rg \"; x=\\ \ud83d\ude80")))
                .matches("[A-Za-z0-9._-]{1,600}");
    }

    @Test
    void makesDifferentGuestsOfOneName() throws Exception {
        assertThat(signIns.signIn("Ada").user().id())
                .isNotEqualTo(signIns.signIn("Ada").user().id());
    }

    @Test
    void signsWithTheSameKeyAfterARestartAndOnEveryNode() throws Exception {
        Identity ada = signIns.signIn("Ada");
        assertThat(node().verify(signIns.cookie(ada))).isEqualTo(new Authenticated(ada));
    }

    @Test
    void refusesAnySingleChangedCharacter() throws Exception {
        String cookie = signIns.cookie(signIns.signIn("Ada"));
        Set<Reason> reasons = new HashSet<>();
        for (int i = 0; i < cookie.length(); i++) {
            char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
            reasons.add(reason(signIns.verify(cookie.substring(0, i) + other + cookie.substring(i + 1))));
        }
        assertThat(reasons).containsExactly(Reason.INVALID);
    }

    @Test
    void refusesACookieOfAnotherKey() throws Exception {
        SignedCookie other = new SignedCookie(new byte[32]);
        Identity ada = signIns.signIn("Ada");
        String forged = other.sign(new SignedCookie.Content(
                ada.signIn(), ada.user().id().substring("guest:".length()), "Ada", clock.millis()));
        assertThat(reason(signIns.verify(forged))).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesWhatIsNoCookie() {
        for (String value : List.of("", ".", "....", "1.a.b.c.d.e", "\u20ac.\u20ac", "x".repeat(100_000), "1.2.3")) {
            assertThat(reason(signIns.verify(value))).isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void refusesAnExpiredSignIn() throws Exception {
        String cookie = signIns.cookie(signIns.signIn("Ada"));
        clock.pass(Duration.ofDays(180).minusMillis(1));
        assertThat(signIns.verify(cookie)).isInstanceOf(Authenticated.class);
        clock.pass(Duration.ofMillis(1));
        assertThat(reason(signIns.verify(cookie))).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void tellsEveryNodeWhoseSignInsWereRevokedLately() throws Exception {
        SignIns other = node();
        Identity ada = signIns.signIn("Ada");
        signIns.signIn("Bob");
        assertThat(other.revokedLately()).isEmpty();
        signIns.revoke(ada);
        clock.pass(Duration.ofMinutes(4));
        assertThat(other.revokedLately()).containsExactly(ada.user().id());
        clock.pass(Duration.ofMinutes(2));
        assertThat(other.revokedLately()).isEmpty();
    }

    @Test
    void refusesARevokedSignInAtOnceAndTellsListeners() throws Exception {
        List<Identity> told = new ArrayList<>();
        signIns.onRevoked(told::add);
        Identity ada = signIns.signIn("Ada");
        Identity bob = signIns.signIn("Bob");
        assertThat(signIns.verify(signIns.cookie(ada))).isInstanceOf(Authenticated.class);

        signIns.revoke(ada);

        assertThat(reason(signIns.verify(signIns.cookie(ada)))).isEqualTo(Reason.REVOKED);
        assertThat(signIns.holds(ada.signIn())).isFalse();
        assertThat(signIns.verify(signIns.cookie(bob))).isInstanceOf(Authenticated.class);
        assertThat(told).containsExactly(ada);
    }

    @Test
    void anotherNodeLearnsOfARevocationWithinTenSeconds() throws Exception {
        SignIns other = node();
        Identity ada = signIns.signIn("Ada");
        assertThat(other.verify(signIns.cookie(ada))).isInstanceOf(Authenticated.class);
        signIns.revoke(ada);
        clock.pass(Duration.ofMillis(SignIns.CHECK_GOOD_FOR_MILLIS + 1));
        assertThat(reason(other.verify(signIns.cookie(ada)))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void refusesASignInThatTheDatabaseDoesNotKnow() throws Exception {
        Identity ada = signIns.signIn("Ada");
        execute("DELETE FROM sign_in");
        assertThat(reason(signIns.verify(signIns.cookie(ada)))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void renamesAGuestAndHoldsForAnother180Days() throws Exception {
        Identity ada = signIns.signIn("Ada");
        clock.pass(Duration.ofDays(100));
        Identity renamed = signIns.rename(ada, "Ada L.").orElseThrow();

        assertThat(renamed.user()).isEqualTo(new User(ada.user().id(), "Ada L.", true));
        assertThat(renamed.signIn()).isEqualTo(ada.signIn());
        clock.pass(Duration.ofDays(100));
        signIns.signIn("somebody who makes the server sweep");
        assertThat(signIns.verify(signIns.cookie(renamed))).isEqualTo(new Authenticated(renamed));
    }

    @Test
    void doesNotRenameWhoWasRevoked() throws Exception {
        Identity ada = signIns.signIn("Ada");
        signIns.revoke(ada);
        assertThat(signIns.rename(ada, "Eve")).isEmpty();
        assertThat(reason(signIns.verify(signIns.cookie(ada)))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void keepsTokenUsersNamesFromGuests() throws Exception {
        signIns.seen(new User("user:idp:1", "Grace Hopper", false));

        assertThatThrownBy(() -> signIns.signIn("grace  HOPPER"))
                .isInstanceOfSatisfying(
                        NameException.class, e -> assertThat(e.taken()).isTrue());
        Identity ada = signIns.signIn("Ada");
        assertThatThrownBy(() -> signIns.rename(ada, "Grace Hopper")).isInstanceOf(NameException.class);

        signIns.seen(new User("user:idp:1", "Grace Murray", false));
        assertThat(signIns.signIn("Grace Hopper").user().name()).isEqualTo("Grace Hopper");
        assertThatThrownBy(() -> node().signIn("Grace Murray")).isInstanceOf(NameException.class);
    }

    @Test
    void forgetsExpiredSignIns() throws Exception {
        signIns.signIn("Ada");
        clock.pass(Duration.ofDays(181));
        signIns.signIn("Bob");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT name FROM sign_in")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("Bob");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void saysWhenTheDatabaseDoesNotAnswer() throws Exception {
        Identity ada = signIns.signIn("Ada");
        execute("DROP TABLE sign_in");
        assertThatThrownBy(() -> signIns.verify(signIns.cookie(ada))).isInstanceOf(SignInsUnavailableException.class);
        SQLiteDataSource empty = new SQLiteDataSource();
        empty.setUrl("jdbc:sqlite:" + directory.resolve("empty.db"));
        assertThatThrownBy(() -> new SignIns(empty, clock, new SecureRandom()))
                .isInstanceOf(SignInsUnavailableException.class);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static Reason reason(Authentication outcome) {
        return ((Refused) outcome).reason();
    }
}

package org.parley.auth;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuthenticatorTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final TokenSettings BY_SECRET =
            new TokenSettings(Optional.of(SECRET), Optional.empty(), Optional.empty(), Optional.empty());

    private final SettableClock clock = new SettableClock();

    @TempDir
    Path directory;

    private DataSource database;
    private SignIns signIns;
    private Authenticator both;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.in(directory);
        signIns = new SignIns(database, clock, new SecureRandom());
        both = authenticator(Mode.BOTH);
    }

    @Test
    void letsTheFirstPresentCredentialDecide() throws Exception {
        String cookie = signIns.cookie(signIns.signIn("Guest"));
        Optional<String> a = Optional.of(token("a"));
        Optional<String> b = Optional.of(Base64URL.encode(token("b")).toString());
        Optional<String> c = Optional.of(cookie);
        Optional<String> d = Optional.of(token("d"));
        Optional<String> none = Optional.empty();

        assertThat(name(both.authenticate(new Credentials(a, b, c, d)))).isEqualTo("a");
        assertThat(name(both.authenticate(new Credentials(none, b, c, d)))).isEqualTo("b");
        assertThat(name(both.authenticate(new Credentials(none, none, c, d)))).isEqualTo("Guest");
        assertThat(name(both.authenticate(new Credentials(none, none, none, d))))
                .isEqualTo("d");
        assertThat(reason(both.authenticate(Credentials.NONE))).isEqualTo(Reason.MISSING);
    }

    @Test
    void triesNothingAfterABadCredential() throws Exception {
        Optional<String> bad = Optional.of("bad");
        Optional<String> good = Optional.of(token("good"));
        Optional<String> none = Optional.empty();
        assertThat(reason(both.authenticate(new Credentials(bad, none, none, good))))
                .isEqualTo(Reason.INVALID);
        assertThat(reason(both.authenticate(new Credentials(none, bad, none, good))))
                .isEqualTo(Reason.INVALID);
        assertThat(reason(both.authenticate(new Credentials(none, Optional.of("%%"), none, good))))
                .isEqualTo(Reason.INVALID);
        assertThat(reason(both.authenticate(new Credentials(none, none, bad, good))))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void takesOnlyWhatTheModeSays() throws Exception {
        Credentials cookie = new Credentials(
                Optional.empty(),
                Optional.empty(),
                Optional.of(signIns.cookie(signIns.signIn("Guest"))),
                Optional.empty());
        Credentials bearer =
                new Credentials(Optional.of(token("a")), Optional.empty(), Optional.empty(), Optional.empty());
        Authenticator guests = authenticator(Mode.GUEST);
        Authenticator tokens = authenticator(Mode.TOKEN);

        assertThat(name(guests.authenticate(cookie))).isEqualTo("Guest");
        assertThat(reason(guests.authenticate(bearer))).isEqualTo(Reason.NOT_ACCEPTED);
        assertThat(reason(tokens.authenticate(cookie))).isEqualTo(Reason.MISSING);
        assertThat(name(tokens.authenticate(bearer))).isEqualTo("a");
        assertThat(reason(tokens.signIn("Ada", "192.0.2.1", Optional.empty()))).isEqualTo(Reason.NOT_ACCEPTED);
    }

    @Test
    void aLeftOverCookieDoesNotHideTheQueryTokenWhereGuestsAreNotTaken() throws Exception {
        Credentials credentials =
                new Credentials(Optional.empty(), Optional.empty(), Optional.of("left over"), Optional.of(token("a")));
        assertThat(name(authenticator(Mode.TOKEN).authenticate(credentials))).isEqualTo("a");
    }

    @Test
    void limitsSignInsOfAnAddress() {
        for (int i = 0; i < 3; i++) {
            assertThat(both.signIn("Ada", "192.0.2.1", Optional.empty())).isInstanceOf(Authenticated.class);
        }
        Refused refused = (Refused) both.signIn("Ada", "192.0.2.1", Optional.empty());
        assertThat(refused.reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
        assertThat(refused.retryAfter()).hasSeconds(20);
        assertThat(both.signIn("Ada", "192.0.2.2", Optional.empty())).isInstanceOf(Authenticated.class);
    }

    @Test
    void renamesWhoIsSignedInAndStartsAnewWithWhoWasRevoked() {
        Identity ada = ((Authenticated) both.signIn("Ada", "192.0.2.1", Optional.empty())).identity();
        Identity renamed = ((Authenticated) both.signIn("Bob", "192.0.2.1", Optional.of(ada))).identity();
        assertThat(renamed.user().id()).isEqualTo(ada.user().id());
        signIns.revoke(renamed);
        Identity anew = ((Authenticated) both.signIn("Eve", "192.0.2.1", Optional.of(renamed))).identity();
        assertThat(anew.user().id()).isNotEqualTo(ada.user().id());
    }

    @Test
    void keepsTheNamesOfTokenUsersThatCame() throws Exception {
        assertThat(both.signIn("Grace", "192.0.2.1", Optional.empty())).isInstanceOf(Authenticated.class);
        both.token(token("Grace"));
        assertThat(reason(both.signIn("GRACE", "192.0.2.1", Optional.empty()))).isEqualTo(Reason.NAME_TAKEN);
        assertThat(reason(both.signIn("", "192.0.2.1", Optional.empty()))).isEqualTo(Reason.NAME_NOT_ALLOWED);
    }

    @Test
    void tellsAnAbsentDatabaseFromABadCookieAndLetsTokensIn() throws Exception {
        String cookie = signIns.cookie(signIns.signIn("Ada"));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE sign_in");
            statement.executeUpdate("DROP TABLE token_user");
        }
        Credentials guest = new Credentials(Optional.empty(), Optional.empty(), Optional.of(cookie), Optional.empty());
        assertThat(reason(both.authenticate(guest))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(reason(both.signIn("Ada", "192.0.2.1", Optional.empty()))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(name(both.token(token("Grace")))).isEqualTo("Grace");
    }

    @Test
    void printsNoCredential() throws Exception {
        String token = token("a");
        Credentials credentials =
                new Credentials(Optional.of(token), Optional.of(token), Optional.of(token), Optional.of(token));
        assertThat(credentials.toString()).doesNotContain(token);
    }

    @Test
    void refusesSettingsThatLetNobodyIn() {
        assertThatThrownBy(() -> new AuthSettings(Mode.TOKEN, TokenSettings.NONE, Set.of(), 30))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AuthSettings(Mode.BOTH, TokenSettings.NONE, Set.of(), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Authenticator authenticator(Mode mode) {
        return new Authenticator(mode, signIns, new Tokens(BY_SECRET, clock), 3, clock);
    }

    private String token(String subject) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(subject)
                .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                .build();
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(SECRET));
        return jwt.serialize();
    }

    private static String name(Authentication outcome) {
        return ((Authenticated) outcome).identity().user().name();
    }

    private static Reason reason(Authentication outcome) {
        return ((Refused) outcome).reason();
    }
}

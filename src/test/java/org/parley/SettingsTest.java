package org.parley;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.parley.auth.Mode;
import org.parley.hub.Limits;
import org.parley.hub.RoomClass;
import org.parley.log.Retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SettingsTest {
    private final Map<String, String> set = new HashMap<>();

    private Settings read() {
        return Settings.read(name -> Optional.ofNullable(set.get(name)));
    }

    private Settings with(String name, String value) {
        set.put(name, value);
        return read();
    }

    private void refused(String name, String value, String... expected) {
        set.put(name, value);
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Parley cannot start: ")
                .hasMessageContaining(name)
                .hasMessageContainingAll(expected);
    }

    @Test
    void needsNothingToBeSet() {
        Settings settings = read();
        assertThat(settings.dataDir()).isEqualTo(Path.of(System.getProperty("user.home"), ".parley"));
        assertThat(settings.database()).isEmpty();
        assertThat(settings.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(settings.retentionOf("lobby")).isEqualTo(Retention.EVERYTHING);
        assertThat(settings.trimEvery()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.renewEpochs()).isFalse();
        assertThat(settings.auth().mode()).isEqualTo(Mode.BOTH);
        assertThat(settings.endpoint().node()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "lobby,LOG",
        "state.deploy,LATEST",
        "live.cursor,EPHEMERAL",
        "state,LOG",
        "statex,LOG",
        "my.state.x,LOG",
        "_chat,EPHEMERAL",
        "_clients,EPHEMERAL",
        "_toggle,LATEST",
        "_toggles,LOG"
    })
    void classesRoomsByTheirName(String room, RoomClass expected) {
        assertThat(read().classOf(room)).isEqualTo(expected);
    }

    @Test
    void takesTheFirstRuleThatMatchesBeforeTheDefaults() {
        Settings settings =
                with("parley.rooms.class", "state.minutes=log, state.*.raw=Ephemeral\nalerts.*=LATEST,alerts.old=log");
        assertThat(settings.classOf("state.minutes")).isEqualTo(RoomClass.LOG);
        assertThat(settings.classOf("state.disk.raw")).isEqualTo(RoomClass.EPHEMERAL);
        assertThat(settings.classOf("state.disk")).isEqualTo(RoomClass.LATEST);
        assertThat(settings.classOf("alerts.old")).isEqualTo(RoomClass.LATEST);
        assertThat(settings.classOf("alertsXold")).as("a dot is a dot").isEqualTo(RoomClass.LOG);
    }

    @Test
    void letsNobodyChangeTheClassOfTheTutorialsRooms() {
        Settings settings = with("parley.rooms.class", "*=log");
        assertThat(settings.classOf("_toggle")).isEqualTo(RoomClass.LATEST);
        assertThat(settings.classOf("live.cursor")).isEqualTo(RoomClass.LOG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"news", "news=", "=log", "news=box", "a=log=latest", "a=log,b", ","})
    void refusesRulesThatAreNone(String value) {
        refused("parley.rooms.class", value, "is \"" + value + "\" but must be pairs such as");
    }

    @Test
    void liftsRatesAndCountsButNoSizes() {
        set.put("parley.limits.page-messages", "77");
        Limits limits = with("parley.limits", "off").limits();
        assertThat(limits.publishesPerSecond()).isZero();
        assertThat(limits.roomsPerConnection()).isEqualTo(Integer.MAX_VALUE);
        assertThat(limits.membersPerRoom()).isEqualTo(Integer.MAX_VALUE);
        assertThat(limits.appendQueue()).isEqualTo(Limits.DEFAULT.appendQueue());
        assertThat(limits.pageMessages()).isEqualTo(77);
        assertThat(read().auth().signInsPerMinute()).isZero();
    }

    @Test
    void saysABadSwitchOnce() {
        set.put("parley.limits", "maybe");
        assertThatThrownBy(this::read)
                .hasMessage("Parley cannot start: parley.limits is \"maybe\" but must be on or off.");
    }

    @Test
    void givesAnOutboxRoomForFourMessages() {
        assertThat(with("parley.max-message-bytes", "1048576").endpoint().outboxBytes())
                .isEqualTo(4 << 20);
        assertThat(with("parley.outbox-bytes", "8388608").endpoint().outboxBytes())
                .isEqualTo(8 << 20);
    }

    @Test
    void refusesAShortestPauseBeyondTheLongest() {
        set.put("parley.reconnect.min", "1m");
        refused("parley.reconnect.max", "20s", "parley.reconnect.max is \"20s\" but must be");
    }

    @Test
    void takesTheFirstOfTwoRulesWithOnePattern() {
        assertThat(with("parley.rooms.class", "a.*=latest,a.*=log").classOf("a.b"))
                .isEqualTo(RoomClass.LATEST);
        assertThat(with("parley.log.retention", "a=7/all,a=9/all")
                        .retentionOf("a")
                        .maxMessages())
                .isEqualTo(7);
    }

    @Test
    void readsRetention() {
        Settings settings = with("parley.log.retention", "news.*=1000/30d, brief=all/1h");
        assertThat(settings.retentionOf("news.today")).isEqualTo(new Retention(1_000, Duration.ofDays(30)));
        assertThat(settings.retentionOf("brief")).isEqualTo(new Retention(Long.MAX_VALUE, Duration.ofHours(1)));
        assertThat(settings.retentionOf("lobby")).isEqualTo(Retention.EVERYTHING);
        for (String wrong :
                new String[] {"news", "news=1000", "news=1000/soon", "news=-1/all", "=1/all", "a=1/1h/2h"}) {
            refused("parley.log.retention", wrong, "is \"" + wrong + "\" but must be");
        }
    }

    @Test
    void picksADatabaseAndKeepsItsPasswordOutOfLogs() {
        set.put("parley.database.user", "parley");
        set.put("parley.database.password", "s3cret");
        Settings settings = with("parley.database.url", "jdbc:postgresql://db/parley?password=0ther");
        assertThat(settings.database())
                .contains(new Settings.DatabaseUrl("jdbc:postgresql://db/parley?password=0ther", "parley", "s3cret"));
        assertThat(settings.toString()).doesNotContain("s3cret", "0ther");
        refused("parley.database.url", "jdbc:oracle:thin:@db", "jdbc:postgresql:… or jndi:…");
    }

    @Test
    void picksABackplane() {
        assertThat(with("parley.backplane", "local").backplane().kind()).isEqualTo(BackplaneSettings.Kind.LOCAL);
        refused("parley.backplane", "redis://cache", "parley.backplane needs parley.database.url");
        set.put("parley.database.url", "jdbc:postgresql://db/parley");
        assertThat(with("parley.backplane", "postgres").backplane().kind()).isEqualTo(BackplaneSettings.Kind.POSTGRES);
        Settings redis = with("parley.backplane", "redis://:s3cret@cache");
        assertThat(redis.backplane().redis().orElseThrow().host()).isEqualTo("cache");
        assertThat(redis.toString()).doesNotContain("s3cret");
        refused("parley.backplane.prefix", "a:b", "letters");
        set.put("parley.backplane.prefix", "second");
        set.put("parley.database.url", "jndi:java:/parley");
        refused("parley.backplane", "postgres", "which cannot listen");
    }

    @Test
    void keepsPasswordsOutOfMistakes() {
        set.put("parley.database.url", "jdbc:mysql://db/parley?password=s3cret");
        set.put("parley.backplane", "redis:s3cret@cache");
        assertThatThrownBy(this::read)
                .hasMessageContaining("parley.database.url must be")
                .hasMessageContaining("parley.backplane must be")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void keepsTheSecretOfTokensOutOfLogs() {
        assertThat(with("parley.token.secret", "0123456789abcdef0123456789abcdef")
                        .toString())
                .doesNotContain("0123456789");
    }

    @Test
    void refusesTokensOnlyWithoutAKey() {
        refused("parley.auth", "token", "parley.token.secret", "parley.token.jwks");
    }

    @Test
    void refusesASecretThatIsTooShort() {
        refused("parley.token.secret", "short", "at least 32 bytes");
        assertThatThrownBy(this::read).hasMessageNotContaining("short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://[", "ftp://keys.example/jwks", "keys.json"})
    void refusesAJwksWithoutAUsableAddress(String value) {
        refused("parley.token.jwks", value, "is \"" + value + "\" but must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat.example", "https://chat.example/", "*"})
    void refusesOriginsThatAreNone(String value) {
        refused("parley.origins", value, "scheme://host[:port]");
    }

    @Test
    void namesEveryMistakeOfAllKinds() {
        set.putAll(Map.of(
                "parley.heartbeat", "soon",
                "parley.auth", "token",
                "parley.limits.publish-burst", "0",
                "parley.rooms.class", "news"));
        assertThatThrownBy(this::read)
                .hasMessageContainingAll(
                        "parley.heartbeat is \"soon\"",
                        "parley.auth",
                        "parley.limits.publish-burst is \"0\" but must be a whole number from 1 to 1000000",
                        "parley.rooms.class is \"news\"");
    }
}

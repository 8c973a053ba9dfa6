package org.parley;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.parley.auth.Audience;
import org.parley.auth.Audiences;
import org.parley.auth.AuthSettings;
import org.parley.auth.Mode;
import org.parley.auth.Origins;
import org.parley.auth.TokenSettings;
import org.parley.endpoint.EndpointSettings;
import org.parley.hub.Limits;
import org.parley.hub.RoomClass;
import org.parley.log.Retention;

/**
 * Everything that can be set, read once at the start from MicroProfile Config: system properties, environment variables
 * ({@code PARLEY_DATA_DIR} for {@code parley.data.dir}) and {@code META-INF/microprofile-config.properties}.
 *
 * @param dataDir {@code parley.data.dir}: where the embedded database lies; default {@code ~/.parley}
 * @param url {@code parley.url}: where browsers reach this server, for the log; default: what the server tells
 * @param classes {@code parley.rooms.class}: pairs {@code pattern=class}, first match wins, {@code *} for anything;
 *     behind them {@code state.*=latest} and {@code live.*=ephemeral}, and {@code log} for the rest
 * @param limits of the hub, see {@link Limits}; {@code parley.limits=off} lifts rates and counts, not sizes
 * @param endpoint of one connection, see {@link EndpointSettings}
 * @param database {@code parley.database.url}, {@code .user}, {@code .password}: empty is SQLite in {@code dataDir}
 * @param backplane see {@link BackplaneSettings}
 * @param retention {@code parley.log.retention}: pairs {@code pattern=messages/age}, either of them {@code all}, first
 *     match wins; what none matches is kept for ever
 * @param trimEvery {@code parley.log.trim-every}: how often what is not kept is looked for and removed
 * @param renewEpochs {@code parley.log.renew-epochs}: once after a backup was restored, so that no position and no number
 *     of the lost time is taken for one of the new
 * @param auth see {@link AuthSettings}: {@code parley.auth}, {@code parley.origins}, {@code parley.token.secret},
 *     {@code .jwks}, {@code .issuer}, {@code .audience}, {@code parley.limits.sign-ins-per-minute}
 * @param audiences {@code parley.dashboard}, {@code parley.metrics}: who may see figures of the server
 * @param files see {@link FileSettings}
 */
record Settings(
        Path dataDir,
        Optional<String> url,
        List<ClassRule> classes,
        Limits limits,
        EndpointSettings endpoint,
        Optional<DatabaseUrl> database,
        BackplaneSettings backplane,
        List<RetentionRule> retention,
        Duration trimEvery,
        boolean renewEpochs,
        AuthSettings auth,
        Audiences audiences,
        FileSettings files) {

    /** What rooms whose name matches keep. */
    record RetentionRule(Pattern pattern, Retention retention) {}

    /** Another database than the embedded one: {@code jdbc:postgresql:…} or {@code jndi:…}. */
    record DatabaseUrl(String url, String user, String password) {
        /** Keeps the password out of logs. */
        @Override
        public String toString() {
            return "DatabaseUrl[user=" + user + "]";
        }
    }

    /** Rooms whose name matches are of that class. */
    record ClassRule(Pattern pattern, RoomClass roomClass) {
        static ClassRule of(String glob, RoomClass roomClass) {
            return new ClassRule(matching(glob), roomClass);
        }
    }

    /** RFC 7518 section 3.2. */
    private static final int SECRET_BYTES = 32;

    /** Behind what is set. The rooms of the tutorials' endpoints come first: nobody may change their class. */
    private static final List<ClassRule> SAMPLES = List.of(
            ClassRule.of("_clients", RoomClass.EPHEMERAL),
            ClassRule.of("_chat", RoomClass.EPHEMERAL),
            ClassRule.of("_toggle", RoomClass.LATEST));

    private static final List<ClassRule> DEFAULTS =
            List.of(ClassRule.of("state.*", RoomClass.LATEST), ClassRule.of("live.*", RoomClass.EPHEMERAL));

    /** @throws IllegalStateException naming each setting that will not do, with its value and range */
    static Settings read(Function<String, Optional<String>> source) {
        SettingsReader reader = new SettingsReader(source);
        Optional<DatabaseUrl> database = database(reader);
        Settings settings = new Settings(
                Path.of(reader.text("parley.data.dir", System.getProperty("user.home") + "/.parley"))
                        .toAbsolutePath()
                        .normalize(),
                reader.raw("parley.url"),
                classes(reader),
                limits(reader),
                endpoint(reader),
                database,
                BackplaneSettings.read(reader, database),
                retention(reader),
                reader.duration(
                        "parley.log.trim-every", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1)),
                reader.flag("parley.log.renew-epochs", false),
                auth(reader),
                new Audiences(
                        reader.choice("parley.dashboard", Audience.LOCAL),
                        reader.choice("parley.metrics", Audience.LOCAL)),
                FileSettings.read(reader));
        reader.complain();
        return settings;
    }

    /** A value that will not do is not shown: it may have a password in it. */
    private static Optional<DatabaseUrl> database(SettingsReader reader) {
        String url = reader.text("parley.database.url", "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.startsWith("jdbc:postgresql:") && !url.startsWith("jndi:")) {
            reader.wrong("parley.database.url must be jdbc:postgresql:… or jndi:…");
        }
        return Optional.of(new DatabaseUrl(
                url, reader.text("parley.database.user", ""), reader.text("parley.database.password", "")));
    }

    private static List<RetentionRule> retention(SettingsReader reader) {
        return reader.read("parley.log.retention", List.of(), "pairs such as news.*=1000/all,*=all/30d", value -> {
            List<RetentionRule> rules = new ArrayList<>();
            pairs(value).forEach((glob, kept) -> rules.add(new RetentionRule(matching(glob), retention(kept))));
            return rules;
        });
    }

    private static Retention retention(String kept) {
        String[] parts = kept.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not messages/age");
        }
        return new Retention(
                parts[0].equals("all") ? Long.MAX_VALUE : Long.parseLong(parts[0]),
                parts[1].equals("all") ? Retention.FOREVER : SettingsReader.duration(parts[1]));
    }

    /** {@code a=b,c=d} in its order; of two with one pattern the first counts, as of all that match. */
    private static Map<String, String> pairs(String value) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : value.split("[,\\s]+", -1)) {
            String[] parts = pair.split("=", -1);
            if (parts.length != 2 || parts[0].isEmpty()) {
                throw new IllegalArgumentException("not pattern=value");
            }
            pairs.putIfAbsent(parts[0], parts[1]);
        }
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("no pair");
        }
        return pairs;
    }

    private static Pattern matching(String glob) {
        return Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"));
    }

    /** What a room keeps. */
    Retention retentionOf(String room) {
        return retention.stream()
                .filter(rule -> rule.pattern.matcher(room).matches())
                .findFirst()
                .map(RetentionRule::retention)
                .orElse(Retention.EVERYTHING);
    }

    private static AuthSettings auth(SettingsReader reader) {
        TokenSettings tokens = new TokenSettings(
                secret(reader),
                Optional.ofNullable(reader.read(
                        "parley.token.jwks", null, "the URI of a JWKS: https:, http: or file:", Settings::keysAt)),
                reader.raw("parley.token.issuer"),
                reader.raw("parley.token.audience"));
        Mode mode = reader.choice("parley.auth", Mode.BOTH);
        if (mode == Mode.TOKEN && tokens.secret().isEmpty() && tokens.jwks().isEmpty()) {
            reader.wrong("parley.auth is \"token\" but neither parley.token.secret nor parley.token.jwks is set");
            mode = Mode.BOTH;
        }
        boolean limited = reader.flag("parley.limits", true);
        return new AuthSettings(
                mode,
                tokens,
                origins(reader),
                limited ? reader.integer("parley.limits.sign-ins-per-minute", 30, 1, 1_000_000) : 0);
    }

    private static Optional<String> secret(SettingsReader reader) {
        Optional<String> secret = reader.raw("parley.token.secret");
        if (secret.isPresent() && secret.get().getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES) {
            reader.wrong("parley.token.secret must have at least " + SECRET_BYTES + " bytes");
        }
        return secret;
    }

    private static URI keysAt(String value) {
        URI uri = URI.create(value);
        return uri.getScheme() != null && uri.getScheme().matches("(?i)https?|file") ? uri : null;
    }

    private static Set<String> origins(SettingsReader reader) {
        return reader.read("parley.origins", Set.of(), "a list of scheme://host[:port]", value -> {
            Set<String> origins = Set.copyOf(reader.list("parley.origins"));
            // Throws for what is none, and is made once more where it is used.
            new Origins(origins);
            return origins;
        });
    }

    private static List<ClassRule> classes(SettingsReader reader) {
        List<ClassRule> rules = new ArrayList<>(SAMPLES);
        rules.addAll(reader.read(
                "parley.rooms.class", List.of(), "pairs such as news.*=log,state.*=latest,live.*=ephemeral", value -> {
                    List<ClassRule> read = new ArrayList<>();
                    pairs(value)
                            .forEach((glob, roomClass) -> read.add(
                                    ClassRule.of(glob, RoomClass.valueOf(roomClass.toUpperCase(Locale.ROOT)))));
                    return read;
                }));
        rules.addAll(DEFAULTS);
        return List.copyOf(rules);
    }

    private static Limits limits(SettingsReader reader) {
        boolean limited = reader.flag("parley.limits", true);
        Limits normal = Limits.DEFAULT;
        return new Limits(
                limited
                        ? reader.integer("parley.limits.rooms-per-connection", normal.roomsPerConnection(), 1, 10_000)
                        : Integer.MAX_VALUE,
                limited
                        ? reader.integer("parley.limits.members-per-room", normal.membersPerRoom(), 1, 1_000_000)
                        : Integer.MAX_VALUE,
                limited
                        ? reader.integer("parley.limits.publishes-per-second", normal.publishesPerSecond(), 1, 100_000)
                        : 0,
                reader.integer("parley.limits.publish-burst", normal.publishBurst(), 1, 1_000_000),
                reader.integer("parley.limits.append-queue", normal.appendQueue(), 100, 1_000_000),
                reader.number("parley.limits.append-queue-bytes", normal.appendQueueBytes(), 1 << 20, 1L << 32),
                reader.integer("parley.limits.page-messages", normal.pageMessages(), 1, 1_000),
                reader.integer("parley.limits.page-bytes", normal.pageBytes(), 1 << 10, 16 << 20));
    }

    private static EndpointSettings endpoint(SettingsReader reader) {
        boolean limited = reader.flag("parley.limits", true);
        int messageBytes = reader.integer("parley.max-message-bytes", 256 << 10, 1 << 10, 16 << 20);
        Duration shortest =
                reader.duration("parley.reconnect.min", Duration.ofMillis(500), Duration.ZERO, Duration.ofMinutes(1));
        Duration shortestLongest = longer(shortest, Duration.ofSeconds(1));
        Duration longestByDefault = longer(shortest, Duration.ofSeconds(30));
        int outbox = reader.integer("parley.outbox-bytes", 1 << 20, 64 << 10, 256 << 20);
        return new EndpointSettings(
                reader.text("parley.node", UUID.randomUUID().toString().substring(0, 8)),
                messageBytes,
                Math.max(outbox, 4 * messageBytes),
                reader.duration(
                        "parley.heartbeat", Duration.ofSeconds(25), Duration.ofSeconds(1), Duration.ofMinutes(10)),
                shortest,
                reader.duration("parley.reconnect.max", longestByDefault, shortestLongest, Duration.ofMinutes(10)),
                limited ? reader.integer("parley.limits.connections", 20_000, 1, 1_000_000) : Integer.MAX_VALUE,
                limited ? reader.integer("parley.limits.connections-per-user", 50, 1, 1_000_000) : Integer.MAX_VALUE,
                limited
                        ? reader.integer("parley.limits.connections-per-address", 1_000, 1, 1_000_000)
                        : Integer.MAX_VALUE,
                reader.duration("parley.shutdown", Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(30)));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** The class of a room follows from its name alone. */
    RoomClass classOf(String room) {
        for (ClassRule rule : classes) {
            if (rule.pattern.matcher(room).matches()) {
                return rule.roomClass;
            }
        }
        return RoomClass.LOG;
    }
}

package org.parley;

import java.util.Optional;

import org.parley.backplane.RedisAddress;

/**
 * How nodes tell each other what they did: {@code parley.backplane}, {@code .prefix}.
 *
 * @param redis the broker, for {@link Kind#REDIS} only
 * @param prefix of the broker's channels, so that several Parleys can share one
 */
record BackplaneSettings(Kind kind, Optional<RedisAddress> redis, String prefix) {
    enum Kind {
        LOCAL,
        REDIS,
        POSTGRES
    }

    static BackplaneSettings read(SettingsReader reader, Optional<Settings.DatabaseUrl> database) {
        String value = reader.text("parley.backplane", "local");
        String prefix = reader.read(
                "parley.backplane.prefix",
                "parley",
                "1 to 40 letters, digits, - or _",
                text -> text.matches("[A-Za-z0-9_-]{1,40}") ? text : null);
        if (value.equals("local")) {
            return new BackplaneSettings(Kind.LOCAL, Optional.empty(), prefix);
        }
        if (database.isEmpty()) {
            reader.wrong("parley.backplane needs parley.database.url: nodes share one PostgreSQL");
        }
        if (value.equals("postgres")) {
            if (database.isPresent() && database.get().url().startsWith("jndi:")) {
                reader.wrong("parley.backplane is \"postgres\" but parley.database.url is a data source of the server,"
                        + " which cannot listen: give it as jdbc:postgresql:…");
            }
            return new BackplaneSettings(Kind.POSTGRES, Optional.empty(), prefix);
        }
        return new BackplaneSettings(Kind.REDIS, redis(reader, value), prefix);
    }

    /** A value that will not do is not shown: it may have a password in it. */
    private static Optional<RedisAddress> redis(SettingsReader reader, String value) {
        try {
            return Optional.of(RedisAddress.of(value));
        } catch (IllegalArgumentException e) {
            reader.wrong("parley.backplane must be local, postgres or redis://[[user]:password@]host[:port]"
                    + " (rediss: for TLS)");
            return Optional.empty();
        }
    }
}

package org.parley.backplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import org.parley.event.Event;
import org.parley.hub.Announcement;
import org.parley.hub.Message;
import org.parley.hub.Position;

/**
 * Over {@code LISTEN} and {@code NOTIFY} of the database that has the log. What was committed is told by the transaction
 * that commits it: see {@link #notice}. All else goes over a connection of its own whose commits wait for no disk.
 */
public final class PostgresBackplane extends BrokerBackplane {
    private static final System.Logger LOGGER = System.getLogger(PostgresBackplane.class.getName());
    private static final String NOTIFY =
            "SELECT pg_notify(c, p) FROM unnest(?, ?) WITH ORDINALITY AS n(c, p, i) ORDER BY i";

    private final String url;
    private final String shown;
    private final Properties properties = new Properties();

    /**
     * Connects once, so that a mistake in the settings is found here.
     *
     * @param url {@code jdbc:postgresql://…}, past any pooler: {@code LISTEN} needs a connection that stays the same
     * @param prefix of all channels
     * @param threads makes two threads
     * @throws IllegalStateException whose message names the database, never a password
     */
    public PostgresBackplane(String url, String user, String password, String prefix, ThreadFactory threads) {
        super(prefix, threads);
        this.url = url;
        this.shown = url.replaceFirst("\\?.*", "");
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "parley backplane");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "5");
        try (Connection connection = connect()) {
            if (!connection.isValid(1)) {
                throw new IOException("it does not answer");
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("The backplane " + shown + " cannot be used: " + e.getMessage(), e);
        }
    }

    private Connection connect() throws IOException {
        try {
            return new Driver().connect(url, properties);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * What the transaction that stores these messages is to notify of.
     *
     * @param then takes PostgreSQL's channel and what to say there
     */
    public void notice(String room, String epoch, List<Message> messages, BiConsumer<String, String> then) {
        String whole = text(new Announcement.Committed(room, epoch, messages));
        then.accept(identifier(channel(room)), Fragments.fits(whole) ? whole : pointer(room, epoch, messages));
    }

    private String pointer(String room, String epoch, List<Message> messages) {
        long last = messages.get(messages.size() - 1).seq();
        return text(new Announcement.Reached(room, new Position(epoch, last)));
    }

    /** The transaction has told what was committed. */
    @Override
    public void announce(Announcement announcement) {
        if (!(announcement instanceof Announcement.Committed)) {
            super.announce(announcement);
        }
    }

    /** The name of a channel has 63 bytes at most, that of a room more. */
    private static String identifier(String channel) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(channel.getBytes(StandardCharsets.UTF_8));
            return "parley_" + HexFormat.of().formatHex(digest, 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    Transmitter openTransmitter() throws IOException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off; SET statement_timeout = '2s'");
            return new Sending(connection);
        } catch (SQLException e) {
            disconnect(connection);
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    Receiver openReceiver() throws IOException {
        return new Hearing(connect());
    }

    private static void disconnect(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            Event.of("backplane-close-failed").with("reason", e.getMessage()).debug(LOGGER);
        }
    }

    private static final class Sending implements Transmitter {
        private final Connection connection;

        Sending(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void send(List<Parcel> parcels) throws IOException {
            List<String> channels = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (Parcel parcel : parcels) {
                for (String fragment : Fragments.cut(parcel.text())) {
                    channels.add(identifier(parcel.channel()));
                    texts.add(fragment);
                }
            }
            if (channels.isEmpty()) {
                return;
            }
            try (PreparedStatement statement = connection.prepareStatement(NOTIFY)) {
                statement.setArray(1, connection.createArrayOf("text", channels.toArray()));
                statement.setArray(2, connection.createArrayOf("text", texts.toArray()));
                statement.execute();
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            disconnect(connection);
        }
    }

    /** The driver reads on the thread that waits: whoever wants another channel leaves it in a queue. */
    private static final class Hearing implements Receiver {
        /** A {@code LISTEN} waits so long at most, and an idle node looks so often. */
        private static final int WAIT_MILLIS = 10;

        private record Wish(String channel, boolean listen) {
            String sql() {
                return (listen ? "LISTEN " : "UNLISTEN ") + identifier(channel);
            }
        }

        private final Connection connection;
        private final ConcurrentLinkedQueue<Wish> wishes = new ConcurrentLinkedQueue<>();
        private final Fragments fragments = new Fragments();
        private long heardAt = System.nanoTime();
        private volatile boolean closed;

        Hearing(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void run(Collection<String> first, Events events) throws IOException {
            first.forEach(channel -> wishes.add(new Wish(channel, true)));
            try {
                PGConnection driver = connection.unwrap(PGConnection.class);
                while (!closed) {
                    fulfil(events);
                    PGNotification[] notifications = driver.getNotifications(WAIT_MILLIS);
                    hear(notifications == null ? new PGNotification[0] : notifications, events);
                }
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private void fulfil(Events events) throws SQLException {
            List<Wish> now = new ArrayList<>();
            for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
                now.add(wish);
            }
            if (now.isEmpty()) {
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(String.join("; ", now.stream().map(Wish::sql).toList()));
            }
            now.stream().filter(Wish::listen).forEach(wish -> events.confirmed(wish.channel));
        }

        private void hear(PGNotification[] notifications, Events events) throws IOException {
            long now = System.nanoTime();
            for (PGNotification notification : notifications) {
                heardAt = now;
                String whole = fragments.join(notification.getParameter());
                if (whole != null) {
                    events.heard(whole);
                }
            }
            if (now - heardAt > TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS)) {
                throw new IOException("nothing was heard for " + SILENCE_MILLIS + " ms");
            }
        }

        @Override
        public void subscribe(String channel) {
            wishes.add(new Wish(channel, true));
        }

        @Override
        public void unsubscribe(String channel) {
            wishes.add(new Wish(channel, false));
        }

        @Override
        public void close() {
            closed = true;
            disconnect(connection);
        }
    }
}

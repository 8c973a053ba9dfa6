package org.parley.auth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;

/** The statements behind {@link SignIns}, each in a transaction of its own; the same text for SQLite and PostgreSQL. */
final class SignInTable {
    private static final String COOKIE_KEY = "cookie";

    private final DataSource database;

    SignInTable(DataSource database) {
        this.database = database;
    }

    /** The signing key that is stored; the offered one if there was none yet. Nodes that start together get the same. */
    byte[] key(byte[] offered) {
        update(
                "INSERT INTO signing_key (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                COOKIE_KEY,
                Base64.getEncoder().encodeToString(offered));
        return query("SELECT secret FROM signing_key WHERE name = ?", COOKIE_KEY, rows -> {
            if (!rows.next()) {
                throw new SQLException("The signing key that was just stored is not there");
            }
            return Base64.getDecoder().decode(rows.getString(1));
        });
    }

    void insert(SignedCookie.Content signIn) {
        update(
                "INSERT INTO sign_in (id, guest, name, created) VALUES (?, ?, ?, ?)",
                signIn.signIn(),
                signIn.guest(),
                signIn.name(),
                signIn.created());
    }

    /** Whether the sign-in was there to be renewed: false if it was revoked meanwhile. */
    boolean renew(SignedCookie.Content signIn) {
        return update(
                        "UPDATE sign_in SET name = ?, created = ? WHERE id = ? AND revoked IS NULL",
                        signIn.name(),
                        signIn.created(),
                        signIn.signIn())
                == 1;
    }

    void revoke(String signIn, long now) {
        update("UPDATE sign_in SET revoked = ? WHERE id = ? AND revoked IS NULL", now, signIn);
    }

    /** Whether the sign-in is known and not revoked. */
    boolean holds(String signIn) {
        return query("SELECT 1 FROM sign_in WHERE id = ? AND revoked IS NULL", signIn, ResultSet::next);
    }

    /** Whose sign-ins were revoked since then. */
    List<String> guestsRevokedSince(long time) {
        return query("SELECT guest FROM sign_in WHERE revoked > ?", time, rows -> {
            List<String> guests = new ArrayList<>();
            while (rows.next()) {
                guests.add(rows.getString(1));
            }
            return guests;
        });
    }

    void deleteCreatedBefore(long time) {
        update("DELETE FROM sign_in WHERE created < ?", time);
    }

    void tokenUser(String id, String name, String folded) {
        update(
                "INSERT INTO token_user (id, name, folded) VALUES (?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded",
                id,
                name,
                folded);
    }

    boolean tokenUserIsCalled(String folded) {
        return query("SELECT 1 FROM token_user WHERE folded = ?", folded, ResultSet::next);
    }

    private interface Reading<T> {
        T from(ResultSet rows) throws SQLException;
    }

    private <T> T query(String sql, Object key, Reading<T> reading) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return reading.from(rows);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private int update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static SignInsUnavailableException unavailable(SQLException e) {
        return new SignInsUnavailableException("The database that holds sign-ins did not answer: " + e.getMessage(), e);
    }
}

package org.parley.log;

import java.sql.SQLException;

/**
 * Sees to it that one epoch never has one number twice. Numbers may come again after a failover to a standby that had not
 * got everything, or with another database of the same name.
 */
final class Epochs {
    private final Database database;
    private final Rooms rooms;
    private volatile String identity = "";

    Epochs(Database database, Rooms rooms) {
        this.database = database;
        this.rooms = rooms;
    }

    /** Whether the transaction runs in the database that {@link #check} saw. */
    boolean hold(Transaction transaction) throws SQLException {
        return database.dialect().identity(transaction).equals(identity);
    }

    /** Renews all epochs if this is not the database that they were made in; of several nodes only the first does. */
    void check() throws SQLException {
        try (Transaction transaction = database.write()) {
            String now = database.dialect().identity(transaction);
            if (!now.isEmpty()) {
                adopt(transaction, now);
            }
            transaction.commit();
            identity = now;
        }
    }

    private void adopt(Transaction transaction, String now) throws SQLException {
        String stored = transaction
                .query("SELECT identity FROM cluster FOR UPDATE", row -> row.getString(1))
                .get(0);
        if (!stored.equals(now)) {
            unlimited(transaction);
            rooms.renewEpochs(transaction);
            transaction.update("UPDATE cluster SET identity = ?", now);
        }
    }

    void renew() throws SQLException {
        try (Transaction transaction = database.write()) {
            if (!database.dialect().identity(transaction).isEmpty()) {
                unlimited(transaction);
            }
            rooms.renewEpochs(transaction);
            transaction.commit();
        }
    }

    /** Every room's row is written: that takes as long as there are rooms, and happens once in a database's life. */
    private static void unlimited(Transaction transaction) throws SQLException {
        transaction.update("SET LOCAL statement_timeout = 0");
    }
}

package org.parley.log;

import java.util.HashMap;
import java.util.Map;

import org.parley.hub.LogUnavailableException;

/** Which nodes live: each keeps a row fresh, by the clock of the database that they share. PostgreSQL only. */
public final class JdbcLeases {
    /** Read before it is renewed, in one statement: a node whose own lease has run out is to know. */
    private static final String RENEW =
            "WITH renewed AS (INSERT INTO node (name, seen, snapshot) VALUES (?, clock_timestamp(), ?)"
                    + " ON CONFLICT (name) DO UPDATE SET seen = excluded.seen, snapshot = excluded.snapshot)"
                    + " SELECT name, snapshot FROM node WHERE seen > clock_timestamp() - interval '10 s'";

    private static final String FORGET = "DELETE FROM node WHERE seen < clock_timestamp() - interval '1 h'";
    private static final String RELEASE = "DELETE FROM node WHERE name = ?";

    private final Database database;
    private final String node;

    /** @param node this one's name, which no other node ever has had */
    public JdbcLeases(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * Renews this node's lease; to be called every 3 s.
     *
     * @param snapshot what the node tells of itself, or null
     * @return the nodes whose lease is not older than 10 s, with what they told, as they were just before
     */
    public Map<String, String> renew(String snapshot) throws LogUnavailableException {
        return JdbcMessageLog.run("renew the node's lease", () -> {
            try (Transaction transaction = database.write()) {
                Map<String, String> living = new HashMap<>();
                transaction.query(RENEW, row -> living.put(row.getString(1), row.getString(2)), node, snapshot);
                transaction.update(FORGET);
                transaction.commit();
                return living;
            }
        });
    }

    /** This node ends. */
    public void release() throws LogUnavailableException {
        JdbcMessageLog.run("release the node's lease", () -> {
            try (Transaction transaction = database.write()) {
                transaction.update(RELEASE, node);
                transaction.commit();
                return null;
            }
        });
    }
}

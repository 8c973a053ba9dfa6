package org.parley.hub;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The open connections: what each has in the hub, and which are one user's. Thread-safe. */
final class Members {
    /** Most connections are in one room and their user's only one, and there are many of them. */
    private static final int FEW = 1;

    /** A connection's place in a room. */
    record Subscribed(Room room, Subscription subscription) {}

    /** What one connection has. */
    static final class Member {
        /** By room; written by the connection's serial tasks and its end, read by its callbacks too. */
        final Map<String, Subscribed> subscriptions = new ConcurrentHashMap<>(FEW);

        final TokenBucket tokens;
        volatile boolean closed;

        private Member(Limits limits, long now) {
            tokens = new TokenBucket(limits.publishesPerSecond(), limits.publishBurst(), now);
        }
    }

    private final Map<Connection, Member> members = new ConcurrentHashMap<>();
    private final Map<String, Set<Connection>> byUser = new ConcurrentHashMap<>();

    /** @param now {@link System#nanoTime} */
    void add(Connection connection, Limits limits, long now) {
        members.put(connection, new Member(limits, now));
        byUser.compute(connection.user().id(), (user, connections) -> {
            Set<Connection> all = connections == null ? ConcurrentHashMap.newKeySet(FEW) : connections;
            all.add(connection);
            return all;
        });
    }

    /** @return null if it is not (or no longer) there */
    Member get(Connection connection) {
        return members.get(connection);
    }

    /** @return null if it is not (or no longer) there */
    Member remove(Connection connection) {
        Member member = members.remove(connection);
        if (member != null) {
            member.closed = true;
            byUser.computeIfPresent(connection.user().id(), (user, connections) -> {
                connections.remove(connection);
                return connections.isEmpty() ? null : connections;
            });
        }
        return member;
    }

    /** The user's connections; the set may change while it is walked. */
    Set<Connection> of(String user) {
        return byUser.getOrDefault(user, Set.of());
    }
}

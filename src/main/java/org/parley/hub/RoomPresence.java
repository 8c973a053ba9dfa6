package org.parley.hub;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is in one room on all nodes: this node's own users, and what each other node has last said of itself. A node tells
 * all of its users each time that they change, so that whatever is lost or late is made good by what comes next.
 * Thread-safe; nothing is called while its lock is held.
 */
final class RoomPresence {
    /** Above this a node tells the others only how many there are. */
    static final int NAMED = 200;

    /** Ascends over all rooms and all their lives, so that a room that is made again does not begin anew. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** What another node has said last. */
    private record Elsewhere(long number, int count, Map<String, User> users) {
        private static final Elsewhere NOTHING = new Elsewhere(0, 0, Map.of());

        /** Users whose names nobody told. */
        int unnamed() {
            return users.isEmpty() ? count : 0;
        }
    }

    private final String room;
    private final Backplane backplane;
    private final Presence own = new Presence();
    private final Presence everywhere = new Presence();
    private final Map<String, Elsewhere> nodes = new HashMap<>();
    private boolean again;

    RoomPresence(String room, Backplane backplane) {
        this.room = room;
        this.backplane = backplane;
    }

    synchronized void join(User user) {
        own.join(user);
        everywhere.join(user);
    }

    synchronized void leave(User user) {
        own.leave(user);
        everywhere.leave(user);
    }

    /**
     * Tells the other nodes who is here, changed or not.
     *
     * @param asking whether they shall do the same
     */
    void tell(boolean asking) {
        backplane.announce(told(asking));
    }

    private synchronized Announcement.Present told(boolean asking) {
        List<User> users = own.users(NAMED + 1);
        List<User> named = users.size() > NAMED ? List.of() : users;
        return new Announcement.Present(room, NUMBERS.incrementAndGet(), own.count(), named, asking);
    }

    /** Tells the other nodes who is here if that has changed since the last time. */
    void tellChanged() {
        if (changed()) {
            tell(false);
        }
    }

    private synchronized boolean changed() {
        boolean changed = own.drain(room) != null || again;
        again = false;
        return changed;
    }

    /** The others may not know any more who is here. */
    synchronized void tellAgain() {
        again = true;
    }

    /** What another node says of itself. */
    void heard(String node, Announcement.Present present) {
        note(node, present);
        if (present.asking()) {
            tell(false);
        }
    }

    private synchronized void note(String node, Announcement.Present present) {
        Elsewhere before = nodes.getOrDefault(node, Elsewhere.NOTHING);
        if (present.number() > before.number()) {
            Map<String, User> users = new HashMap<>();
            present.users().forEach(user -> users.put(user.id(), user));
            replace(node, before, new Elsewhere(present.number(), present.count(), users));
        }
    }

    private void replace(String node, Elsewhere before, Elsewhere now) {
        nodes.put(node, now);
        now.users.forEach((id, user) -> {
            if (!before.users.containsKey(id)) {
                everywhere.join(user);
            }
        });
        before.users.forEach((id, user) -> {
            if (!now.users.containsKey(id)) {
                everywhere.leave(user);
            }
        });
        everywhere.unnamed(nodes.values().stream().mapToInt(Elsewhere::unnamed).sum());
    }

    /** The node is gone, with everybody on it. */
    synchronized void gone(String node) {
        Elsewhere before = nodes.get(node);
        if (before != null) {
            // What it has said before and comes only now is not to bring its users back.
            replace(node, before, new Elsewhere(before.number, 0, Map.of()));
        }
    }

    /** Every node that is not among the living is gone. */
    synchronized void keep(Set<String> living) {
        for (String node : new HashSet<>(nodes.keySet())) {
            if (!living.contains(node)) {
                gone(node);
                // Nothing of a dead node is on its way any more.
                nodes.remove(node);
            }
        }
    }

    /** Who came and went on any node since the last call, or null if nobody did. */
    synchronized Delivery.PresenceChanged drain() {
        return everywhere.drain(room);
    }

    synchronized Delivery.Present shown() {
        return everywhere.shown();
    }
}

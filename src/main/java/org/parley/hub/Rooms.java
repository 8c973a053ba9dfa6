package org.parley.hub;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.parley.event.Event;

/** The rooms that have members on this node. Thread-safe. */
final class Rooms {
    private static final System.Logger LOGGER = System.getLogger(Rooms.class.getName());

    private final MessageLog log;
    private final Backplane backplane;
    private final Function<String, RoomClass> classes;
    private final Limits limits;
    private final Counters counters;
    private final Executor executor;
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();

    Rooms(
            MessageLog log,
            Backplane backplane,
            Function<String, RoomClass> classes,
            Limits limits,
            Counters counters,
            Executor executor) {
        this.log = log;
        this.backplane = backplane;
        this.classes = classes;
        this.limits = limits;
        this.counters = counters;
        this.executor = executor;
    }

    /** The room; made if nobody is in it yet. It may be retired before the caller enters it. */
    Room obtain(String name) {
        return rooms.computeIfAbsent(
                name, n -> new Room(n, classes.apply(n), log, backplane, limits, counters, executor));
    }

    /** @return null if nobody is in it */
    Room find(String name) {
        return rooms.get(name);
    }

    /** Forgets the room if nobody is in it. */
    void retire(String name) {
        rooms.compute(name, (n, room) -> {
            if (room != null && !room.retire()) {
                return room;
            }
            if (room != null) {
                room.presence().tell(false);
            }
            backplane.unsubscribe(n);
            return null;
        });
    }

    /** Numbered and stored by this node's writer. */
    void stored(String name, String epoch, List<Message> messages, long since) {
        Room room = rooms.get(name);
        if (room != null) {
            room.committed(epoch, messages, since);
        }
        backplane.announce(new Announcement.Committed(name, epoch, messages));
    }

    /** Messages of an ephemeral room, which nobody stores. */
    void published(String name, List<Message> messages) {
        Room room = rooms.get(name);
        if (room != null) {
            room.published(messages);
        }
        backplane.announce(new Announcement.Published(name, messages));
    }

    /** To everybody in the room but the sender's own connection. */
    void signalled(Room room, Announcement.Signalled signal, Connection from) {
        room.signal(signal, from);
        backplane.announce(signal);
    }

    /** Tells the other nodes who is here, and asks them the same. */
    void introduce() {
        rooms.values().forEach(room -> room.presence().tell(true));
    }

    /** The other nodes may have missed who is here. */
    void tellPresenceAgain() {
        rooms.values().forEach(room -> room.presence().tellAgain());
    }

    /** The node is gone, with everybody on it. */
    void gone(String node) {
        rooms.values().forEach(room -> room.presence().gone(node));
    }

    /** All other nodes are gone. */
    void keep(Set<String> living) {
        rooms.values().forEach(room -> room.presence().keep(living));
    }

    void tellPresence() {
        rooms.values().forEach(Room::tellPresence);
    }

    void sweep() {
        List<String> names = rooms.values().stream()
                .filter(room -> room.roomClass() != RoomClass.EPHEMERAL)
                .map(Room::name)
                .toList();
        if (names.isEmpty()) {
            return;
        }
        try {
            for (RoomHead head : log.heads(names)) {
                Room room = rooms.get(head.room());
                if (room != null) {
                    room.seen(new Position(head.epoch(), head.last()));
                }
            }
        } catch (LogUnavailableException e) {
            Event.of("sweep-failed").with("reason", e.getMessage()).warn(LOGGER);
        }
    }

    Collection<Room> all() {
        return rooms.values();
    }

    int count() {
        return rooms.size();
    }
}

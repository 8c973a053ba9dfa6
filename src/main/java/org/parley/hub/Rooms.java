package org.parley.hub;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.parley.event.Event;

/** The rooms that have members on this node; what other nodes announce reaches them here. Thread-safe. */
final class Rooms implements Backplane.Listener {
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
        rooms.computeIfPresent(name, (n, room) -> {
            if (!room.retire()) {
                return room;
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
        backplane.committed(name, epoch, messages);
    }

    @Override
    public void committed(String name, String epoch, List<Message> messages) {
        Room room = rooms.get(name);
        if (room != null) {
            room.committed(epoch, messages);
        }
    }

    @Override
    public void published(String name, List<Message> messages) {
        Room room = rooms.get(name);
        if (room != null) {
            room.published(messages);
        }
    }

    @Override
    public void signalled(String name, Backplane.Signal signal) {
        Room room = rooms.get(name);
        if (room != null) {
            room.signal(signal, null);
        }
    }

    @Override
    public void reconnected() {
        executor.execute(this::sweep);
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

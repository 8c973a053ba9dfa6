package org.parley.hub;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A log that forgets when the test ends; it keeps the rules of the port, which {@code MessageLogContract} checks. */
public final class MemoryMessageLog implements MessageLog, Following {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final Map<String, Room> rooms = new TreeMap<>();
    private final Map<String, Integer> deferrals = new HashMap<>();
    private boolean unavailable;

    public MemoryMessageLog(Clock clock) {
        this.clock = clock;
    }

    /** While true every method throws, as if the disk were full. */
    public synchronized void unavailable(boolean value) {
        unavailable = value;
    }

    /** The next {@code times} appends find the room locked by another node. */
    public synchronized void defer(String room, int times) {
        deferrals.put(room, times);
    }

    /** Forgets all but the newest {@code count} entries of the room, as retention does. */
    public synchronized void keepNewest(String room, int count) {
        Room kept = rooms.get(room);
        while (kept.entries.size() > count) {
            kept.forgetOldest();
        }
    }

    @Override
    public synchronized List<Appended> append(List<Append> batch) throws LogUnavailableException {
        check();
        Set<String> deferred = deferredOf(batch);
        List<Appended> outcomes = new ArrayList<>();
        for (Append entry : batch) {
            outcomes.add(deferred.contains(entry.room()) ? new Appended.Deferred() : append(entry));
        }
        return outcomes;
    }

    private Set<String> deferredOf(List<Append> batch) {
        Set<String> deferred = new HashSet<>();
        for (Append entry : batch) {
            if (deferrals.getOrDefault(entry.room(), 0) > 0) {
                deferred.add(entry.room());
            }
        }
        deferred.forEach(room -> deferrals.merge(room, -1, Integer::sum));
        return deferred;
    }

    private Appended append(Append entry) {
        Room room = room(entry.room(), entry.roomClass());
        Key key = new Key(entry.from().id(), entry.id());
        Message known = room.known.get(key);
        if (known != null) {
            return new Appended.Duplicate(room.epoch, known.seq(), known.time());
        }
        Appended.Refused refused = refusal(room, entry);
        if (refused != null) {
            return refused;
        }
        long time = Math.max(clock.millis(), room.time);
        long n = room.n + (Kind.countable(entry.kind()) ? 1 : 0);
        Message message = new Message(room.last + 1, n, time, entry.id(), entry.from(), entry.kind(), entry.body());
        room.add(message, entry.change());
        room.known.put(key, message);
        return new Appended.Stored(room.epoch, message);
    }

    private static Appended.Refused refusal(Room room, Append entry) {
        if (entry.id().isEmpty()
                || entry.id().length() > 64
                || Kind.targets(entry.kind()) != (entry.change() != null)) {
            return refused(ErrorCode.INVALID, null);
        }
        OptionalLong expect = entry.expect();
        return switch (room.roomClass) {
            case EPHEMERAL -> refused(ErrorCode.UNSUPPORTED, null);
            case LATEST -> {
                if (entry.change() != null) {
                    yield refused(ErrorCode.UNSUPPORTED, null);
                }
                boolean conflict = expect.isPresent() && expect.getAsLong() != room.last;
                yield conflict ? refused(ErrorCode.CONFLICT, room.newest()) : null;
            }
            case LOG -> {
                if (expect.isPresent()) {
                    yield refused(ErrorCode.UNSUPPORTED, null);
                }
                yield entry.change() == null ? null : changeRefusal(room, entry);
            }
        };
    }

    private static Appended.Refused changeRefusal(Room room, Append entry) {
        Entry target = room.entries.get(entry.change().target());
        if (target == null || target.change != null || target.deleted != 0) {
            return refused(ErrorCode.NO_TARGET, null);
        }
        boolean authors = !(entry.change() instanceof Append.Change.React);
        boolean author = target.message.from().id().equals(entry.from().id());
        return authors && !author ? refused(ErrorCode.NOT_AUTHOR, null) : null;
    }

    private static Appended.Refused refused(ErrorCode code, Message current) {
        return new Appended.Refused(code, code.text(), current);
    }

    @Override
    public synchronized RoomHead open(String name, RoomClass roomClass) throws LogUnavailableException {
        check();
        return room(name, roomClass).head();
    }

    private Room room(String name, RoomClass roomClass) {
        return rooms.computeIfAbsent(name, made -> new Room(made, roomClass));
    }

    @Override
    public synchronized Optional<RoomHead> head(String room) throws LogUnavailableException {
        check();
        return Optional.ofNullable(rooms.get(room)).map(Room::head);
    }

    @Override
    public synchronized List<RoomHead> heads(Collection<String> names) throws LogUnavailableException {
        check();
        return rooms.values().stream()
                .filter(room -> names.contains(room.name))
                .map(Room::head)
                .toList();
    }

    @Override
    public synchronized Page after(String name, long seq, int limit, int maxBytes) throws LogUnavailableException {
        check();
        Room room = rooms.get(name);
        if (room == null) {
            return new Page("", 0, 1, List.of(), false);
        }
        NavigableMap<Long, Entry> newer = room.entries.tailMap(seq, false);
        List<Message> page = page(newer.values().iterator(), limit, maxBytes, false);
        // Not newer.size(), which walks all of it.
        return room.page(page, !page.isEmpty() && page.get(page.size() - 1).seq() < newer.lastKey());
    }

    @Override
    public synchronized Page before(String name, long seq, int limit, int maxBytes) throws LogUnavailableException {
        check();
        Room room = rooms.get(name);
        if (room == null) {
            return new Page("", 0, 1, List.of(), false);
        }
        List<Entry> older = room.entries.headMap(seq, false).descendingMap().values().stream()
                .filter(entry -> entry.change == null)
                .toList();
        List<Message> page = page(older.iterator(), limit, maxBytes, true);
        Collections.reverse(page);
        return room.page(page, page.size() < older.size());
    }

    private static List<Message> page(Iterator<Entry> entries, int limit, int maxBytes, boolean folded) {
        List<Message> page = new ArrayList<>();
        long bytes = 0;
        while (entries.hasNext() && page.size() < limit) {
            Entry entry = entries.next();
            bytes += entry.message.body().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes && !page.isEmpty()) {
                break;
            }
            page.add(folded ? entry.folded() : entry.message);
        }
        return page;
    }

    @Override
    public synchronized void renewEpochs() throws LogUnavailableException {
        check();
        rooms.values().forEach(room -> room.epoch = epoch());
    }

    @Override
    public synchronized void follow(String user, String name) throws LogUnavailableException {
        check();
        Room room = rooms.get(name);
        if (room == null) {
            throw new IllegalArgumentException("no room " + name);
        }
        room.markers.putIfAbsent(user, new Marker(room.last, room.n));
    }

    @Override
    public synchronized void unfollow(String user, String name) throws LogUnavailableException {
        check();
        if (rooms.containsKey(name)) {
            rooms.get(name).markers.remove(user);
        }
    }

    @Override
    public synchronized long read(String user, String name, long seq) throws LogUnavailableException {
        check();
        Room room = rooms.get(name);
        if (room == null || !room.markers.containsKey(user)) {
            return 0;
        }
        room.move(user, Math.min(seq, room.last));
        return room.markers.get(user).seq;
    }

    @Override
    public synchronized List<Followed> rooms(String user) throws LogUnavailableException {
        check();
        List<Followed> followed = new ArrayList<>();
        for (Room room : rooms.values()) {
            Marker marker = room.markers.get(user);
            if (marker != null) {
                followed.add(new Followed(room.head(), marker.seq, room.n - marker.n));
            }
        }
        return followed;
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    private void check() throws LogUnavailableException {
        if (unavailable) {
            throw new LogUnavailableException("the test says so", null);
        }
    }

    private static String epoch() {
        return new BigInteger(128, RANDOM).toString(16);
    }

    private record Key(String from, String id) {}

    private record Marker(long seq, long n) {}

    private static final class Entry {
        Message message;
        final Append.Change change;
        long edited;
        long deleted;
        final Map<String, Set<String>> reactions = new LinkedHashMap<>();

        Entry(Message message, Append.Change change) {
            this.message = message;
            this.change = change;
        }

        Message folded() {
            List<Message.Reaction> given = new ArrayList<>();
            reactions.forEach((emoji, from) -> given.add(new Message.Reaction(emoji, List.copyOf(from))));
            return withFold(message.body(), new Message.Fold(edited, deleted, given));
        }

        void rewrite(String body) {
            message = withFold(body, Message.Fold.NONE);
        }

        private Message withFold(String body, Message.Fold fold) {
            Message m = message;
            return new Message(m.seq(), m.n(), m.time(), m.id(), m.from(), m.kind(), body, fold);
        }
    }

    private static final class Room {
        final String name;
        final RoomClass roomClass;
        final NavigableMap<Long, Entry> entries = new TreeMap<>();
        final Map<Key, Message> known = new HashMap<>();
        final Map<String, Marker> markers = new HashMap<>();
        String epoch = epoch();
        long last;
        long n;
        long time;
        long trimmedN;

        Room(String name, RoomClass roomClass) {
            this.name = name;
            this.roomClass = roomClass;
        }

        RoomHead head() {
            return new RoomHead(name, epoch, last, n, time);
        }

        Message newest() {
            return entries.isEmpty() ? null : entries.lastEntry().getValue().message;
        }

        Page page(List<Message> messages, boolean more) {
            return new Page(epoch, last, entries.isEmpty() ? last + 1 : entries.firstKey(), messages, more);
        }

        void add(Message message, Append.Change change) {
            last = message.seq();
            n = message.n();
            time = message.time();
            entries.put(last, new Entry(message, change));
            if (change != null) {
                apply(message, change);
            }
            while (roomClass == RoomClass.LATEST && entries.size() > 1) {
                forgetOldest();
            }
            if (markers.containsKey(message.from().id())) {
                move(message.from().id(), last);
            }
        }

        void apply(Message by, Append.Change change) {
            Entry target = entries.get(change.target());
            if (change instanceof Append.Change.Edit edit) {
                target.edited = by.time();
                target.rewrite(edit.body());
            } else if (change instanceof Append.Change.React react) {
                react(target, by.from().id(), react);
            } else {
                target.deleted = by.time();
                target.rewrite("{}");
                target.reactions.clear();
                entries.values().stream()
                        .filter(entry -> entry.change instanceof Append.Change.Edit earlier
                                && earlier.target() == change.target())
                        .forEach(entry -> entry.rewrite("{\"target\":" + change.target() + "}"));
            }
        }

        private static void react(Entry target, String from, Append.Change.React react) {
            if (react.given()) {
                target.reactions
                        .computeIfAbsent(react.emoji(), emoji -> new LinkedHashSet<>())
                        .add(from);
            } else if (target.reactions.containsKey(react.emoji())) {
                target.reactions.get(react.emoji()).remove(from);
                target.reactions.values().removeIf(Set::isEmpty);
            }
        }

        void forgetOldest() {
            trimmedN = entries.pollFirstEntry().getValue().message.n();
        }

        void move(String user, long seq) {
            if (seq > markers.get(user).seq) {
                Entry at = entries.get(seq);
                markers.put(user, new Marker(seq, at == null ? trimmedN : at.message.n()));
            }
        }
    }
}

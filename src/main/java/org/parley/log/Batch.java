package org.parley.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.parley.hub.Append;
import org.parley.hub.Append.Change;
import org.parley.hub.Appended;
import org.parley.hub.ErrorCode;
import org.parley.hub.Kind;
import org.parley.hub.Message;
import org.parley.hub.RoomClass;

/** Decides what becomes of entries whose rooms are locked, numbers those that are new, and writes them. */
final class Batch {
    private static final String SELECT_KEY = "SELECT room_id, sender, id, seq, time FROM idempotency";
    private static final String SELECT_TARGET = "SELECT room_id, seq, sender, target, deleted FROM message";

    private final Dialect dialect;
    private final Transaction transaction;
    private final Map<String, Room> rooms;
    private final long now;
    private final Map<Key, Known> known = new HashMap<>();
    private final Map<Place, Target> targets = new HashMap<>();
    private final Map<Long, Message> values = new HashMap<>();
    private final Writes writes;

    /** @param now ms since 1970 */
    Batch(Dialect dialect, Transaction transaction, Map<String, Room> rooms, long now) {
        this.dialect = dialect;
        this.transaction = transaction;
        this.rooms = rooms;
        this.now = now;
        this.writes = new Writes(now);
    }

    private record Key(long room, String sender, String id) {}

    private record Known(long seq, long time) {}

    private record Place(long room, long seq) {}

    /** A message that another one may be about. */
    private record Target(String author, boolean root, boolean deleted) {}

    /** @param entries of rooms that are locked */
    List<Appended> store(List<Append> entries) throws SQLException {
        findKnown(entries);
        return storeNew(entries);
    }

    /**
     * The same for entries whose keys nobody has used, as nearly all are: what looking them up costs is saved. If one was
     * used, the database refuses its row, and all of them are to be stored again by {@link #store}.
     */
    List<Appended> storeNew(List<Append> entries) throws SQLException {
        findTargets(entries);
        List<Appended> outcomes = new ArrayList<>(entries.size());
        for (Append entry : entries) {
            outcomes.add(store(rooms.get(entry.room()), entry));
        }
        writes.flush(transaction);
        return outcomes;
    }

    private void findKnown(List<Append> entries) throws SQLException {
        List<Object[]> keys = new ArrayList<>();
        for (Append entry : entries) {
            keys.add(new Object[] {rooms.get(entry.room()).id, entry.from().id(), entry.id()});
        }
        dialect.lookup(transaction, SELECT_KEY, List.of("room_id", "sender", "id"), keys, row -> {
            Key key = new Key(row.getLong(1), row.getString(2), row.getString(3));
            known.put(key, new Known(row.getLong(4), row.getLong(5)));
            return true;
        });
    }

    private void findTargets(List<Append> entries) throws SQLException {
        List<Object[]> keys = new ArrayList<>();
        for (Append entry : entries) {
            if (entry.change() != null) {
                keys.add(
                        new Object[] {rooms.get(entry.room()).id, entry.change().target()});
            }
        }
        dialect.lookup(transaction, SELECT_TARGET, List.of("room_id", "seq"), keys, row -> {
            boolean root = row.getObject(4) == null;
            targets.put(
                    new Place(row.getLong(1), row.getLong(2)), new Target(row.getString(3), root, row.getLong(5) != 0));
            return true;
        });
    }

    private Appended store(Room room, Append entry) throws SQLException {
        Key key = new Key(room.id, entry.from().id(), entry.id());
        Known earlier = known.get(key);
        if (earlier != null) {
            return new Appended.Duplicate(room.epoch, earlier.seq(), earlier.time());
        }
        Appended.Refused refusal = refusal(room, entry);
        if (refusal != null) {
            return earlierOr(refusal, room, entry);
        }
        Message message = room.number(entry, now);
        known.put(key, new Known(message.seq(), message.time()));
        remember(room, message, entry.change());
        writes.add(room, message, entry.change());
        return new Appended.Stored(room.epoch, message);
    }

    /** What was stored once may be refused today, such as what it expected; no row of it would tell. */
    private Appended earlierOr(Appended.Refused refusal, Room room, Append entry) throws SQLException {
        findKnown(List.of(entry));
        Known earlier = known.get(new Key(room.id, entry.from().id(), entry.id()));
        return earlier == null ? refusal : new Appended.Duplicate(room.epoch, earlier.seq(), earlier.time());
    }

    private void remember(Room room, Message message, Change change) {
        if (room.roomClass == RoomClass.LATEST) {
            values.put(room.id, message);
            return;
        }
        targets.put(new Place(room.id, message.seq()), new Target(message.from().id(), change == null, false));
        if (change instanceof Change.Delete delete) {
            targets.computeIfPresent(
                    new Place(room.id, delete.target()), (place, gone) -> new Target(gone.author(), gone.root(), true));
        }
    }

    private Appended.Refused refusal(Room room, Append entry) throws SQLException {
        if (Kind.targets(entry.kind()) != (entry.change() != null)) {
            return refused(ErrorCode.INVALID, null);
        }
        return switch (room.roomClass) {
            case EPHEMERAL -> refused(ErrorCode.UNSUPPORTED, null);
            case LATEST ->
                entry.change() != null ? refused(ErrorCode.UNSUPPORTED, null) : conflict(room, entry.expect());
            case LOG -> entry.expect().isPresent() ? refused(ErrorCode.UNSUPPORTED, null) : changeRefusal(room, entry);
        };
    }

    private Appended.Refused conflict(Room room, OptionalLong expect) throws SQLException {
        if (expect.isEmpty() || expect.getAsLong() == room.last()) {
            return null;
        }
        Message value = values.get(room.id);
        return refused(ErrorCode.CONFLICT, value != null ? value : Pages.message(transaction, room, room.last()));
    }

    private Appended.Refused changeRefusal(Room room, Append entry) {
        if (entry.change() == null) {
            return null;
        }
        Target target = targets.get(new Place(room.id, entry.change().target()));
        if (target == null || !target.root() || target.deleted()) {
            return refused(ErrorCode.NO_TARGET, null);
        }
        boolean anybody = entry.change() instanceof Change.React;
        return anybody || target.author().equals(entry.from().id()) ? null : refused(ErrorCode.NOT_AUTHOR, null);
    }

    private static Appended.Refused refused(ErrorCode code, Message current) {
        return new Appended.Refused(code, code.text(), current);
    }
}

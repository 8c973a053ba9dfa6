package org.parley.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.parley.hub.Append.Change;
import org.parley.hub.Message;
import org.parley.hub.RoomClass;

/** The rows that a batch writes, collected so that each statement runs once for all of them. */
final class Writes {
    private static final String MESSAGE = "INSERT INTO message"
            + " (room_id, seq, n, time, id, sender, sender_name, guest, kind, body, target, root_before)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String KEY =
            "INSERT INTO idempotency (room_id, sender, id, seq, time, stored) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String EDIT = "UPDATE message SET body = ?, edited = ? WHERE room_id = ? AND seq = ?";
    private static final String DELETE = "UPDATE message SET body = '{}', deleted = ? WHERE room_id = ? AND seq = ?";
    private static final String FORGET_EDITS =
            "UPDATE message SET body = ? WHERE room_id = ? AND target = ? AND kind = 'edit'";
    private static final String FORGET_REACTIONS = "DELETE FROM reaction WHERE room_id = ? AND target = ?";
    private static final String GIVE = "INSERT INTO reaction (room_id, target, emoji, sender, seq)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String TAKE_BACK =
            "DELETE FROM reaction WHERE room_id = ? AND target = ? AND emoji = ? AND sender = ?";
    private static final String FORGET_VALUES = "DELETE FROM message WHERE room_id = ? AND seq < ?";
    private static final String MARKER =
            "UPDATE following SET seq = ?, n = ? WHERE follower = ? AND room_id = ? AND seq < ?";

    private final long now;
    private final List<Object[]> messages = new ArrayList<>();
    private final List<Object[]> keys = new ArrayList<>();
    private final List<Write> changes = new ArrayList<>();
    private final Map<Long, Room> rooms = new LinkedHashMap<>();
    private final Map<Marker, Object[]> markers = new LinkedHashMap<>();

    Writes(long now) {
        this.now = now;
    }

    private record Write(String sql, Object[] row) {}

    private record Marker(long room, String follower) {}

    void add(Room room, Message message, Change change) {
        String sender = message.from().id();
        Long target = change == null ? null : change.target();
        messages.add(new Object[] {
            room.id,
            message.seq(),
            message.n(),
            message.time(),
            message.id(),
            sender,
            message.from().name(),
            message.from().guest(),
            message.kind(),
            message.body(),
            target,
            room.rootBefore()
        });
        keys.add(new Object[] {room.id, sender, message.id(), message.seq(), message.time(), now});
        rooms.put(room.id, room);
        markers.put(
                new Marker(room.id, sender), new Object[] {message.seq(), message.n(), sender, room.id, message.seq()});
        if (change != null) {
            change(room.id, message, change);
        }
    }

    private void change(long room, Message by, Change change) {
        if (change instanceof Change.Edit edit) {
            change(EDIT, edit.body(), by.time(), room, edit.target());
        } else if (change instanceof Change.Delete delete) {
            change(DELETE, by.time(), room, delete.target());
            // What an earlier edit said is to be gone as well; the entries stay, for a log has no holes.
            change(FORGET_EDITS, "{\"target\":" + delete.target() + "}", room, delete.target());
            change(FORGET_REACTIONS, room, delete.target());
        } else if (change instanceof Change.React react && react.given()) {
            change(GIVE, room, react.target(), react.emoji(), by.from().id(), by.seq());
        } else if (change instanceof Change.React react) {
            change(TAKE_BACK, room, react.target(), react.emoji(), by.from().id());
        }
    }

    private void change(String sql, Object... row) {
        changes.add(new Write(sql, row));
    }

    /** Messages come first, since a later one of the same batch may be about them. */
    void flush(Transaction transaction) throws SQLException {
        transaction.batch(MESSAGE, messages);
        transaction.batch(KEY, keys);
        flushChanges(transaction);
        transaction.batch(Room.UPDATE, rooms.values().stream().map(Room::update).toList());
        transaction.batch(FORGET_VALUES, outdated());
        transaction.batch(MARKER, List.copyOf(markers.values()));
    }

    /** In their order, which decides what a reaction given and taken back comes to. */
    private void flushChanges(Transaction transaction) throws SQLException {
        List<Object[]> run = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            run.add(changes.get(i).row());
            String sql = changes.get(i).sql();
            if (i + 1 == changes.size() || !changes.get(i + 1).sql().equals(sql)) {
                transaction.batch(sql, run);
                run.clear();
            }
        }
    }

    private List<Object[]> outdated() {
        return rooms.values().stream()
                .filter(room -> room.roomClass == RoomClass.LATEST)
                .map(room -> new Object[] {room.id, room.first()})
                .toList();
    }
}

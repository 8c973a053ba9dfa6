package org.parley.log;

import java.sql.ResultSet;
import java.sql.SQLException;

import org.parley.hub.Kind;
import org.parley.hub.Message;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;

/** A room's row as one transaction sees it, and as it numbers it on. */
final class Room {
    static final String SELECT = "SELECT id, name, class, epoch, last, n, time, first, trimmed_n, last_root FROM room";

    final long id;
    final String name;
    final RoomClass roomClass;
    final String epoch;
    private long last;
    private long n;
    private long time;
    private long first;
    private long trimmedN;
    private long lastRoot;
    private long rootBefore;

    private Room(ResultSet row) throws SQLException {
        id = row.getLong(1);
        name = row.getString(2);
        roomClass = RoomClass.valueOf(row.getString(3));
        epoch = row.getString(4);
        last = row.getLong(5);
        n = row.getLong(6);
        time = row.getLong(7);
        first = row.getLong(8);
        trimmedN = row.getLong(9);
        lastRoot = row.getLong(10);
    }

    static Room of(ResultSet row) throws SQLException {
        return new Room(row);
    }

    long last() {
        return last;
    }

    long n() {
        return n;
    }

    /** The oldest seq that is still there; last + 1 if none is. */
    long first() {
        return first;
    }

    /** n as it was before {@link #first}. */
    long trimmedN() {
        return trimmedN;
    }

    /** The seq of the newest root message, 0 if there was none; it may be trimmed. */
    long lastRoot() {
        return lastRoot;
    }

    /** The seq of the root message before the one that was numbered last. */
    long rootBefore() {
        return rootBefore;
    }

    RoomHead head() {
        return new RoomHead(name, epoch, last, n, time);
    }

    /** The next message of the room; what became of the kind before does not matter any more in a latest one. */
    Message number(org.parley.hub.Append entry, long now) {
        boolean countable = Kind.countable(entry.kind());
        last++;
        time = Math.max(time, now);
        if (roomClass == RoomClass.LATEST) {
            first = last;
            trimmedN = n;
        }
        rootBefore = lastRoot;
        if (entry.change() == null) {
            lastRoot = last;
        }
        if (countable) {
            n++;
        }
        return new Message(last, n, time, entry.id(), entry.from(), entry.kind(), entry.body());
    }

    static final String UPDATE =
            "UPDATE room SET last = ?, n = ?, time = ?, first = ?, trimmed_n = ?, last_root = ? WHERE id = ?";

    Object[] update() {
        return new Object[] {last, n, time, first, trimmedN, lastRoot, id};
    }
}

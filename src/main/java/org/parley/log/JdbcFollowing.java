package org.parley.log;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import org.parley.hub.Following;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.RoomHead;

/** Followed rooms and read markers, next to the log that they are about. */
public final class JdbcFollowing implements Following {
    private static final String FOLLOW = "INSERT INTO following (follower, room_id, seq, n)"
            + " SELECT ?, id, last, n FROM room WHERE name = ? ON CONFLICT DO NOTHING";
    private static final String UNFOLLOW =
            "DELETE FROM following WHERE follower = ? AND room_id = (SELECT id FROM room WHERE name = ?)";
    private static final String MARKER = "SELECT seq FROM following WHERE follower = ? AND room_id = ?";
    private static final String MOVE =
            "UPDATE following SET seq = ?, n = ? WHERE follower = ? AND room_id = ? AND seq < ?";
    private static final String N = "SELECT n FROM message WHERE room_id = ? AND seq = ?";
    private static final String ROOMS = "SELECT r.name, r.epoch, r.last, r.n, r.time, f.seq, f.n"
            + " FROM following f JOIN room r ON r.id = f.room_id WHERE f.follower = ? ORDER BY r.name";

    private final Database database;
    private final Rooms rooms;

    /** @param database that the log of the rooms is in */
    public JdbcFollowing(Database database) {
        this.database = database;
        this.rooms = new Rooms(database);
    }

    /** @throws IllegalArgumentException if there is no such room */
    @Override
    public void follow(String user, String room) throws LogUnavailableException {
        boolean exists = JdbcMessageLog.run("follow a room", () -> {
            try (Transaction transaction = database.write()) {
                boolean follows = transaction.update(FOLLOW, user, room) > 0;
                boolean there = follows || rooms.find(transaction, room).isPresent();
                transaction.commit();
                return there;
            }
        });
        if (!exists) {
            throw new IllegalArgumentException("There is no room " + room + " to follow.");
        }
    }

    @Override
    public void unfollow(String user, String room) throws LogUnavailableException {
        JdbcMessageLog.run("unfollow a room", () -> {
            try (Transaction transaction = database.write()) {
                transaction.update(UNFOLLOW, user, room);
                transaction.commit();
                return null;
            }
        });
    }

    private record Marker(long room, long seq, long n) {}

    @Override
    public long read(String user, String room, long seq) throws LogUnavailableException {
        return JdbcMessageLog.run("move a read marker", () -> {
            Optional<Marker> present;
            Optional<Marker> wanted;
            try (Transaction transaction = database.read()) {
                Optional<Room> found = rooms.find(transaction, room);
                present = found.isEmpty() ? Optional.empty() : marker(transaction, user, found.get());
                wanted = present.isEmpty() ? present : Optional.of(at(transaction, found.get(), seq));
            }
            if (present.isEmpty() || wanted.get().seq() <= present.get().seq()) {
                return present.map(Marker::seq).orElse(0L);
            }
            return move(user, wanted.get());
        });
    }

    private static Optional<Marker> marker(Transaction transaction, String user, Room room) throws SQLException {
        return transaction.query(MARKER, row -> new Marker(room.id, row.getLong(1), 0), user, room.id).stream()
                .findFirst();
    }

    /** A marker at {@code seq}; what was trimmed before the oldest message cannot be unread any more. */
    private static Marker at(Transaction transaction, Room room, long seq) throws SQLException {
        if (seq >= room.last()) {
            return new Marker(room.id, room.last(), room.n());
        }
        if (seq < room.first()) {
            return new Marker(room.id, seq, room.trimmedN());
        }
        long n = transaction.query(N, row -> row.getLong(1), room.id, seq).get(0);
        return new Marker(room.id, seq, n);
    }

    private long move(String user, Marker to) throws SQLException {
        try (Transaction transaction = database.write()) {
            transaction.update(MOVE, to.seq(), to.n(), user, to.room(), to.seq());
            List<Long> now = transaction.query(MARKER, row -> row.getLong(1), user, to.room());
            transaction.commit();
            return now.isEmpty() ? 0 : now.get(0);
        }
    }

    @Override
    public List<Followed> rooms(String user) throws LogUnavailableException {
        return JdbcMessageLog.run("list followed rooms", () -> {
            try (Transaction transaction = database.read()) {
                return transaction.query(
                        ROOMS,
                        row -> {
                            RoomHead head = new RoomHead(
                                    row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5));
                            return new Followed(head, row.getLong(6), head.n() - row.getLong(7));
                        },
                        user);
            }
        });
    }
}

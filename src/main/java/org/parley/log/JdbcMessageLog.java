package org.parley.log;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.parley.hub.Append;
import org.parley.hub.Appended;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.MessageLog;
import org.parley.hub.Page;
import org.parley.hub.RoomClass;
import org.parley.hub.RoomHead;

/**
 * The log in an SQL database. In SQLite its one writer keeps the order; in PostgreSQL the lock of a room's row does,
 * which is held until the commit, so that the order of numbers is the order of commits across nodes.
 */
public final class JdbcMessageLog implements MessageLog {
    private static final Page NO_ROOM = new Page("", 0, 1, List.of(), false);

    private final Database database;
    private final Rooms rooms;
    private final Epochs epochs;
    private final Appending appending;
    private final Trimming trimming;

    /**
     * @param database stays open when the log is closed
     * @param clock for the time of messages and the life of idempotency keys
     * @param retention what to keep of a room, by its name
     */
    public JdbcMessageLog(Database database, Clock clock, Function<String, Retention> retention)
            throws LogUnavailableException {
        this(database, clock, retention, CommitNotices.NONE);
    }

    /** @param notices sent with each transaction that appends; only for PostgreSQL */
    public JdbcMessageLog(Database database, Clock clock, Function<String, Retention> retention, CommitNotices notices)
            throws LogUnavailableException {
        this.database = database;
        this.rooms = new Rooms(database);
        this.epochs = new Epochs(database, rooms);
        this.appending = new Appending(database, rooms, epochs, clock, notices);
        this.trimming = new Trimming(database, rooms, retention);
        run("check the epochs", () -> {
            epochs.check();
            return null;
        });
    }

    @Override
    public List<Appended> append(List<Append> batch) throws LogUnavailableException {
        return run("append", () -> appending.append(batch));
    }

    @Override
    public RoomHead open(String room, RoomClass roomClass) throws LogUnavailableException {
        return run("open a room", () -> {
            Optional<Room> there = find(room);
            if (there.isEmpty()) {
                rooms.make(Map.of(room, roomClass));
                there = find(room);
            }
            return there.orElseThrow().head();
        });
    }

    @Override
    public Optional<RoomHead> head(String room) throws LogUnavailableException {
        return run("read a room", () -> find(room).map(Room::head));
    }

    private Optional<Room> find(String room) throws SQLException {
        try (Transaction transaction = database.read()) {
            return rooms.find(transaction, room);
        }
    }

    @Override
    public List<RoomHead> heads(Collection<String> names) throws LogUnavailableException {
        return run("read rooms", () -> {
            try (Transaction transaction = database.read()) {
                return rooms.find(transaction, names).stream().map(Room::head).toList();
            }
        });
    }

    @Override
    public Page after(String room, long seq, int limit, int maxBytes) throws LogUnavailableException {
        return page(room, (transaction, found) -> Pages.after(transaction, found, seq, limit, maxBytes));
    }

    @Override
    public Page before(String room, long seq, int limit, int maxBytes) throws LogUnavailableException {
        return page(room, (transaction, found) -> Pages.before(transaction, found, seq, limit, maxBytes));
    }

    private interface PageReader {
        Page read(Transaction transaction, Room room) throws SQLException;
    }

    private Page page(String name, PageReader reader) throws LogUnavailableException {
        return run("read a page", () -> {
            try (Transaction transaction = database.read()) {
                Optional<Room> room = rooms.find(transaction, name);
                return room.isEmpty() ? NO_ROOM : reader.read(transaction, room.get());
            }
        });
    }

    @Override
    public void renewEpochs() throws LogUnavailableException {
        run("renew the epochs", () -> {
            epochs.renew();
            return null;
        });
    }

    /**
     * Removes what retention does not keep and the idempotency keys older than 24 hours, in many small transactions.
     *
     * @return how many messages were removed
     */
    public long trim(Instant now) throws LogUnavailableException {
        return run("trim", () -> trimming.trim(now));
    }

    /** Nothing is held: the database is closed by whoever opened it. */
    @Override
    public void close() {}

    interface Statement<T> {
        T run() throws SQLException;
    }

    static <T> T run(String what, Statement<T> statement) throws LogUnavailableException {
        try {
            return statement.run();
        } catch (SQLException e) {
            throw new LogUnavailableException("The message log could not " + what + ": " + e.getMessage(), e);
        }
    }
}

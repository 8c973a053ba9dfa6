package org.parley.log;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import org.parley.hub.Kind;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Message;
import org.parley.hub.Page;
import org.parley.hub.Search;

/**
 * Search with the database's own index, which is filled behind the log: whoever searches a room first brings its index to
 * where the room stands. So no append waits for it, a room that nobody searches costs nothing, and what is found is never
 * behind. The first search of a room with a long history takes that much longer.
 */
public final class JdbcSearch implements Search {
    private static final Page NOTHING = new Page("", 0, 1, List.of(), false);
    private static final int STEP = 500;
    private static final String POSITION = "SELECT epoch, seq FROM indexed WHERE room_id = ?";
    private static final String BEGIN =
            "INSERT INTO indexed (room_id, epoch, seq) VALUES (?, ?, 0) ON CONFLICT (room_id) DO NOTHING";
    private static final String MOVE = "UPDATE indexed SET epoch = ?, seq = ? WHERE room_id = ?";

    private final Database database;
    private final Rooms rooms;
    private final String entries;

    public JdbcSearch(Database database) {
        this.database = database;
        this.rooms = new Rooms(database);
        this.entries = "SELECT seq, kind, target, " + database.words().text()
                + " FROM message WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT " + STEP;
    }

    private record Entry(long seq, String kind, long target, String text) {}

    @Override
    public Page find(String name, String text, long before, int limit) throws LogUnavailableException {
        List<String> words = Words.asked(text);
        return JdbcMessageLog.run("search", () -> {
            Optional<Room> room = room(name);
            return room.isEmpty() || words.isEmpty() ? NOTHING : find(room.get(), words, before, limit);
        });
    }

    private Optional<Room> room(String name) throws SQLException {
        try (Transaction log = database.read()) {
            return rooms.find(log, name);
        }
    }

    private Page find(Room room, List<String> words, long before, int limit) throws SQLException {
        boolean behind = true;
        while (behind) {
            behind = fill(room);
        }
        List<Long> found;
        try (Transaction index = database.index()) {
            found = database.words().find(index, room.id, words, before, limit + 1);
        }
        List<Message> messages = messages(room, found.subList(0, Math.min(limit, found.size())));
        return new Page(room.epoch, room.last(), room.first(), messages, found.size() > limit);
    }

    /** Some may be trimmed or deleted since they were indexed. */
    private List<Message> messages(Room room, List<Long> seqs) throws SQLException {
        List<Message> messages = new ArrayList<>();
        try (Transaction log = database.read()) {
            for (long seq : seqs) {
                Message message = Pages.message(log, room, seq);
                if (message != null) {
                    messages.add(message);
                }
            }
        }
        Collections.reverse(messages);
        return messages;
    }

    /** @return whether there may be more to fill in */
    private boolean fill(Room room) throws SQLException {
        try (Transaction index = database.index()) {
            index.update(BEGIN, room.id, room.epoch);
            long from = position(index, room);
            List<Entry> next = read(room, from);
            for (Entry entry : next) {
                index(index, room.id, entry);
            }
            long to = next.isEmpty() ? from : next.get(next.size() - 1).seq();
            database.words().remove(index, room.id, 0, room.first());
            index.update(MOVE, room.epoch, to, room.id);
            index.commit();
            return next.size() == STEP && to < room.last();
        }
    }

    /** Another epoch means that the numbers are others: what is in the index belongs to none of them. */
    private long position(Transaction index, Room room) throws SQLException {
        List<Long> there =
                index.query(POSITION, row -> row.getString(1).equals(room.epoch) ? row.getLong(2) : -1L, room.id);
        if (there.get(0) >= 0) {
            return there.get(0);
        }
        database.words().remove(index, room.id, 0, Long.MAX_VALUE);
        return 0;
    }

    private List<Entry> read(Room room, long after) throws SQLException {
        try (Transaction log = database.read()) {
            return log.query(
                    entries,
                    row -> new Entry(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4)),
                    room.id,
                    after);
        }
    }

    private void index(Transaction index, long room, Entry entry) throws SQLException {
        switch (entry.kind()) {
            case Kind.TEXT -> put(index, room, entry.seq(), entry.text());
            case Kind.EDIT -> put(index, room, entry.target(), entry.text());
            case Kind.DELETE -> database.words().remove(index, room, entry.target(), entry.target() + 1);
            default -> {
                // Has no text of its own, or one that only its readers can read.
            }
        }
    }

    private void put(Transaction index, long room, long seq, String text) throws SQLException {
        String words = text == null ? "" : Words.of(text);
        if (!words.isEmpty()) {
            database.words().put(index, room, seq, words);
        }
    }
}

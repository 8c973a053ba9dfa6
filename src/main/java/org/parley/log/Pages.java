package org.parley.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.parley.hub.Message;
import org.parley.hub.Message.Fold;
import org.parley.hub.Message.Reaction;
import org.parley.hub.Page;
import org.parley.hub.User;

/** Reads pages of messages within one transaction. */
final class Pages {
    private static final String COLUMNS = "seq, n, time, id, sender, sender_name, guest, kind, body, edited, deleted";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM message";
    private static final String AFTER = SELECT + " WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?";
    private static final String ROOT_BEFORE =
            "SELECT CASE WHEN target IS NULL THEN seq ELSE root_before END FROM message WHERE room_id = ? AND seq = ?";
    /** From one root to the one before it; both databases follow the chain only as far as rows are asked for. */
    static final String BEFORE = "WITH RECURSIVE root AS (SELECT room_id, root_before, " + COLUMNS
            + " FROM message WHERE room_id = ? AND seq = ? UNION ALL SELECT m.room_id, m.root_before, "
            + COLUMNS.replaceAll("\\w+", "m.$0")
            + " FROM root r JOIN message m ON m.room_id = r.room_id AND m.seq = r.root_before)"
            + " SELECT " + COLUMNS + " FROM root LIMIT ?";

    private static final String ONE = SELECT + " WHERE room_id = ? AND seq = ?";
    private static final String REACTIONS = "SELECT target, emoji, sender FROM reaction"
            + " WHERE room_id = ? AND target BETWEEN ? AND ? ORDER BY target, seq";

    private final Transaction transaction;
    private final List<Message> messages = new ArrayList<>();
    private long bytes;

    private Pages(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Raw entries with a greater seq, ascending. */
    static Page after(Transaction transaction, Room room, long seq, int limit, int maxBytes) throws SQLException {
        Pages pages = new Pages(transaction);
        transaction.each(AFTER, row -> pages.take(raw(row), maxBytes), room.id, seq, limit);
        List<Message> read = pages.messages;
        boolean more = !read.isEmpty() && read.get(read.size() - 1).seq() < room.last();
        return new Page(room.epoch, room.last(), room.first(), read, more);
    }

    /** Root messages with a smaller seq, ascending, folded. */
    static Page before(Transaction transaction, Room room, long seq, int limit, int maxBytes) throws SQLException {
        Pages pages = new Pages(transaction);
        boolean more = pages.readRoots(room, seq, limit, maxBytes);
        Collections.reverse(pages.messages);
        return new Page(room.epoch, room.last(), room.first(), pages.folded(room), more);
    }

    private boolean readRoots(Room room, long seq, int limit, int maxBytes) throws SQLException {
        boolean[] more = new boolean[1];
        Transaction.Reader reader = row -> {
            more[0] = messages.size() == limit || !take(edited(row), maxBytes);
            return !more[0];
        };
        transaction.each(BEFORE, reader, room.id, rootBefore(room, seq), limit + 1L);
        return more[0];
    }

    /** The seq of the newest root message before {@code seq}; that of none if it is trimmed. */
    private long rootBefore(Room room, long seq) throws SQLException {
        if (seq > room.last()) {
            return room.lastRoot();
        }
        List<Long> before = transaction.query(ROOT_BEFORE, row -> row.getLong(1), room.id, seq - 1);
        return before.isEmpty() ? 0 : before.get(0);
    }

    /** The raw entry of that number, or null. */
    static Message message(Transaction transaction, Room room, long seq) throws SQLException {
        List<Message> found = transaction.query(ONE, Pages::raw, room.id, seq);
        return found.isEmpty() ? null : found.get(0);
    }

    private boolean take(Message message, int maxBytes) {
        bytes += utf8Length(message.body());
        if (bytes > maxBytes && !messages.isEmpty()) {
            return false;
        }
        messages.add(message);
        return true;
    }

    private static Message raw(ResultSet row) throws SQLException {
        return message(row, Fold.NONE);
    }

    private static Message edited(ResultSet row) throws SQLException {
        long edited = row.getLong(10);
        long deleted = row.getLong(11);
        return message(row, edited == 0 && deleted == 0 ? Fold.NONE : new Fold(edited, deleted, List.of()));
    }

    private static Message message(ResultSet row, Fold fold) throws SQLException {
        User from = new User(row.getString(5), row.getString(6), row.getBoolean(7));
        return new Message(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getString(4),
                from,
                row.getString(8),
                row.getString(9),
                fold);
    }

    private List<Message> folded(Room room) throws SQLException {
        if (messages.isEmpty()) {
            return messages;
        }
        Map<Long, Map<String, List<String>>> given = new HashMap<>();
        Transaction.Reader reader = row -> given.computeIfAbsent(row.getLong(1), seq -> new LinkedHashMap<>())
                .computeIfAbsent(row.getString(2), emoji -> new ArrayList<>())
                .add(row.getString(3));
        long newest = messages.get(messages.size() - 1).seq();
        transaction.each(REACTIONS, reader, room.id, messages.get(0).seq(), newest);
        return messages.stream()
                .map(message -> folded(message, given.getOrDefault(message.seq(), Map.of())))
                .toList();
    }

    private static Message folded(Message m, Map<String, List<String>> given) {
        if (given.isEmpty()) {
            return m;
        }
        List<Reaction> reactions = given.entrySet().stream()
                .map(entry -> new Reaction(entry.getKey(), entry.getValue()))
                .toList();
        Fold fold = new Fold(m.fold().edited(), m.fold().deleted(), reactions);
        return new Message(m.seq(), m.n(), m.time(), m.id(), m.from(), m.kind(), m.body(), fold);
    }

    private static long utf8Length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is two chars here and four bytes there.
            if (c >= 0x80) {
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }
}

package org.parley.log;

import java.sql.SQLException;
import java.util.List;

/** The index of words of one database, within a transaction on it. Words are as {@link Words} makes them. */
interface WordIndex {
    void put(Transaction index, long room, long seq, String words) throws SQLException;

    /** Takes the entries from {@code from} to below {@code to} out. */
    void remove(Transaction index, long room, long from, long to) throws SQLException;

    /** The newest seqs before one whose entries have words that begin with each of these, descending. */
    List<Long> find(Transaction index, long room, List<String> words, long before, int limit) throws SQLException;

    /** An expression for a body's member {@code text}. */
    String text();

    /** SQLite's FTS5, in a file of its own: a row's id is the room's and the seq. */
    final class Fts5 implements WordIndex {
        /** Of the 63 bits of an id: a trillion messages in each of eight million rooms. */
        private static final int SEQ_BITS = 40;

        private static final long MAX_SEQ = (1L << SEQ_BITS) - 1;

        @Override
        public void put(Transaction index, long room, long seq, String words) throws SQLException {
            index.update("INSERT OR REPLACE INTO words (rowid, text) VALUES (?, ?)", id(room, seq), words);
        }

        @Override
        public void remove(Transaction index, long room, long from, long to) throws SQLException {
            index.update("DELETE FROM words WHERE rowid >= ? AND rowid < ?", id(room, from), id(room, to));
        }

        @Override
        public List<Long> find(Transaction index, long room, List<String> words, long before, int limit)
                throws SQLException {
            String query = String.join(
                    " ", words.stream().map(word -> '"' + word + "\"*").toList());
            return index.query(
                    "SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
                    row -> row.getLong(1) & MAX_SEQ,
                    query,
                    id(room, 0),
                    id(room, before),
                    limit);
        }

        private static long id(long room, long seq) {
            return room << SEQ_BITS | Math.min(seq, MAX_SEQ);
        }

        @Override
        public String text() {
            return "json_extract(body, '$.text')";
        }
    }

    /** PostgreSQL's tsvector, without a language: a room may be in any. */
    final class Tsvector implements WordIndex {
        @Override
        public void put(Transaction index, long room, long seq, String words) throws SQLException {
            index.update(
                    "INSERT INTO words (room_id, seq, text) VALUES (?, ?, to_tsvector('simple', ?))"
                            + " ON CONFLICT (room_id, seq) DO UPDATE SET text = excluded.text",
                    room,
                    seq,
                    words);
        }

        @Override
        public void remove(Transaction index, long room, long from, long to) throws SQLException {
            index.update("DELETE FROM words WHERE room_id = ? AND seq >= ? AND seq < ?", room, from, to);
        }

        @Override
        public List<Long> find(Transaction index, long room, List<String> words, long before, int limit)
                throws SQLException {
            String query =
                    String.join(" & ", words.stream().map(word -> word + ":*").toList());
            return index.query(
                    "SELECT seq FROM words WHERE room_id = ? AND seq < ? AND text @@ to_tsquery('simple', ?)"
                            + " ORDER BY seq DESC LIMIT ?",
                    row -> row.getLong(1),
                    room,
                    before,
                    query,
                    limit);
        }

        @Override
        public String text() {
            return "body::jsonb ->> 'text'";
        }
    }
}

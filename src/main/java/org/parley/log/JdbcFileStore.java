package org.parley.log;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.parley.file.FileLimits;
import org.parley.file.FileStore;
import org.parley.file.FileStoreUnavailableException;
import org.parley.file.StoredFile;
import org.parley.hub.ErrorCode;
import org.parley.hub.RefusedException;
import org.parley.hub.User;

/** Files as rows of chunks: in SQLite in a database of their own, in PostgreSQL beside the log. */
public final class JdbcFileStore implements FileStore {
    private static final String SELECT = "SELECT number, id, room, owner, owner_name, guest, name, type, size,"
            + " chunk_bytes, have, sha256, image, created, touched, state, seq FROM file";
    private static final String INSERT = "INSERT INTO file (id, room, owner, owner_name, guest, name, type, size,"
            + " chunk_bytes, sha256, image, created, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UNFINISHED = "SELECT count(*) FROM file WHERE owner = ? AND state = 0";
    private static final String MOVE =
            "UPDATE file SET have = ?, touched = ? WHERE number = ? AND have = ? AND state = 0";
    private static final String HAVE = "SELECT have FROM file WHERE number = ? AND state = 0";
    private static final String ADD = "INSERT INTO chunk (file_number, position, bytes) VALUES (?, ?, ?)";
    private static final String CHUNK = "SELECT bytes FROM chunk WHERE file_number = ? AND position = ?";
    private static final String FINISH =
            "UPDATE file SET state = 1, sha256 = ?, touched = ? WHERE number = ? AND state = 0";
    private static final String CLAIM = "UPDATE file SET seq = ? WHERE number = ? AND seq = 0";
    private static final String DELETE = "UPDATE file SET state = 2 WHERE number = ? AND state <> 2";
    private static final String DELETE_CHUNKS = "DELETE FROM chunk WHERE file_number = ? AND position < ?";
    private static final String FIRST_CHUNK = "SELECT min(position) FROM chunk WHERE file_number = ?";
    private static final String FORGET = "DELETE FROM file WHERE number = ?";

    private static final String MAKE_USAGE = "INSERT INTO file_usage (whose) VALUES (?) ON CONFLICT DO NOTHING";
    private static final String USAGE = "SELECT bytes FROM file_usage WHERE whose = ?";
    private static final String USE = "UPDATE file_usage SET bytes = bytes + ? WHERE whose = ? AND bytes + ? <= ?";

    /** Chunks removed at once: about as much as one window of an upload. */
    private static final int STEP = 8;

    private final Database database;
    private final FileLimits limits;
    private final Clock clock;

    public JdbcFileStore(Database database, FileLimits limits, Clock clock) {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Optional<StoredFile> find(String id) throws FileStoreUnavailableException {
        return run("find a file", () -> {
            try (Transaction transaction = database.readFiles()) {
                return transaction.query(SELECT + " WHERE id = ?", JdbcFileStore::file, id).stream()
                        .findFirst();
            }
        });
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        return new StoredFile(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                new User(row.getString(4), row.getString(5), row.getBoolean(6)),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getInt(10),
                row.getLong(11),
                row.getString(12),
                row.getString(13),
                row.getLong(14),
                row.getLong(15),
                StoredFile.State.values()[row.getInt(16)],
                row.getLong(17));
    }

    @Override
    public StoredFile create(StoredFile file) throws RefusedException, FileStoreUnavailableException {
        return runOrRefuse("begin a file", () -> {
            try (Transaction transaction = database.writeFiles()) {
                String user = file.owner().id();
                transaction.update(MAKE_USAGE, ofUser(file));
                transaction.update(MAKE_USAGE, ofRoom(file));
                require(transaction, ofUser(file), limits.userBytes() - file.size(), "The user");
                require(transaction, ofRoom(file), limits.roomBytes() - file.size(), "The room");
                long unfinished = transaction
                        .query(UNFINISHED, row -> row.getLong(1), user)
                        .get(0);
                if (unfinished >= limits.unfinished()) {
                    throw new RefusedException(
                            ErrorCode.LIMIT, "A user may have " + limits.unfinished() + " unfinished uploads.");
                }
                transaction.update(
                        INSERT,
                        file.id(),
                        file.room(),
                        user,
                        file.owner().name(),
                        file.owner().guest(),
                        file.name(),
                        file.type(),
                        file.size(),
                        file.chunkBytes(),
                        file.sha256(),
                        file.image(),
                        file.created(),
                        file.touched());
                StoredFile made = transaction
                        .query(SELECT + " WHERE id = ?", JdbcFileStore::file, file.id())
                        .get(0);
                transaction.commit();
                return made;
            }
        });
    }

    private static String ofUser(StoredFile file) {
        return "user " + file.owner().id();
    }

    private static String ofRoom(StoredFile file) {
        return "room " + file.room();
    }

    private static void require(Transaction transaction, String whose, long atMost, String who)
            throws SQLException, RefusedException {
        if (transaction.query(USAGE, row -> row.getLong(1), whose).get(0) > atMost) {
            throw full(who);
        }
    }

    private static RefusedException full(String who) {
        return new RefusedException(ErrorCode.QUOTA, who + " has no room for so many bytes of files.");
    }

    @Override
    public long append(StoredFile file, List<byte[]> chunks, boolean flush)
            throws RefusedException, FileStoreUnavailableException {
        return runOrRefuse("store chunks", () -> {
            long bytes = chunks.stream().mapToLong(chunk -> chunk.length).sum();
            try (Transaction transaction = flush ? database.writeFiles() : database.appendFiles()) {
                long have = file.have() + bytes;
                if (transaction.update(MOVE, have, clock.millis(), file.number(), file.have()) == 0) {
                    return moved(transaction, file);
                }
                use(transaction, ofUser(file), bytes, limits.userBytes(), "The user");
                use(transaction, ofRoom(file), bytes, limits.roomBytes(), "The room");
                transaction.batch(ADD, rows(file, chunks));
                transaction.commit();
                return have;
            }
        });
    }

    private static long moved(Transaction transaction, StoredFile file) throws SQLException, RefusedException {
        return transaction.query(HAVE, row -> row.getLong(1), file.number()).stream()
                .findFirst()
                .orElseThrow(() -> new RefusedException(ErrorCode.NO_FILE));
    }

    private static void use(Transaction transaction, String whose, long bytes, long limit, String who)
            throws SQLException, RefusedException {
        if (transaction.update(USE, bytes, whose, bytes, limit) == 0) {
            throw full(who);
        }
    }

    private static List<Object[]> rows(StoredFile file, List<byte[]> chunks) {
        List<Object[]> rows = new ArrayList<>(chunks.size());
        long position = file.have() / file.chunkBytes();
        for (byte[] chunk : chunks) {
            rows.add(new Object[] {file.number(), position++, chunk});
        }
        return rows;
    }

    @Override
    public Optional<byte[]> chunk(StoredFile file, long offset) throws FileStoreUnavailableException {
        return run("read a chunk", () -> {
            try (Transaction transaction = database.readFiles()) {
                return transaction
                        .query(CHUNK, row -> row.getBytes(1), file.number(), offset / file.chunkBytes())
                        .stream()
                        .findFirst();
            }
        });
    }

    @Override
    public void finish(StoredFile file, String sha256) throws FileStoreUnavailableException {
        update("finish a file", FINISH, sha256, clock.millis(), file.number());
    }

    @Override
    public void claim(StoredFile file, long seq) throws FileStoreUnavailableException {
        update("claim a file", CLAIM, seq, file.number());
    }

    private void update(String what, String sql, Object... arguments) throws FileStoreUnavailableException {
        run(what, () -> {
            try (Transaction transaction = database.writeFiles()) {
                transaction.update(sql, arguments);
                transaction.commit();
                return null;
            }
        });
    }

    @Override
    public void delete(StoredFile file) throws FileStoreUnavailableException {
        run("delete a file", () -> {
            forget(file);
            while (deleteSome(file)) {
                // Each step is a transaction, so that uploads come in between.
            }
            return null;
        });
    }

    /** What it had is free at once: nobody but {@link #append} and this changes it, under the lock of the file's row. */
    private void forget(StoredFile file) throws SQLException {
        try (Transaction transaction = database.writeFiles()) {
            if (transaction.update(DELETE, file.number()) > 0) {
                long have = transaction
                        .query("SELECT have FROM file WHERE number = ?", row -> row.getLong(1), file.number())
                        .get(0);
                transaction.update(USE, -have, ofUser(file), -have, Long.MAX_VALUE);
                transaction.update(USE, -have, ofRoom(file), -have, Long.MAX_VALUE);
                transaction.commit();
            }
        }
    }

    /** @return whether there is more */
    private boolean deleteSome(StoredFile file) throws SQLException {
        try (Transaction transaction = database.writeFiles()) {
            List<Long> first = transaction.query(
                    FIRST_CHUNK, row -> row.getObject(1) == null ? -1 : row.getLong(1), file.number());
            boolean more = first.get(0) >= 0;
            if (more) {
                transaction.update(DELETE_CHUNKS, file.number(), first.get(0) + STEP);
            } else {
                transaction.update(FORGET, file.number());
            }
            transaction.commit();
            return more;
        }
    }

    @Override
    public List<StoredFile> after(long number, int limit) throws FileStoreUnavailableException {
        return run("list files", () -> {
            try (Transaction transaction = database.readFiles()) {
                return transaction.query(
                        SELECT + " WHERE number > ? ORDER BY number LIMIT ?", JdbcFileStore::file, number, limit);
            }
        });
    }

    @Override
    public Optional<StoredFile> of(String room, long seq) throws FileStoreUnavailableException {
        return run("find a message's file", () -> {
            try (Transaction transaction = database.readFiles()) {
                return transaction
                        .query(
                                SELECT + " WHERE room = ? AND seq = ? AND seq > 0 AND state = 1",
                                JdbcFileStore::file,
                                room,
                                seq)
                        .stream()
                        .findFirst();
            }
        });
    }

    private interface Statement<T> {
        T run() throws SQLException;
    }

    private interface RefusableStatement<T> {
        T run() throws SQLException, RefusedException;
    }

    private static <T> T run(String what, Statement<T> statement) throws FileStoreUnavailableException {
        try {
            return statement.run();
        } catch (SQLException e) {
            throw new FileStoreUnavailableException("The store of files could not " + what + ": " + e.getMessage(), e);
        }
    }

    private static <T> T runOrRefuse(String what, RefusableStatement<T> statement)
            throws RefusedException, FileStoreUnavailableException {
        try {
            return statement.run();
        } catch (SQLException e) {
            throw new FileStoreUnavailableException("The store of files could not " + what + ": " + e.getMessage(), e);
        }
    }
}

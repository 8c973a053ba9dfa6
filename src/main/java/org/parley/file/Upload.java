package org.parley.file;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.parley.hub.ErrorCode;
import org.parley.hub.RefusedException;

/**
 * One upload on the connection that has it: chunks in, one transaction for all that wait.
 *
 * <pre>
 *   have ── stored ──► expected ── taken, waits ──► have + window
 * </pre>
 *
 * <p>{@link #take} never blocks and is for the container's callback; {@link #store} is for one other thread at a time.
 */
public final class Upload {
    /** Chunks beyond what is stored that a client may send: so many are in memory at most. */
    public static final int WINDOW = 4;

    private final FileStore store;
    private final FileCounters counters;
    private final Memory memory;

    // Guarded by this
    private StoredFile file;
    private List<byte[]> waiting = new ArrayList<>(WINDOW);
    private long expected;
    private boolean rewinding;
    private boolean ended;

    /** Of all that is stored; null if others have stored some of it. Only for the storing thread. */
    private MessageDigest digest;

    Upload(FileStore store, FileCounters counters, Memory memory, StoredFile file) {
        this.store = store;
        this.counters = counters;
        this.memory = memory;
        this.file = file;
        this.expected = file.have();
        this.digest = file.have() == 0 ? Digests.sha256() : null;
    }

    /** What became of a chunk. */
    public enum Taken {
        /** It waits, and somebody is to {@link #store}. */
        STORE,
        /** It waits with others, which somebody will store. */
        WAITS,
        /** It is not the next one: the client is to be told {@link #expected}. */
        REWIND,
        /** As before, and the client has been told. */
        IGNORED
    }

    /**
     * @param have how many bytes are stored
     * @param rewound whether somebody else stored some of them, so that what waited is forgotten and the client has to go on
     *     at {@code have}
     * @param more whether others went on waiting; those that came since are not meant
     */
    public record Progress(long have, boolean rewound, boolean more) {}

    public synchronized StoredFile file() {
        return file;
    }

    /** Bytes beyond what is stored that a client may send. */
    public int window() {
        return WINDOW * file().chunkBytes();
    }

    /** Where the next chunk has to begin. */
    public synchronized long expected() {
        return expected;
    }

    /**
     * A chunk came; nobody may write to its bytes from now on.
     *
     * @throws RefusedException {@code MISMATCH} if it reaches beyond the announced size, {@code OVERLOADED} beyond the
     *     credit or the server's memory, {@code NO_FILE} if this upload has ended
     */
    public synchronized Taken take(long offset, byte[] bytes) throws RefusedException {
        requireRunning();
        if (offset == expected && offset + bytes.length > file.size()) {
            throw new RefusedException(ErrorCode.MISMATCH, "The chunk goes beyond the size that was announced.");
        }
        if (offset != expected || bytes.length != file.chunkLength(offset)) {
            boolean told = rewinding;
            rewinding = true;
            return told ? Taken.IGNORED : Taken.REWIND;
        }
        if (offset + bytes.length > file.have() + (long) WINDOW * file.chunkBytes()) {
            rewinding = true;
            throw new RefusedException(ErrorCode.OVERLOADED, "More was sent than there was credit for.");
        }
        if (!memory.take(bytes.length)) {
            rewinding = true;
            throw new RefusedException(ErrorCode.OVERLOADED);
        }
        rewinding = false;
        expected += bytes.length;
        waiting.add(bytes);
        return waiting.size() == 1 ? Taken.STORE : Taken.WAITS;
    }

    private void requireRunning() throws RefusedException {
        if (ended) {
            throw new RefusedException(ErrorCode.NO_FILE, "This connection does not have that transfer.");
        }
    }

    /** Whether a chunk waits to be stored. */
    public synchronized boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * Stores what waits, in one transaction.
     *
     * @param most chunks, at least 1; others go on waiting
     * @param flush as for {@link FileStore#append}
     * @throws RefusedException as {@link FileStore#append}; this upload has then ended
     */
    public Progress store(int most, boolean flush) throws RefusedException, FileStoreUnavailableException {
        List<byte[]> chunks;
        StoredFile before;
        boolean more;
        synchronized (this) {
            requireRunning();
            chunks = firstWaiting(most);
            more = !waiting.isEmpty();
            before = file;
        }
        if (chunks.isEmpty()) {
            return new Progress(before.have(), false, false);
        }
        int bytes = chunks.stream().mapToInt(chunk -> chunk.length).sum();
        try {
            long have = store.append(before, chunks, flush);
            boolean mine = have == before.have() + bytes;
            digested(mine ? chunks : null);
            counters.bytesIn.add(mine ? bytes : 0);
            moved(have, mine);
            return new Progress(have, !mine, mine && more);
        } finally {
            memory.release(bytes);
        }
    }

    private List<byte[]> firstWaiting(int most) {
        List<byte[]> first = waiting.subList(0, Math.min(most, waiting.size()));
        List<byte[]> taken = List.copyOf(first);
        first.clear();
        return taken;
    }

    private void digested(List<byte[]> chunks) {
        if (chunks == null) {
            digest = null;
        } else if (digest != null) {
            chunks.forEach(digest::update);
        }
    }

    private synchronized void moved(long have, boolean mine) {
        file = file.withHave(have);
        if (!mine) {
            forgetWaiting();
            expected = have;
        }
    }

    private void forgetWaiting() {
        memory.release(waiting.stream().mapToInt(chunk -> chunk.length).sum());
        waiting = new ArrayList<>(WINDOW);
    }

    /** The digest of all that is stored: the running one if nothing else was ever stored, else read back. */
    String sha256() throws FileStoreUnavailableException {
        if (digest != null) {
            try {
                return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Digests.of(store, file());
    }

    synchronized void finished(StoredFile stored) {
        file = stored;
    }

    /** The connection has it no longer; what waits is forgotten. */
    public synchronized void end() {
        if (!ended) {
            ended = true;
            forgetWaiting();
            counters.uploading.decrement();
        }
    }

    public synchronized boolean hasEnded() {
        return ended;
    }
}

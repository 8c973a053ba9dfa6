package org.parley.file;

import java.util.Arrays;
import java.util.Optional;

import org.parley.hub.ErrorCode;
import org.parley.hub.RefusedException;

/** One file on its way out: chunk by chunk, never further than the reader's credit. */
public final class Download {
    private final FileStore store;
    private final FileCounters counters;
    private final StoredFile file;

    // Guarded by this
    private long next;
    private long credit;
    private boolean ended;

    Download(FileStore store, FileCounters counters, StoredFile file, long offset) {
        this.store = store;
        this.counters = counters;
        this.file = file;
        this.next = offset;
        this.credit = offset + (long) Upload.WINDOW * file.chunkBytes();
    }

    /** Bytes of the file from {@code offset} on. */
    public record Piece(long offset, byte[] bytes) {}

    public StoredFile file() {
        return file;
    }

    /** The reader has all bytes before {@code have}; one that was told already changes nothing. */
    public synchronized void credit(long have) {
        credit = Math.max(credit, have + (long) Upload.WINDOW * file.chunkBytes());
    }

    /** For a reader that takes what it gets, as one over HTTP does. */
    public synchronized void creditAll() {
        credit = Long.MAX_VALUE;
    }

    /** Whether {@link #read} has something to read that the reader has credit for. */
    public synchronized boolean ready() {
        return !ended && next < file.size() && Math.min(file.size(), chunkEnd()) <= credit;
    }

    private long chunkEnd() {
        return (next / file.chunkBytes() + 1) * file.chunkBytes();
    }

    /** Whether everything was read. */
    public synchronized boolean complete() {
        return next >= file.size();
    }

    /**
     * The next bytes, up to the end of their chunk. For one thread at a time.
     *
     * @throws RefusedException {@code NO_FILE} if the file was removed meanwhile
     */
    public Piece read() throws RefusedException, FileStoreUnavailableException {
        long offset;
        synchronized (this) {
            offset = next;
        }
        int inside = (int) (offset % file.chunkBytes());
        Optional<byte[]> chunk = store.chunk(file, offset - inside);
        if (chunk.isEmpty() || chunk.get().length <= inside) {
            throw new RefusedException(ErrorCode.NO_FILE, "The file was removed.");
        }
        byte[] whole = chunk.get();
        byte[] bytes = inside == 0 ? whole : Arrays.copyOfRange(whole, inside, whole.length);
        counters.bytesOut.add(bytes.length);
        synchronized (this) {
            next = offset + bytes.length;
        }
        return new Piece(offset, bytes);
    }

    /** Nothing more is read. */
    public synchronized void end() {
        if (!ended) {
            ended = true;
            counters.downloading.decrement();
        }
    }

    public synchronized boolean hasEnded() {
        return ended;
    }
}

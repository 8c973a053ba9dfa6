package org.parley.endpoint;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.parley.event.Event;
import org.parley.file.FilePool;
import org.parley.file.FileStoreUnavailableException;
import org.parley.file.Files;
import org.parley.file.Offer;
import org.parley.file.StoredFile;
import org.parley.file.Upload;
import org.parley.hub.Allowance;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.RefusedException;
import org.parley.json.Json;
import org.parley.protocol.ClientFileFrame;
import org.parley.protocol.ServerFileFrame;

/**
 * The transfers of one connection. Frames take effect in the order they came; what waits for a disk is done by a pool,
 * one task at a time, and a chunk only waits in memory until then.
 */
final class Transfers {
    /** At once, in either direction. */
    static final int LIMIT = 8;

    private static final System.Logger LOGGER = System.getLogger(Transfers.class.getName());

    private final SocketConnection connection;
    private final Files files;
    private final Allowance allowance;
    private final FilePool pool;
    private final SerialQueue queue;
    private final Completion completion;
    private final Pause pause;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Downloads downloads;
    private final FileAnswers answers;
    /** Uploads that ended here a moment ago: their chunks that are still on the way are no fault of the client's. */
    private final RecentIds over = new RecentIds();

    /** Uploads of which more is stored than their client knows. */
    private final Set<String> unacknowledged = ConcurrentHashMap.newKeySet();

    /** Uploads with chunks that a rest keeps waiting, in the order of their turns. Only for the queue's tasks. */
    private final Set<String> unstored = new LinkedHashSet<>();

    /** Whether a pump waits in the queue: it will see all that it is called for until then. */
    private final AtomicBoolean pumpWaits = new AtomicBoolean();

    private volatile boolean closed;

    Transfers(SocketConnection connection, Files files, Hub hub, Allowance allowance, FilePool pool) {
        this.pool = pool;
        this.connection = connection;
        this.files = files;
        this.allowance = allowance;
        this.queue = new SerialQueue(pool);
        this.answers = new FileAnswers(connection);
        this.completion = new Completion(connection, answers, files, hub, pool);
        // If too much waits already, the pump comes behind each of it.
        this.pause = new Pause(pool, () -> queue.submit(this::pump));
        this.downloads = new Downloads(connection, files, pause, answers);
    }

    /** A frame came; for the container's callback. */
    void take(ClientFileFrame frame) {
        if (frame instanceof ClientFileFrame.Chunk chunk) {
            chunk(chunk);
        } else if (frame instanceof ClientFileFrame.Credit credit) {
            downloads.credit(credit.transfer(), credit.have());
            pumpSoon();
        } else if (frame instanceof ClientFileFrame.Begin begin) {
            later(begin.id(), null, () -> begin(begin));
        } else if (frame instanceof ClientFileFrame.End end) {
            later(null, end.transfer(), () -> end(end));
        } else if (frame instanceof ClientFileFrame.Cancel cancel) {
            later(null, cancel.transfer(), () -> cancel(cancel));
        } else if (frame instanceof ClientFileFrame.Open open) {
            later(open.id(), null, () -> {
                requirePlace();
                downloads.open(open);
            });
        }
    }

    /** What a client asked for and may be refused. */
    private interface Task {
        void run() throws RefusedException, FileStoreUnavailableException, LogUnavailableException;
    }

    private void later(String id, String transfer, Task task) {
        if (!queue.submit(() -> attempt(id, transfer, task))) {
            fail(id, transfer, ErrorCode.BUSY, ErrorCode.BUSY.text());
        }
    }

    private void attempt(String id, String transfer, Task task) {
        if (!closed) {
            answered(id, transfer, task);
            pump();
        }
    }

    /** Whatever becomes of it, the client gets an answer. */
    private void answered(String id, String transfer, Task task) {
        try {
            task.run();
        } catch (RefusedException e) {
            fail(id, transfer, e.code(), e.getMessage());
        } catch (FileStoreUnavailableException | LogUnavailableException e) {
            fail(id, transfer, ErrorCode.UNAVAILABLE, answers.unavailable(e));
        } catch (RuntimeException e) {
            Event.of("transfer-failed", connection.id()).error(LOGGER, e);
            fail(id, transfer, ErrorCode.INTERNAL, ErrorCode.INTERNAL.text());
        }
    }

    /** A transfer that may be tried again is begun again: the connection has it no longer. */
    private void fail(String id, String transfer, ErrorCode code, String message) {
        Upload upload = transfer == null ? null : uploads.get(transfer);
        if (upload != null && code != ErrorCode.MISMATCH && code != ErrorCode.INVALID) {
            leave(transfer, upload);
        }
        answers.failed(id, transfer, code, message);
    }

    private void leave(String transfer, Upload upload) {
        over.add(transfer);
        uploads.remove(transfer, upload);
        unacknowledged.remove(transfer);
        files.leave(upload);
    }

    private void begin(ClientFileFrame.Begin begin)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        // Going on with one that this connection has takes no further place.
        if (begin.transfer() == null || !uploads.containsKey(begin.transfer())) {
            requirePlace();
        }
        Upload upload = begin.transfer() == null
                ? files.begin(
                        connection,
                        new Offer(
                                begin.room(),
                                begin.name(),
                                begin.type(),
                                begin.size(),
                                begin.sha256(),
                                begin.image() == null ? null : Json.write(begin.image())))
                : files.resume(connection, begin.transfer());
        StoredFile file = upload.file();
        over.remove(file.id());
        unacknowledged.remove(file.id());
        uploads.put(file.id(), upload);
        if (closed) {
            leave(file.id(), upload);
        }
        answers.send(new ServerFileFrame.Ready(begin.id(), file.id(), file.chunkBytes(), upload.window(), file.have()));
    }

    private void requirePlace() throws RefusedException {
        if (uploads.size() + downloads.count() >= LIMIT) {
            throw new RefusedException(ErrorCode.LIMIT, "A connection may have " + LIMIT + " transfers at once.");
        }
        if (allowance.take(connection.user().id(), System.nanoTime()) > 0) {
            throw new RefusedException(ErrorCode.RATE_LIMITED);
        }
    }

    private void chunk(ClientFileFrame.Chunk chunk) {
        String transfer = chunk.transfer();
        Upload upload = uploads.get(transfer);
        if (upload == null) {
            if (!over.contains(transfer)) {
                fail(null, transfer, ErrorCode.NO_FILE, ErrorCode.NO_FILE.text());
            }
            return;
        }
        if (!connection.access().mayWrite(upload.file().room())) {
            fail(null, transfer, ErrorCode.FORBIDDEN, ErrorCode.FORBIDDEN.text());
            return;
        }
        try {
            Upload.Taken taken = upload.take(chunk.offset(), chunk.payload());
            if (taken == Upload.Taken.REWIND) {
                answers.send(new ServerFileFrame.Nack(transfer, upload.expected()));
            } else if (taken == Upload.Taken.STORE) {
                later(null, transfer, () -> store(transfer, upload));
            }
        } catch (RefusedException e) {
            fail(null, transfer, e.code(), e.getMessage());
        }
    }

    /**
     * Stores what waits, a piece of it while people chat, nothing during a rest; what is left has its turn in the next
     * pump. While people chat a piece is done when the disk has it: what the disk had to do later, nobody would rest for.
     * Chunks that come meanwhile bring a task of their own.
     */
    private void store(String transfer, Upload upload) throws RefusedException, FileStoreUnavailableException {
        boolean chatting = pool.pacing().chatting();
        if (pause.resting() || store(transfer, upload, chatting ? 1 : Upload.WINDOW, chatting)) {
            unstored.add(transfer);
        }
    }

    /** @return whether more waits */
    private boolean store(String transfer, Upload upload, int most, boolean flush)
            throws RefusedException, FileStoreUnavailableException {
        // If it was begun again meanwhile, or has ended, what waited was forgotten then.
        if (uploads.get(transfer) != upload || !upload.hasWaiting()) {
            return false;
        }
        Upload.Progress progress;
        long begun = System.nanoTime();
        try {
            progress = upload.store(most, flush);
        } catch (RefusedException e) {
            if (e.code() == ErrorCode.QUOTA) {
                files.discard(upload);
            }
            throw e;
        }
        pause.after(begun);
        if (progress.rewound()) {
            unacknowledged.remove(transfer);
            answers.send(new ServerFileFrame.Nack(transfer, progress.have()));
        } else {
            unacknowledged.add(transfer);
        }
        if (progress.have() == upload.file().size()) {
            // With nothing left to send, its client waits for this alone.
            acknowledge(transfer);
        }
        return progress.more();
    }

    private void acknowledge(String transfer) {
        Upload upload = uploads.get(transfer);
        if (unacknowledged.remove(transfer) && upload != null) {
            answers.send(new ServerFileFrame.Ack(transfer, upload.file().have()));
        }
    }

    private void end(ClientFileFrame.End end) throws RefusedException, FileStoreUnavailableException {
        Upload upload = uploads.get(end.transfer());
        if (upload == null) {
            throw new RefusedException(ErrorCode.NO_FILE, "This connection does not have that transfer.");
        }
        // All that came before this, which waits for no ack and no rest; what comes after it is too late.
        store(end.transfer(), upload, Upload.WINDOW, false);
        StoredFile stored;
        try {
            stored = files.finish(connection, upload, end.sha256());
        } catch (RefusedException e) {
            if (upload.hasEnded()) {
                leave(end.transfer(), upload);
            }
            throw e;
        }
        leave(end.transfer(), upload);
        completion.complete(stored);
    }

    private void cancel(ClientFileFrame.Cancel cancel) throws RefusedException, FileStoreUnavailableException {
        String transfer = cancel.transfer();
        if (!downloads.cancel(transfer)) {
            cancelUpload(transfer);
        }
        answers.send(new ServerFileFrame.Cancelled(transfer));
    }

    private void cancelUpload(String transfer) throws RefusedException, FileStoreUnavailableException {
        Upload upload = uploads.get(transfer);
        if (upload != null && upload.file().state() == StoredFile.State.UNFINISHED) {
            leave(transfer, upload);
            files.discard(upload);
        } else {
            files.discard(connection, transfer);
        }
    }

    /** A frame was sent or credit came: perhaps a download can go on. From any thread; returns at once. */
    void pumpSoon() {
        if (downloads.ready() && pumpWaits.compareAndSet(false, true) && !queue.submit(this::pumpNow)) {
            // Too much waits already, and the pump comes behind each of it.
            pumpWaits.set(false);
        }
    }

    private void pumpNow() {
        pumpWaits.set(false);
        pump();
    }

    /** Gives credit, stores what a rest has kept waiting, upload by upload, and lets downloads go on. */
    private void pump() {
        boolean stored = true;
        while (stored && !pause.resting()) {
            unacknowledged.forEach(this::acknowledge);
            stored = storeNext();
        }
        downloads.pump();
    }

    /** @return whether a rest had kept one waiting */
    private boolean storeNext() {
        Iterator<String> transfers = unstored.iterator();
        if (!transfers.hasNext()) {
            return false;
        }
        String transfer = transfers.next();
        transfers.remove();
        Upload upload = uploads.get(transfer);
        if (upload != null) {
            answered(null, transfer, () -> store(transfer, upload));
        }
        return true;
    }

    /** The connection is over: what was begun can be gone on with. */
    void close() {
        closed = true;
        uploads.forEach(this::leave);
        downloads.close();
    }
}

package org.parley.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.parley.event.Event;
import org.parley.file.Download;
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
import org.parley.protocol.FileFrameEncoder;
import org.parley.protocol.ServerFileFrame;

/**
 * The transfers of one connection. Frames take effect in the order they came; what waits for a disk is done by a pool,
 * one task at a time, and a chunk only waits in memory until then.
 */
final class Transfers {
    /** At once, in either direction. */
    static final int LIMIT = 8;

    /** Bytes that wait to be sent, above which no further chunk is read. */
    private static final int ENOUGH = 512 << 10;

    private static final long RETRY_MILLIS = 1_000;
    private static final int REMEMBERED = 64;
    private static final System.Logger LOGGER = System.getLogger(Transfers.class.getName());

    private final SocketConnection connection;
    private final Files files;
    private final Allowance allowance;
    private final SerialQueue queue;
    private final Completion completion;
    private final Pause pause;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
    private final Map<String, Download> downloads = new ConcurrentHashMap<>();
    /** Uploads that ended here a moment ago: their chunks that are still on the way are no fault of the client's. */
    private final Set<String> over = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }));

    /** Uploads of which more is stored than their client knows. */
    private final Set<String> unacknowledged = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    Transfers(SocketConnection connection, Files files, Hub hub, Allowance allowance, FilePool pool) {
        this.connection = connection;
        this.files = files;
        this.allowance = allowance;
        this.queue = new SerialQueue(pool);
        this.completion = new Completion(connection, files, hub, pool);
        // If too much waits already, the pump comes behind each of it.
        this.pause = new Pause(pool, () -> queue.submit(this::pump));
    }

    /** A frame came; for the container's callback. */
    void take(ClientFileFrame frame) {
        if (frame instanceof ClientFileFrame.Chunk chunk) {
            chunk(chunk);
        } else if (frame instanceof ClientFileFrame.Credit credit) {
            Download download = downloads.get(credit.transfer());
            if (download != null) {
                download.credit(credit.have());
                pumpSoon();
            }
        } else if (frame instanceof ClientFileFrame.Begin begin) {
            later(begin.id(), null, () -> begin(begin));
        } else if (frame instanceof ClientFileFrame.End end) {
            later(null, end.transfer(), () -> end(end));
        } else if (frame instanceof ClientFileFrame.Cancel cancel) {
            later(null, cancel.transfer(), () -> cancel(cancel));
        } else if (frame instanceof ClientFileFrame.Open open) {
            later(open.id(), null, () -> open(open));
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

    /** Whatever becomes of it, the client gets an answer. */
    private void attempt(String id, String transfer, Task task) {
        if (closed) {
            return;
        }
        try {
            task.run();
        } catch (RefusedException e) {
            fail(id, transfer, e.code(), e.getMessage());
        } catch (FileStoreUnavailableException | LogUnavailableException e) {
            Event.of("files-unavailable", connection.id())
                    .with("reason", e.getMessage())
                    .warn(LOGGER);
            fail(id, transfer, ErrorCode.UNAVAILABLE, "The store of files cannot be reached.");
        } catch (RuntimeException e) {
            Event.of("transfer-failed", connection.id()).error(LOGGER, e);
            fail(id, transfer, ErrorCode.INTERNAL, ErrorCode.INTERNAL.text());
        }
        pump();
    }

    /** A transfer that may be tried again is begun again: the connection has it no longer. */
    private void fail(String id, String transfer, ErrorCode code, String message) {
        Upload upload = transfer == null ? null : uploads.get(transfer);
        if (upload != null && code != ErrorCode.MISMATCH && code != ErrorCode.INVALID) {
            leave(transfer, upload);
        }
        send(ServerFileFrame.Failed.of(id, transfer, code, message, code.retryable() ? RETRY_MILLIS : 0));
    }

    private void leave(String transfer, Upload upload) {
        over.add(transfer);
        uploads.remove(transfer, upload);
        unacknowledged.remove(transfer);
        files.leave(upload);
    }

    private void begin(ClientFileFrame.Begin begin) throws RefusedException, FileStoreUnavailableException {
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
        send(new ServerFileFrame.Ready(begin.id(), file.id(), file.chunkBytes(), upload.window(), file.have()));
    }

    private void requirePlace() throws RefusedException {
        if (uploads.size() + downloads.size() >= LIMIT) {
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
                send(new ServerFileFrame.Nack(transfer, upload.expected()));
            } else if (taken == Upload.Taken.STORE) {
                later(null, transfer, () -> store(transfer, upload));
            }
        } catch (RefusedException e) {
            fail(null, transfer, e.code(), e.getMessage());
        }
    }

    private void store(String transfer, Upload upload) throws RefusedException, FileStoreUnavailableException {
        if (uploads.get(transfer) != upload) {
            // It was begun again meanwhile, or has ended: what waited was forgotten then.
            return;
        }
        Upload.Progress progress;
        long begun = System.nanoTime();
        try {
            progress = upload.store();
        } catch (RefusedException e) {
            if (e.code() == ErrorCode.QUOTA) {
                files.discard(upload);
            }
            throw e;
        }
        pause.after(begun);
        if (progress.rewound()) {
            unacknowledged.remove(transfer);
            send(new ServerFileFrame.Nack(transfer, progress.have()));
        } else {
            unacknowledged.add(transfer);
        }
        if (progress.have() == upload.file().size()) {
            // With nothing left to send, its client waits for this alone.
            acknowledge(transfer);
        }
    }

    private void acknowledge(String transfer) {
        Upload upload = uploads.get(transfer);
        if (unacknowledged.remove(transfer) && upload != null) {
            send(new ServerFileFrame.Ack(transfer, upload.file().have()));
        }
    }

    private void end(ClientFileFrame.End end) throws RefusedException, FileStoreUnavailableException {
        Upload upload = uploads.get(end.transfer());
        if (upload == null) {
            throw new RefusedException(ErrorCode.NO_FILE, "This connection does not have that transfer.");
        }
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
        Download download = downloads.remove(transfer);
        Upload upload = uploads.get(transfer);
        if (download != null) {
            download.end();
        } else if (upload != null && upload.file().state() == StoredFile.State.UNFINISHED) {
            leave(transfer, upload);
            files.discard(upload);
        } else {
            files.discard(connection, transfer);
        }
        send(new ServerFileFrame.Cancelled(transfer));
    }

    private void open(ClientFileFrame.Open open)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        requirePlace();
        long offset = open.offset() == null ? 0 : open.offset();
        Download download = files.open(connection.user().id(), connection.access(), open.file(), offset);
        String transfer = Files.randomId();
        downloads.put(transfer, download);
        if (closed) {
            end(transfer, download);
        }
        StoredFile file = download.file();
        send(new ServerFileFrame.Opened(
                open.id(),
                transfer,
                file.id(),
                file.name(),
                file.type(),
                file.size(),
                file.sha256(),
                offset,
                file.chunkBytes(),
                Upload.WINDOW * file.chunkBytes()));
        finishIfComplete(transfer, download);
    }

    private void end(String transfer, Download download) {
        downloads.remove(transfer, download);
        download.end();
    }

    private void finishIfComplete(String transfer, Download download) {
        if (download.complete() && !download.hasEnded()) {
            end(transfer, download);
            send(new ServerFileFrame.Sent(transfer, download.file().sha256()));
        }
    }

    /** A frame was sent or credit came: perhaps a download can go on. From any thread; returns at once. */
    void pumpSoon() {
        if (downloads.values().stream().anyMatch(Download::ready)) {
            // If too much waits already, the pump comes behind each of it.
            queue.submit(this::pump);
        }
    }

    /** Gives credit, and sends chunks, of each download in turn, until enough waits on the wire or no credit is left. */
    private void pump() {
        if (!pause.resting()) {
            unacknowledged.forEach(this::acknowledge);
        }
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Download> entry : downloads.entrySet()) {
                if (connection.outbox().size() >= ENOUGH || closed || pause.resting()) {
                    return;
                }
                more |= entry.getValue().ready() && sendChunk(entry.getKey(), entry.getValue());
            }
        }
    }

    /** @return whether one was sent */
    private boolean sendChunk(String transfer, Download download) {
        long begun = System.nanoTime();
        try {
            if (!connection.access().mayRead(download.file().room())) {
                throw new RefusedException(ErrorCode.FORBIDDEN);
            }
            Download.Piece piece = download.read();
            send(new ServerFileFrame.Chunk(transfer, piece.offset(), piece.bytes()));
            pause.after(begun);
            finishIfComplete(transfer, download);
            return true;
        } catch (RefusedException e) {
            end(transfer, download);
            fail(null, transfer, e.code(), e.getMessage());
        } catch (FileStoreUnavailableException e) {
            Event.of("files-unavailable", connection.id())
                    .with("reason", e.getMessage())
                    .warn(LOGGER);
            end(transfer, download);
            fail(null, transfer, ErrorCode.UNAVAILABLE, "The store of files cannot be reached.");
        }
        return false;
    }

    private void send(ServerFileFrame frame) {
        connection.send(Frame.binary(FileFrameEncoder.encode(frame)));
    }

    /** The connection is over: what was begun can be gone on with. */
    void close() {
        closed = true;
        uploads.forEach(this::leave);
        downloads.forEach(this::end);
    }
}

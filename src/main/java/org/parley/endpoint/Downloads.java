package org.parley.endpoint;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.parley.file.Download;
import org.parley.file.FileStoreUnavailableException;
import org.parley.file.Files;
import org.parley.file.StoredFile;
import org.parley.file.Upload;
import org.parley.hub.ErrorCode;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.RefusedException;
import org.parley.protocol.ClientFileFrame;
import org.parley.protocol.ServerFileFrame;

/** What one connection downloads. {@link #open} and {@link #pump} are for one task at a time, the others for any thread. */
final class Downloads {
    /** Bytes that wait to be sent, above which no further chunk is read. */
    private static final int ENOUGH = 512 << 10;

    private final SocketConnection connection;
    private final Files files;
    private final Pause pause;
    private final FileAnswers answers;
    private final Map<String, Download> downloads = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Downloads(SocketConnection connection, Files files, Pause pause, FileAnswers answers) {
        this.connection = connection;
        this.files = files;
        this.pause = pause;
        this.answers = answers;
    }

    int count() {
        return downloads.size();
    }

    void open(ClientFileFrame.Open open)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        long offset = open.offset() == null ? 0 : open.offset();
        Download download = files.open(connection.user().id(), connection.access(), open.file(), offset);
        String transfer = Files.randomId();
        downloads.put(transfer, download);
        if (closed) {
            end(transfer, download);
        }
        StoredFile file = download.file();
        answers.send(new ServerFileFrame.Opened(
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

    void credit(String transfer, long have) {
        Download download = downloads.get(transfer);
        if (download != null) {
            download.credit(have);
        }
    }

    /** Whether one of them has something to send and credit for it. */
    boolean ready() {
        return downloads.values().stream().anyMatch(Download::ready);
    }

    /** Sends chunks, of each in turn, until enough waits on the wire or no credit is left. */
    void pump() {
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
            answers.send(new ServerFileFrame.Chunk(transfer, piece.offset(), piece.bytes()));
            pause.after(begun);
            finishIfComplete(transfer, download);
            return true;
        } catch (RefusedException e) {
            end(transfer, download);
            answers.failed(null, transfer, e.code(), e.getMessage());
        } catch (FileStoreUnavailableException e) {
            end(transfer, download);
            answers.failed(null, transfer, ErrorCode.UNAVAILABLE, answers.unavailable(e));
        }
        return false;
    }

    private void finishIfComplete(String transfer, Download download) {
        if (download.complete() && !download.hasEnded()) {
            end(transfer, download);
            answers.send(new ServerFileFrame.Sent(transfer, download.file().sha256()));
        }
    }

    /** @return whether there was such a one */
    boolean cancel(String transfer) {
        Download download = downloads.get(transfer);
        if (download == null) {
            return false;
        }
        end(transfer, download);
        return true;
    }

    private void end(String transfer, Download download) {
        downloads.remove(transfer, download);
        download.end();
    }

    /** The connection is over. */
    void close() {
        closed = true;
        downloads.forEach(this::end);
    }
}

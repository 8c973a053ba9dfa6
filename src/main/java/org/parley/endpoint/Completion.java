package org.parley.endpoint;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.parley.event.Event;
import org.parley.file.FileStoreUnavailableException;
import org.parley.file.Files;
import org.parley.file.StoredFile;
import org.parley.hub.Delivery;
import org.parley.hub.ErrorCode;
import org.parley.hub.Hub;
import org.parley.hub.Kind;
import org.parley.hub.Publish;
import org.parley.hub.SealedRoom;
import org.parley.hub.SinglePublish;
import org.parley.protocol.FileFrameEncoder;
import org.parley.protocol.ServerFileFrame;

/**
 * The end of an upload: its row is stored already, now comes its message. The message's id is the file's, so that whoever
 * asks again, because the answer was lost, causes no second one.
 */
final class Completion {
    private static final System.Logger LOGGER = System.getLogger(Completion.class.getName());
    private static final long LIMIT_SECONDS = 10;

    private final SocketConnection connection;
    private final Files files;
    private final Hub hub;
    private final Executor executor;
    private final FileAnswers answers;

    Completion(SocketConnection connection, FileAnswers answers, Files files, Hub hub, Executor executor) {
        this.connection = connection;
        this.answers = answers;
        this.files = files;
        this.hub = hub;
        this.executor = executor;
    }

    /** Publishes, where the room may read it, and answers. */
    void complete(StoredFile file) {
        if (file.seq() > 0 || SealedRoom.isNamed(file.room())) {
            answer(file);
            return;
        }
        String body =
                FileFrameEncoder.body(file.id(), file.name(), file.type(), file.size(), file.sha256(), file.image());
        SinglePublish publisher = new SinglePublish(connection.id(), connection.user(), connection.access());
        hub.publish(publisher, new Publish(file.message(), file.room(), Kind.FILE, body));
        // The serial queue goes on meanwhile: this upload is over, and others need not wait for the log.
        publisher
                .outcome()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .whenCompleteAsync((outcome, late) -> published(file, outcome), executor);
    }

    private void published(StoredFile file, Delivery outcome) {
        try {
            answer(file, outcome);
        } catch (RuntimeException e) {
            Event.of("completion-failed", connection.id()).error(LOGGER, e);
            fail(file, ErrorCode.INTERNAL, ErrorCode.INTERNAL.text());
        }
    }

    private void answer(StoredFile file, Delivery outcome) {
        if (outcome instanceof Delivery.Acked acked) {
            claim(file, acked.seq());
        } else if (outcome instanceof Delivery.Failed failed) {
            fail(file, failed.code(), failed.message());
        } else {
            fail(file, ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.text());
        }
    }

    private void claim(StoredFile file, long seq) {
        try {
            answer(files.claim(file, seq));
        } catch (FileStoreUnavailableException e) {
            Event.of("file-not-claimed", connection.id())
                    .with("reason", e.getMessage())
                    .warn(LOGGER);
            fail(file, ErrorCode.UNAVAILABLE, FileAnswers.UNAVAILABLE);
        }
    }

    private void answer(StoredFile file) {
        Long seq = file.seq() > 0 ? file.seq() : null;
        answers.send(new ServerFileFrame.Stored(file.id(), file.id(), file.sha256(), file.message(), seq));
    }

    private void fail(StoredFile file, ErrorCode code, String message) {
        answers.failed(null, file.id(), code, message);
    }
}

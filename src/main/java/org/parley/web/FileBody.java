package org.parley.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Executor;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import org.parley.event.Event;
import org.parley.file.Download;
import org.parley.file.FileStoreUnavailableException;
import org.parley.hub.RefusedException;

/**
 * Writes a file as fast as its reader reads, one chunk in memory. The container says when it can take more; the chunk is
 * then read and written by a pool, so that neither the container's threads wait for a disk nor the pool for a reader.
 *
 * <p>The container calls {@link #onWritePossible} once, and again only after {@code isReady} said no; so there is one
 * writing task at a time.
 */
final class FileBody implements WriteListener, AsyncListener {
    private static final System.Logger LOGGER = System.getLogger(FileBody.class.getName());
    /** Chunks in one go, so that many readers take turns. */
    private static final int TURN = 8;

    private final AsyncContext context;
    private final Download download;
    private final Executor executor;
    private long left;

    /** @param length bytes to write */
    FileBody(AsyncContext context, Download download, long length, Executor executor) {
        this.context = context;
        this.download = download;
        this.left = length;
        this.executor = executor;
    }

    @Override
    public void onWritePossible() {
        executor.execute(this::write);
    }

    private void write() {
        try {
            ServletOutputStream out = context.getResponse().getOutputStream();
            for (int i = 0; i < TURN; i++) {
                if (!out.isReady()) {
                    return;
                }
                if (left == 0) {
                    context.complete();
                    return;
                }
                byte[] bytes = download.read().bytes();
                byte[] part = bytes.length <= left ? bytes : Arrays.copyOf(bytes, (int) left);
                left -= part.length;
                out.write(part);
            }
            executor.execute(this::write);
        } catch (RefusedException | FileStoreUnavailableException | IOException | RuntimeException e) {
            onError(e);
        }
    }

    /** The reader went, or the file did: an answer that is too short tells the reader. */
    @Override
    public void onError(Throwable failure) {
        Event.of("download-ended").with("reason", failure).debug(LOGGER);
        download.end();
        try {
            context.complete();
        } catch (IllegalStateException e) {
            Event.of("download-ended-before").with("reason", e.getMessage()).debug(LOGGER);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        download.end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        onError(new IOException("The reader took too long."));
    }

    @Override
    public void onError(AsyncEvent event) {
        onError(event.getThrowable());
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it a second time.
    }
}

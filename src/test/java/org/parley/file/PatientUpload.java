package org.parley.file;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

/** Uploads a file however often the connection breaks, as the page does: it begins again with its transfer. */
final class PatientUpload implements Callable<FileClient.Frame> {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Supplier<FileClient> connections;
    private final String room;
    private final String name;
    private final byte[] content;
    private final LongConsumer progress;
    private String transfer;

    /**
     * @param connections each a new one; may fail
     * @param progress told how many bytes are stored
     */
    PatientUpload(Supplier<FileClient> connections, String room, String name, byte[] content, LongConsumer progress) {
        this.connections = connections;
        this.room = room;
        this.name = name;
        this.content = content;
        this.progress = progress;
    }

    /** @return {@code stored} */
    @Override
    public FileClient.Frame call() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try (FileClient client = connections.get()) {
                FileClient.Frame last = attempt(client);
                if (last.type() == FileClient.STORED) {
                    return last;
                }
                assertThat(last.type() == FileClient.CLOSED || last.header().getBoolean("retryable"))
                        .as("%s", last.header())
                        .isTrue();
            } catch (CompletionException e) {
                // No connection, or it broke while something was sent: the next one may hold.
                continue;
            }
        }
        throw new AssertionError(name + " was not stored within " + LIMIT);
    }

    private FileClient.Frame attempt(FileClient client) {
        FileClient.Frame frame = client.next();
        if (frame.type() != FileClient.WELCOME) {
            return frame;
        }
        frame = transfer == null ? client.begin(room, name, content.length) : client.resume(transfer);
        if (frame.type() != FileClient.READY) {
            return frame;
        }
        transfer = frame.string("transfer");
        return send(client, frame);
    }

    private FileClient.Frame send(FileClient client, FileClient.Frame ready) {
        int chunk = (int) ready.number("chunkBytes");
        long window = ready.number("window");
        long have = ready.number("have");
        long sent = have;
        boolean ended = false;
        while (true) {
            while (sent < content.length && sent + chunk <= have + window) {
                int to = (int) Math.min(sent + chunk, content.length);
                client.chunk(transfer, sent, Arrays.copyOfRange(content, (int) sent, to));
                sent = to;
            }
            if (have == content.length && !ended) {
                client.end(transfer, Contents.sha256(content));
                ended = true;
            }
            FileClient.Frame frame = client.next();
            if (frame.type() == FileClient.ACK) {
                have = frame.number("have");
                progress.accept(have);
            } else if (frame.type() == FileClient.NACK) {
                sent = frame.number("expected");
            } else {
                return frame;
            }
        }
    }
}

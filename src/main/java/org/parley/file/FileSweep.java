package org.parley.file;

import java.util.List;

import org.parley.event.Event;
import org.parley.hub.LogUnavailableException;

/**
 * Goes through all files and removes those that nobody will ask for: uploads that were given up, stored files without a
 * message, and files whose message was deleted or trimmed. It finds what a node that died could not do at once.
 */
public final class FileSweep {
    private static final System.Logger LOGGER = System.getLogger(FileSweep.class.getName());
    private static final int PAGE = 100;

    private final Files files;

    public FileSweep(Files files) {
        this.files = files;
    }

    /** One round. While the log or the store is away nothing is removed. */
    public void run() {
        try {
            List<StoredFile> page = files.store().after(0, PAGE);
            while (!page.isEmpty()) {
                for (StoredFile file : page) {
                    sweep(file);
                }
                page = files.store().after(page.get(page.size() - 1).number(), PAGE);
            }
        } catch (FileStoreUnavailableException | LogUnavailableException e) {
            Event.of("file-sweep-failed").with("reason", e.getMessage()).warn(LOGGER);
        }
    }

    private void sweep(StoredFile file) throws FileStoreUnavailableException, LogUnavailableException {
        if (isOver(file)) {
            files.remove(file);
        }
    }

    private boolean isOver(StoredFile file) throws FileStoreUnavailableException, LogUnavailableException {
        long idle = files.now() - file.touched();
        switch (file.state()) {
            case UNFINISHED -> {
                return idle > files.limits().unfinishedAge().toMillis() && !files.running(file.id());
            }
            case STORED -> {
                StoredFile claimed = files.claimed(file);
                return claimed.seq() == 0
                        ? idle > files.limits().unclaimedAge().toMillis()
                        : !files.messages().has(file.room(), claimed.seq(), file.message());
            }
            default -> {
                return true;
            }
        }
    }
}

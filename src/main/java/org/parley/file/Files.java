package org.parley.file;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

import org.parley.event.Event;
import org.parley.hub.Access;
import org.parley.hub.ErrorCode;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Publisher;
import org.parley.hub.RefusedException;
import org.parley.hub.RoomClass;
import org.parley.hub.SealedRoom;

/**
 * Files of rooms: who may upload and read them, and what becomes of them. Every method but {@link #counters} may wait
 * for a disk or a database.
 */
public final class Files {
    private static final System.Logger LOGGER = System.getLogger(Files.class.getName());

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 16;
    private static final String ANY_TYPE = "application/octet-stream";

    /** Of chunks that wait to be stored, of all uploads. */
    private static final long MEMORY = 64L << 20;

    private final FileStore store;
    private final FileMessages messages;
    private final Function<String, RoomClass> classes;
    private final FileLimits limits;
    private final int chunkBytes;
    private final Executor executor;
    private final Clock clock;
    private final FileCounters counters = new FileCounters();
    private final Memory memory = new Memory(MEMORY);
    /** Which connection of this node has a transfer. */
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    /**
     * @param classes the class of a room, from its name alone
     * @param chunkBytes of new uploads
     * @param executor removes files
     */
    public Files(
            FileStore store,
            FileMessages messages,
            Function<String, RoomClass> classes,
            FileLimits limits,
            int chunkBytes,
            Executor executor,
            Clock clock) {
        this.store = store;
        this.messages = messages;
        this.classes = classes;
        this.limits = limits;
        this.chunkBytes = chunkBytes;
        this.executor = executor;
        this.clock = clock;
    }

    public FileCounters counters() {
        return counters;
    }

    public FileLimits limits() {
        return limits;
    }

    /** A new upload. */
    public Upload begin(Publisher publisher, Offer offer) throws RefusedException, FileStoreUnavailableException {
        permit(publisher, offer.room());
        if (offer.size() > limits.fileBytes()) {
            throw new RefusedException(
                    ErrorCode.TOO_LARGE, "A file may have " + limits.fileBytes() + " bytes on this server.");
        }
        requireNothingReadable(offer);
        long now = clock.millis();
        StoredFile file = store.create(new StoredFile(
                0,
                randomId(),
                offer.room(),
                publisher.user(),
                offer.name(),
                offer.type() == null ? ANY_TYPE : offer.type(),
                offer.size(),
                chunkBytes,
                0,
                offer.sha256(),
                offer.image(),
                now,
                now,
                StoredFile.State.UNFINISHED,
                0));
        return run(file);
    }

    private void permit(Publisher publisher, String room) throws RefusedException {
        if (!publisher.access().mayWrite(room)) {
            throw new RefusedException(ErrorCode.FORBIDDEN);
        }
        if (classes.apply(room) != RoomClass.LOG) {
            throw new RefusedException(ErrorCode.UNSUPPORTED, "Files are kept only in rooms that keep messages.");
        }
    }

    private static void requireNothingReadable(Offer offer) throws RefusedException {
        if (SealedRoom.isNamed(offer.room())) {
            boolean readable = offer.name() != null || offer.image() != null;
            if (readable || (offer.type() != null && !offer.type().equals(ANY_TYPE))) {
                throw new RefusedException(
                        ErrorCode.NOT_SEALED,
                        "In a sealed room a file's name, type and picture are not for the server.");
            }
        } else if (offer.name() == null || offer.name().isEmpty()) {
            throw new RefusedException(ErrorCode.INVALID, "The file has no name.");
        }
    }

    /** 128 random bits: whoever guesses one has guessed a key. */
    public static String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Goes on with an upload of one's own; the connection that had it has it no longer. */
    public Upload resume(Publisher publisher, String transfer)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        StoredFile file = own(publisher, transfer);
        return run(file.state() == StoredFile.State.STORED ? withMessage(file) : file);
    }

    private StoredFile own(Publisher publisher, String transfer)
            throws RefusedException, FileStoreUnavailableException {
        StoredFile file = store.find(transfer)
                .filter(found -> found.state() != StoredFile.State.DELETED)
                .filter(found -> found.owner().id().equals(publisher.user().id()))
                .orElseThrow(() -> new RefusedException(ErrorCode.NO_FILE));
        permit(publisher, file.room());
        return file;
    }

    private Upload run(StoredFile file) {
        counters.uploading.increment();
        Upload upload = new Upload(store, counters, memory, file);
        Upload before = uploads.put(file.id(), upload);
        if (before != null) {
            before.end();
        }
        return upload;
    }

    /** The connection has it no longer; somebody may go on with it. */
    public void leave(Upload upload) {
        upload.end();
        uploads.remove(upload.file().id(), upload);
    }

    /**
     * All bytes were sent: compares digests, and the file is stored. Doing so again changes nothing.
     *
     * @param announced the SHA-256 that the client says, or null if it said so when it began
     * @throws RefusedException {@code MISMATCH}: with bytes missing the upload may go on, with another digest it is gone
     */
    public StoredFile finish(Publisher publisher, Upload upload, String announced)
            throws RefusedException, FileStoreUnavailableException {
        StoredFile file = upload.file();
        permit(publisher, file.room());
        if (file.state() == StoredFile.State.STORED) {
            return file;
        }
        if (file.have() < file.size()) {
            throw new RefusedException(
                    ErrorCode.MISMATCH, "Only " + file.have() + " of " + file.size() + " bytes came.");
        }
        String wanted = announced == null ? file.sha256() : announced;
        if (wanted == null) {
            throw new RefusedException(ErrorCode.INVALID, "Nobody has said the SHA-256 of the file.");
        }
        String actual = upload.sha256();
        if (!actual.equals(wanted) || (file.sha256() != null && !actual.equals(file.sha256()))) {
            discard(upload);
            throw new RefusedException(
                    ErrorCode.MISMATCH, "The bytes that are stored have another SHA-256 than was announced.");
        }
        store.finish(file, actual);
        counters.stored.increment();
        StoredFile stored = file.complete(actual);
        upload.finished(stored);
        return stored;
    }

    /** Nothing of it stays. */
    public void discard(Upload upload) throws FileStoreUnavailableException {
        leave(upload);
        remove(upload.file());
    }

    /** The same of an upload that no connection has. */
    public void discard(Publisher publisher, String transfer) throws RefusedException, FileStoreUnavailableException {
        StoredFile file = own(publisher, transfer);
        if (file.state() != StoredFile.State.UNFINISHED) {
            throw new RefusedException(ErrorCode.NO_FILE, "That upload has been completed.");
        }
        Upload running = uploads.get(transfer);
        if (running != null) {
            leave(running);
        }
        remove(file);
    }

    void remove(StoredFile file) throws FileStoreUnavailableException {
        store.delete(file);
        counters.removed.increment();
        Event.of("file-removed")
                .with("file", file.id())
                .with("room", file.room())
                .debug(LOGGER);
    }

    /** The message about it has that number. */
    public StoredFile claim(StoredFile file, long seq) throws FileStoreUnavailableException {
        store.claim(file, seq);
        return file.claimed(seq);
    }

    /**
     * A download.
     *
     * @param publisher whoever asks
     * @param offset where to begin, at most the size
     * @throws RefusedException {@code NO_FILE} also for what this user may not read: nobody learns that it exists
     */
    public Download open(String user, Access access, String id, long offset)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        StoredFile file = visible(user, access, id);
        if (offset > file.size()) {
            throw new RefusedException(ErrorCode.INVALID, "The file has " + file.size() + " bytes.");
        }
        counters.downloading.increment();
        return new Download(store, counters, file, offset);
    }

    /** A file that this user may read, whose message is there. */
    public StoredFile visible(String user, Access access, String id)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        StoredFile file = store.find(id)
                .filter(found -> found.state() == StoredFile.State.STORED)
                .filter(found -> access.mayRead(found.room()))
                .orElseThrow(() -> new RefusedException(ErrorCode.NO_FILE));
        StoredFile claimed = withMessage(file);
        if (claimed.seq() == 0 && !file.owner().id().equals(user)) {
            throw new RefusedException(ErrorCode.NO_FILE);
        }
        return claimed;
    }

    /** The file as {@link #claimed}; if its message was deleted, it is gone, whether somebody has removed it yet or not. */
    private StoredFile withMessage(StoredFile file)
            throws RefusedException, FileStoreUnavailableException, LogUnavailableException {
        StoredFile claimed = claimed(file);
        if (claimed.seq() > 0 && !messages.has(file.room(), claimed.seq(), file.message())) {
            executor.execute(() -> removeLater(claimed));
            throw new RefusedException(ErrorCode.NO_FILE);
        }
        return claimed;
    }

    /** With the number of its message, if it has one by now. */
    StoredFile claimed(StoredFile file) throws FileStoreUnavailableException, LogUnavailableException {
        if (file.seq() > 0) {
            return file;
        }
        OptionalLong seq = messages.find(file.room(), file.owner().id(), file.message());
        if (seq.isEmpty()) {
            return file;
        }
        return claim(file, seq.getAsLong());
    }

    /** A message was deleted: if it was about a file, that goes as well. Returns at once. */
    public void deleted(String room, long seq) {
        executor.execute(() -> {
            try {
                store.of(room, seq).ifPresent(this::removeLater);
            } catch (FileStoreUnavailableException e) {
                unremoved(e);
            }
        });
    }

    private void removeLater(StoredFile file) {
        try {
            remove(file);
        } catch (FileStoreUnavailableException e) {
            unremoved(e);
        }
    }

    /** The sweep comes to it. */
    private static void unremoved(FileStoreUnavailableException why) {
        Event.of("file-not-removed").with("reason", why.getMessage()).warn(LOGGER);
    }

    /** Whether the store answers. */
    public boolean available() {
        try {
            store.after(Long.MAX_VALUE, 1);
            return true;
        } catch (FileStoreUnavailableException e) {
            Event.of("files-unavailable").with("reason", e.getMessage()).warn(LOGGER);
            return false;
        }
    }

    FileStore store() {
        return store;
    }

    FileMessages messages() {
        return messages;
    }

    long now() {
        return clock.millis();
    }

    /** Whether a connection of this node has it. */
    boolean running(String transfer) {
        return uploads.containsKey(transfer);
    }
}

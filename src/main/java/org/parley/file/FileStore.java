package org.parley.file;

import java.util.List;
import java.util.Optional;

import org.parley.hub.RefusedException;

/**
 * Where the bytes of files are. Every method may wait for a disk or a database; each is one transaction, on the disk when it
 * returns, but for {@link #append}, which can do without, and {@link #delete}, which is many small ones.
 */
public interface FileStore {
    Optional<StoredFile> find(String id) throws FileStoreUnavailableException;

    /**
     * Makes the row of a file that has no bytes yet; its number is the store's to choose.
     *
     * @throws RefusedException {@code QUOTA} if it would not fit, {@code LIMIT} if its owner has too many unfinished
     */
    StoredFile create(StoredFile file) throws RefusedException, FileStoreUnavailableException;

    /**
     * Adds chunks behind {@link StoredFile#have}.
     *
     * @param flush whether they are on the disk when this returns; if not, a power failure may take them back, until
     *     another method of this has returned
     * @return how many bytes there are now; if that is not {@code have} and the chunks' together, somebody else has added
     *     meanwhile, and nothing was stored
     * @throws RefusedException {@code QUOTA} if they do not fit, {@code NO_FILE} if there is no such unfinished file
     */
    long append(StoredFile file, List<byte[]> chunks, boolean flush)
            throws RefusedException, FileStoreUnavailableException;

    /** The chunk that begins at {@code offset}, a multiple of {@link StoredFile#chunkBytes}; empty if it is gone. */
    Optional<byte[]> chunk(StoredFile file, long offset) throws FileStoreUnavailableException;

    /** The file is whole and its digest right: it is {@link StoredFile.State#STORED}. */
    void finish(StoredFile file, String sha256) throws FileStoreUnavailableException;

    /** The file hangs on that message. */
    void claim(StoredFile file, long seq) throws FileStoreUnavailableException;

    /** The file is gone at once; its bytes follow, in small steps. May be called again. */
    void delete(StoredFile file) throws FileStoreUnavailableException;

    /** Files of whatever state by number, so that all can be gone through. */
    List<StoredFile> after(long number, int limit) throws FileStoreUnavailableException;

    /** The file that hangs on a message. */
    Optional<StoredFile> of(String room, long seq) throws FileStoreUnavailableException;
}

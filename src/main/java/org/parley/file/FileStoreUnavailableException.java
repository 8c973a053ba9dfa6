package org.parley.file;

/** The store of files cannot be reached or cannot write; it is not known whether anything was stored. */
public final class FileStoreUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    public FileStoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

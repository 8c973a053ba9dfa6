package org.parley.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** SHA-256 (FIPS 180-4), which every Java has. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of what is stored, chunk by chunk; in small hexadecimal digits. */
    static String of(FileStore store, StoredFile file) throws FileStoreUnavailableException {
        MessageDigest digest = sha256();
        for (long offset = 0; offset < file.have(); offset += file.chunkBytes()) {
            Optional<byte[]> chunk = store.chunk(file, offset);
            if (chunk.isEmpty()) {
                break;
            }
            digest.update(chunk.get());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

package org.parley.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the WAR as it goes out.
 *
 * @param type of the content, with its charset if it is a text
 * @param plain its bytes
 * @param packed the same with gzip (RFC 1952); null if that is no shorter, or no text
 * @param tag the entity tag of {@code plain}, from its content (RFC 9110 section 8.8.3)
 * @param packedTag of {@code packed}: a strong tag stands for exact bytes
 */
record StaticFile(String type, byte[] plain, byte[] packed, String tag, String packedTag) {
    private static final int TAG_BYTES = 16;

    /** By extension; nothing else is served. The servers' own lists differ, and not all know a manifest. */
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml;charset=UTF-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "png", "image/png",
            "ico", "image/vnd.microsoft.icon",
            "woff2", "font/woff2");

    /** Empty if files with such a name are not served. */
    static Optional<String> type(String path) {
        return Optional.ofNullable(TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
    }

    /** @param type as {@link #type(String)} has it */
    static StaticFile of(String type, byte[] content) {
        String digest = digest(content);
        byte[] packed = type.contains("charset") ? packed(content) : content;
        return new StaticFile(
                type,
                content,
                packed.length < content.length ? packed : null,
                '"' + digest + '"',
                '"' + digest + "-gzip\"");
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TAG_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

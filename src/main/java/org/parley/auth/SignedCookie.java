package org.parley.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The value of a guest's cookie: {@code 1.<sign-in>.<guest>.<created>.<name>.<mac>}, where the name and the mac are
 * base64url and the mac is HMAC-SHA-256 (RFC 2104) over everything before its dot. Nothing in it is secret; the mac
 * lets a server refuse what it did not issue without asking the database.
 */
final class SignedCookie {
    private static final String VERSION = "1";
    private static final int MAX_LENGTH = 1024;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /**
     * @param signIn the id of the sign-in
     * @param guest the random part of the guest's id
     * @param name the display name
     * @param created when it was issued, in milliseconds since 1970
     */
    record Content(String signIn, String guest, String name, long created) {}

    private final SecretKeySpec key;

    SignedCookie(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    String sign(Content content) {
        String signed = String.join(
                ".",
                VERSION,
                content.signIn(),
                content.guest(),
                Long.toString(content.created()),
                ENCODER.encodeToString(content.name().getBytes(UTF_8)));
        return signed + "." + ENCODER.encodeToString(mac(signed));
    }

    /** What the cookie says if this key signed it. */
    Optional<Content> verify(String value) {
        int dot = value.lastIndexOf('.');
        if (dot < 0 || value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String signed = value.substring(0, dot);
        byte[] expected = ENCODER.encodeToString(mac(signed)).getBytes(UTF_8);
        if (!MessageDigest.isEqual(expected, value.substring(dot + 1).getBytes(UTF_8))) {
            return Optional.empty();
        }
        String[] parts = signed.split("\\.", -1);
        if (parts.length != 5 || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        return Optional.of(
                new Content(parts[1], parts[2], new String(DECODER.decode(parts[4]), UTF_8), Long.parseLong(parts[3])));
    }

    private byte[] mac(String signed) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac.doFinal(signed.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}

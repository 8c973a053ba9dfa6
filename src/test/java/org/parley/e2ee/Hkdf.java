package org.parley.e2ee;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256 (RFC 5869) for one block of output, and the length-prefixed fields that go into it. */
final class Hkdf {
    private Hkdf() {}

    /** @return 32 bytes */
    static byte[] derive(byte[] secret, String salt, byte[] info) throws GeneralSecurityException {
        byte[] extracted = hmac(salt.getBytes(StandardCharsets.UTF_8), secret);
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(extracted, block);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    /** @param parts strings, which stand for their UTF-8, and byte arrays */
    static byte[] fields(Object... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Object part : parts) {
            byte[] bytes = part instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) part;
            all.writeBytes(ByteBuffer.allocate(2).putShort((short) bytes.length).array());
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }
}

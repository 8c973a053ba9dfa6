package org.parley.e2ee;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import jakarta.json.Json;
import jakarta.json.JsonObject;

import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The vectors beside {@code src/doc/e2ee.md}, which {@code crypto.test.js} checks with the page's own code. */
class VectorsTest {
    private static final Path VECTORS = Path.of("src/doc/e2ee-vectors.json");
    private static final String ALG = "LINK1-HKDF-SHA256-A256GCM";
    private static final String FILE_ALG = "FILE1-HKDF-SHA256-A256GCM-STREAM";
    private static final int CHUNK = 65_536;

    private static JsonObject vectors() throws IOException {
        try (Reader text = Files.newBufferedReader(VECTORS);
                var json = Json.createReader(text)) {
            return json.readObject();
        }
    }

    static Stream<Named<JsonObject>> messages() throws IOException {
        return named("messages");
    }

    static Stream<Named<JsonObject>> files() throws IOException {
        return named("files");
    }

    private static Stream<Named<JsonObject>> named(String list) throws IOException {
        return vectors().getJsonArray(list).getValuesAs(JsonObject.class).stream()
                .map(vector -> Named.of(vector.getString("name"), vector));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageIsSealedAsTheDocumentSays(JsonObject vector) throws GeneralSecurityException {
        JsonObject envelope = vector.getJsonObject("envelope");
        byte[] secret = bytes(vector.getString("secret"));
        byte[] stream = bytes(envelope.getString("stream"));
        long ctr = envelope.getJsonNumber("ctr").longValueExact();
        String place = vector.getString("place");
        String sender = vector.getString("sender");

        byte[] keyId = Hkdf.derive(secret, "parley link room", Hkdf.fields("key id", ALG, vector.getString("room")));
        byte[] info = Hkdf.fields("message key", ALG, keyId, place, sender, stream);
        byte[] key = Hkdf.derive(secret, "parley link room", info);
        byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(ctr).array();
        byte[] header = Hkdf.fields("message", ALG, keyId, place, sender, stream);
        byte[] associated =
                ByteBuffer.allocate(header.length + 8).put(header).putLong(ctr).array();

        assertThat(envelope.getString("alg")).isEqualTo(ALG);
        assertThat(envelope.getString("keyId")).isEqualTo(text(keyId));
        assertThat(hex(info)).isEqualTo(vector.getString("info"));
        assertThat(hex(key)).isEqualTo(vector.getString("key"));
        assertThat(hex(nonce)).isEqualTo(vector.getString("nonce"));
        assertThat(hex(associated)).isEqualTo(vector.getString("aad"));
        byte[] padded = padded(vector.getString("content").getBytes(StandardCharsets.UTF_8));
        assertThat(padded).hasSize(vector.getInt("padded"));
        assertThat(text(gcm(Cipher.ENCRYPT_MODE, key, nonce, associated, padded)))
                .isEqualTo(envelope.getString("ct"));
        assertThat(gcm(Cipher.DECRYPT_MODE, key, nonce, associated, bytes(envelope.getString("ct"))))
                .isEqualTo(padded);
    }

    private static byte[] padded(byte[] content) {
        int size = 64;
        while (size < content.length + 4) {
            size *= 4;
        }
        return ByteBuffer.allocate(size).putInt(content.length).put(content).array();
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileIsSealedAsTheDocumentSays(JsonObject vector) throws GeneralSecurityException {
        byte[] file = new byte[vector.getInt("size")];
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) (i * 31 + (i >> 8));
        }
        byte[] key = Hkdf.derive(bytes(vector.getString("key")), "parley file", Hkdf.fields("file key", FILE_ALG));
        int chunks = Math.max(1, (file.length + CHUNK - 1) / CHUNK);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        for (int i = 0; i < chunks; i++) {
            byte last = (byte) (i == chunks - 1 ? 1 : 0);
            byte[] nonce =
                    ByteBuffer.allocate(12).position(7).putInt(i).put(last).array();
            byte[] chunk = Arrays.copyOfRange(file, i * CHUNK, Math.min(file.length, (i + 1) * CHUNK));
            sealed.writeBytes(gcm(Cipher.ENCRYPT_MODE, key, nonce, Hkdf.fields("file chunk", FILE_ALG), chunk));
        }
        assertThat(sealed.size()).isEqualTo(vector.getInt("sealedSize"));
        assertThat(hex(MessageDigest.getInstance("SHA-256").digest(sealed.toByteArray())))
                .isEqualTo(vector.getString("sealedSha256"));
    }

    @Test
    void exportedKeysOpenAsTheDocumentSays() throws GeneralSecurityException, IOException {
        JsonObject export = vectors().getJsonObject("export");
        JsonObject file = export.getJsonObject("file");
        byte[] salt = bytes(file.getString("salt"));
        int rounds = file.getInt("rounds");
        assertThat(rounds).isGreaterThanOrEqualTo(600_000);
        String passphrase = Normalizer.normalize(export.getString("passphrase"), Normalizer.Form.NFKC);
        byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(passphrase.toCharArray(), salt, rounds, 256))
                .getEncoded();
        byte[] associated = Hkdf.fields(
                file.getString("format"),
                file.getString("kdf"),
                ByteBuffer.allocate(4).putInt(rounds).array(),
                salt,
                file.getString("cipher"));
        byte[] plain =
                gcm(Cipher.DECRYPT_MODE, key, bytes(file.getString("nonce")), associated, bytes(file.getString("ct")));
        assertThat(new String(plain, StandardCharsets.UTF_8))
                .isEqualTo(export.getJsonArray("keys").toString());
    }

    private static byte[] gcm(int mode, byte[] key, byte[] nonce, byte[] associated, byte[] data)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(data);
    }

    private static byte[] bytes(String base64url) {
        return Base64.getUrlDecoder().decode(base64url);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

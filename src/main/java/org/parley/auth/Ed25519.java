package org.parley.auth;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;

/**
 * Signatures of RFC 8037 by the JDK's own provider. The library's verifier needs Tink, which would bring Gson and
 * Protocol Buffers into the WAR for one signature that Java verifies since 15.
 */
final class Ed25519 extends BaseJWSProvider implements JWSVerifier {
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    /** SubjectPublicKeyInfo of RFC 8410 section 4 up to the key's 32 bytes. */
    private static final byte[] KEY_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;

    private final PublicKey key;

    Ed25519(PublicKey key) {
        super(ALGORITHMS);
        this.key = key;
    }

    /** @throws JOSEException if the key's bytes are no point of the curve */
    static PublicKey publicKey(OctetKeyPair jwk) throws JOSEException {
        byte[] point = jwk.getDecodedX();
        if (point.length != KEY_BYTES) {
            throw new JOSEException("An Ed25519 key has " + KEY_BYTES + " bytes, this one " + point.length);
        }
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.writeBytes(KEY_INFO);
        encoded.writeBytes(point);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Not an Ed25519 key", e);
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
        if (!ALGORITHMS.contains(header.getAlgorithm()) || header.getCriticalParams() != null) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(signingInput);
            return verification.verify(signature.decode());
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Ed25519 does not work in this Java", e);
        }
    }
}

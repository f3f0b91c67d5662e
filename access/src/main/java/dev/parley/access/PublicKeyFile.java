package dev.parley.access;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.parley.settings.SettingsException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads a public key, or the one of a certificate, from PEM text (RFC 7468). */
final class PublicKeyFile {

    private static final String KEY = "PUBLIC KEY";
    private static final int SHORTEST_RSA = 2_048;

    private PublicKeyFile() {}

    /** @throws SettingsException if the text has no usable key; names the setting */
    static JWK parse(String pem) {
        if (pem.contains("PRIVATE KEY-----")) {
            throw new SettingsException(
                    "jwt-key-file has a private key: keep it at the issuer, and use its public key here");
        }
        try {
            PublicKey key = pem.contains("-----BEGIN CERTIFICATE-----") ? certificate(pem) : key(pem);
            if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= SHORTEST_RSA) {
                return new RSAKey.Builder(rsa).build();
            }
            if (key instanceof ECPublicKey ec) {
                return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec).build();
            }
        } catch (GeneralSecurityException | IllegalArgumentException | IllegalStateException broken) {
            throw unusable();
        }
        throw unusable();
    }

    private static PublicKey certificate(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                .getPublicKey();
    }

    private static PublicKey key(String pem) throws GeneralSecurityException {
        String begin = "-----BEGIN " + KEY + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END " + KEY + "-----");
        if (from < 0 || to < from) {
            throw unusable();
        }
        var spec = new X509EncodedKeySpec(
                Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to)));
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(spec);
            } catch (GeneralSecurityException another) {
                // it is of the other algorithm
            }
        }
        throw unusable();
    }

    private static SettingsException unusable() {
        return new SettingsException("jwt-key-file: not a public key (\"BEGIN " + KEY
                + "\") or certificate of RSA with 2048 bits or more, or of an elliptic curve, in PEM");
    }
}

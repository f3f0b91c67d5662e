package dev.parley.site.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** A certificate with its chain and its private key. */
record Certificate(List<X509Certificate> chain, PrivateKey key) {

    private static final long LARGEST = 1_000_000;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    /**
     * Reads PEM files.
     *
     * @throws IOException if one of them cannot be read or used; the message says why, without its content
     */
    static Certificate read(Path certificate, Path key) throws IOException {
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content(certificate)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new IOException(certificate + " has no certificate");
            }
            var read = new Certificate(chain, key(key));
            read.requireMatch(key);
            return read;
        } catch (GeneralSecurityException broken) {
            throw new IOException(certificate + " is no certificate in PEM", broken);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        String text = new String(content(file), StandardCharsets.US_ASCII);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException(file
                    + " has no \"BEGIN PRIVATE KEY\"; to convert another format: openssl pkcs8 -topk8 -nocrypt -in "
                    + file);
        }
        try {
            var spec = new PKCS8EncodedKeySpec(
                    Base64.getMimeDecoder().decode(text.substring(from + BEGIN.length(), to)));
            for (String algorithm : List.of("RSA", "EC")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(spec);
                } catch (GeneralSecurityException another) {
                    // it is of the other algorithm
                }
            }
        } catch (IllegalArgumentException notBase64) {
            throw new IOException(file + " has a broken private key");
        }
        throw new IOException(file + " has no private key of RSA or of an elliptic curve");
    }

    /** The files are written one after the other: between, they do not belong together. */
    private void requireMatch(Path file) throws IOException {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(new byte[]{1});
            byte[] signature = signer.sign();
            signer.initVerify(chain.getFirst().getPublicKey());
            signer.update(new byte[]{1});
            if (signer.verify(signature)) {
                return;
            }
        } catch (GeneralSecurityException another) {
            // of another kind than the certificate's
        }
        throw new IOException(file + " is not the key of the certificate");
    }

    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 1 MB");
        }
        return Files.readAllBytes(file);
    }
}

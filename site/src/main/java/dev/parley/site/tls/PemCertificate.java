package dev.parley.site.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives TLS handshakes the certificate of PEM files, as they are at the time: {@link #reload} reads files that have changed, and keeps the former certificate
 * if they cannot be used. Connections that are open keep theirs. Thread-safe; {@code reload} is called by one thread at a time, and blocks.
 */
public final class PemCertificate extends X509ExtendedKeyManager {

    private static final Logger LOG = LoggerFactory.getLogger(PemCertificate.class);

    private final Path certificateFile;
    private final Path keyFile;
    private volatile State state;

    /**
     * A handshake asks for alias, chain and key in turn, and gets all of them from one state: the alias names it.
     *
     * @param former what handshakes that began before the last reload use
     */
    private record State(long number, Certificate certificate, String modified, @Nullable State former) {}

    private PemCertificate(Path certificateFile, Path keyFile, State state) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.state = state;
    }

    /**
     * Reads the files.
     *
     * @throws IOException if they cannot be used; the message says why
     */
    public static PemCertificate open(Path certificate, Path key) throws IOException {
        String modified = modified(certificate, key);
        return new PemCertificate(certificate, key,
                new State(0, Certificate.read(certificate, key), modified, null));
    }

    /** Reads the files again if they have changed. */
    public void reload() {
        State now = state;
        try {
            String modified = modified(certificateFile, keyFile);
            if (modified.equals(now.modified())) {
                return;
            }
            var read = Certificate.read(certificateFile, keyFile);
            state = new State(now.number() + 1, read, modified,
                    new State(now.number(), now.certificate(), now.modified(), null));
            LOG.atInfo()
                    .addKeyValue("until", read.chain().getFirst().getNotAfter().toInstant())
                    .log("the certificate has changed");
        } catch (IOException unusable) {
            LOG.warn("the former certificate stays in use: {}", unusable.getMessage());
        }
    }

    private static String modified(Path certificate, Path key) throws IOException {
        return Files.getLastModifiedTime(certificate) + " " + Files.getLastModifiedTime(key) + " "
                + Files.size(certificate) + " " + Files.size(key);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers,
            @Nullable SSLEngine engine) {
        State now = state;
        return keyType.equals(now.certificate().key().getAlgorithm()) ? Long.toString(now.number()) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Certificate found = find(alias);
        return found == null ? null : found.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Certificate found = find(alias);
        return found == null ? null : found.key();
    }

    private @Nullable Certificate find(String alias) {
        for (State each = state; each != null; each = each.former()) {
            if (Long.toString(each.number()).equals(alias)) {
                return each.certificate();
            }
        }
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : List.of(alias).toArray(String[]::new);
    }

    /** A server has no certificate as a client. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers,
            @Nullable Socket socket) {
        return null;
    }
}

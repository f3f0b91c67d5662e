package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.Certificate;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Reads the certificate of a server whose TLS handshake failed. The certificate is not trusted, and the connection carries no request. */
public final class CertificateProbe {
    private static final int MAX_NAMES = 50;

    private CertificateProbe() {}

    /** Returns the certificate, or empty if the server sent none in time. */
    public static Optional<Certificate> inspect(ServerAddress endpoint, InetAddress address, Duration timeout,
            InstantSource clock) {
        var shown = new AtomicReference<@Nullable X509Certificate>();
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new CertificateRecorder(shown)}, null);
            TcpConnection.openForInspection(endpoint, address, timeout, context.getSocketFactory()).close();
        } catch (WireException e) {
            // The certificate may have arrived before the failure.
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Optional.ofNullable(shown.get()).map(certificate -> read(certificate, clock));
    }

    private static Certificate read(X509Certificate shown, InstantSource clock) {
        return new Certificate(names(shown), shown.getNotBefore().toInstant(),
                shown.getNotAfter().toInstant(),
                shown.getIssuerX500Principal().equals(shown.getSubjectX500Principal()), clock.instant());
    }

    /** Returns the subject alternative names. Browsers ignore the common name of the subject. */
    private static List<String> names(X509Certificate shown) {
        var names = new ArrayList<String>();
        try {
            var alternatives = shown.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .limit(MAX_NAMES)
                        .map(pair -> pair.get(1))
                        .filter(String.class::isInstance)
                        .forEach(name -> names.add((String) name));
            }
        } catch (CertificateParsingException unreadable) {
            names.clear();
        }
        return names;
    }

    /** Stores the first certificate of the chain and accepts every chain. */
    private static final class CertificateRecorder extends X509ExtendedTrustManager {
        private final AtomicReference<@Nullable X509Certificate> shown;

        private CertificateRecorder(AtomicReference<@Nullable X509Certificate> shown) {
            this.shown = shown;
        }

        private void store(X509Certificate[] chain) {
            shown.set(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
            store(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            store(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            store(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

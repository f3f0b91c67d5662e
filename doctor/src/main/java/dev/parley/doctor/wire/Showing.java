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

/** Looks at the certificate that a server shows, to say what is wrong with it. It is not trusted, and nothing is sent on that connection. */
public final class Showing {
    private static final int MOST_NAMES = 50;

    private Showing() {}

    /** Empty if none was shown in time. */
    public static Optional<Certificate> of(Endpoint endpoint, InetAddress address, Duration timeout,
            InstantSource clock) {
        var shown = new AtomicReference<@Nullable X509Certificate>();
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new Onlooker(shown)}, null);
            Line.look(endpoint, address, timeout, context.getSocketFactory()).close();
        } catch (WireException e) {
            // It may have been shown before that.
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

    /** Names and addresses; the subject is no name to browsers any more. */
    private static List<String> names(X509Certificate shown) {
        var names = new ArrayList<String>();
        try {
            var alternatives = shown.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .limit(MOST_NAMES)
                        .map(pair -> pair.get(1))
                        .filter(String.class::isInstance)
                        .forEach(name -> names.add((String) name));
            }
        } catch (CertificateParsingException unreadable) {
            names.clear();
        }
        return names;
    }

    /** Keeps the first certificate of the chain, and lets the handshake go on. */
    private static final class Onlooker extends X509ExtendedTrustManager {
        private final AtomicReference<@Nullable X509Certificate> shown;

        private Onlooker(AtomicReference<@Nullable X509Certificate> shown) {
            this.shown = shown;
        }

        private void see(X509Certificate[] chain) {
            shown.set(chain[0]);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
            see(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
            see(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {
            see(chain);
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

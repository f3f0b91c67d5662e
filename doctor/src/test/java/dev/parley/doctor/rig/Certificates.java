package dev.parley.doctor.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A self-signed certificate, created by the keytool of the JDK in a folder of the test. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;
    private final Path chain;
    private final Path key;

    /**
     * @param names    such as {@code dns:localhost} or {@code ip:127.0.0.1}
     * @param start    such as {@code -1d}
     * @param validity in days
     */
    public Certificates(Path folder, String names, String start, int validity) throws Exception {
        Path file = folder.resolve("store.p12");
        run(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair",
                "-alias", "one", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=A test", "-ext",
                "san=" + names, "-startdate", start, "-validity", Integer.toString(validity), "-storetype",
                "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD)));
        store = KeyStore.getInstance(file.toFile(), PASSWORD);
        chain = pem(folder.resolve("chain.pem"), "CERTIFICATE", store.getCertificate("one").getEncoded());
        key = pem(folder.resolve("key.pem"), "PRIVATE KEY", store.getKey("one", PASSWORD).getEncoded());
        Files.writeString(folder.resolve("both.pem"), Files.readString(chain) + Files.readString(key));
    }

    /** Returns the nginx directives that use the certificate. */
    public String nginx() {
        return "ssl_certificate " + chain + "; ssl_certificate_key " + key + ";";
    }

    /** Returns the file with the certificate. */
    public Path chain() {
        return chain;
    }

    /** Returns the file with certificate and key for HAProxy. */
    public Path both() {
        return chain.resolveSibling("both.pem");
    }

    /** Returns a TLS context that trusts this certificate only. */
    public SSLContext trusting() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("one", store.getCertificate("one"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes);
        return Files.writeString(file,
                "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
    }
}

package dev.parley.doctor.cases;

import dev.parley.doctor.rig.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The certificates of the cases, each created when a case first needs it. Thread-safe. */
final class CaseCertificates {
    private final Path folder;
    private final Map<String, Certificates> created = new ConcurrentHashMap<>();

    CaseCertificates(Path folder) {
        this.folder = folder;
    }

    /** Returns the certificate of localhost that {@code build/doctor-cases} makes the doctor trust. */
    Certificates trusted() {
        return of("trusted", "dns:localhost,ip:127.0.0.1", "-1d");
    }

    /** Returns a certificate by the name that cases give it: untrusted, name, expired or future. */
    Certificates named(String name) {
        return switch (name) {
            case "untrusted" -> of(name, "dns:localhost,ip:127.0.0.1", "-1d");
            case "name" -> of(name, "dns:talk.example.org", "-1d");
            case "expired" -> of(name, "dns:localhost,ip:127.0.0.1", "-60d");
            case "future" -> of(name, "dns:localhost,ip:127.0.0.1", "+10d");
            default -> throw new IllegalArgumentException("no such certificate: " + name);
        };
    }

    private Certificates of(String name, String names, String start) {
        return created.computeIfAbsent(name, _key -> {
            try {
                return new Certificates(Files.createDirectory(folder.resolve(name)), names, start, 30);
            } catch (Exception e) {
                throw new IllegalStateException("keytool failed", e);
            }
        });
    }
}

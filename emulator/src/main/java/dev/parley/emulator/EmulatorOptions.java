package dev.parley.emulator;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of the emulator.
 *
 * @param host       address on which it listens
 * @param port       port on which it listens; 0 chooses a free one
 * @param secrets    secret key for each access key that may call; signatures are checked with them
 * @param keystore   PKCS #12 file with a certificate, for TLS; without it, HTTP/2 in the clear
 * @param password   password of the keystore
 * @param timeFactor how much faster than on the service the time limits pass: eight minutes of life, 55 s without input, 175 s of silence
 * @param maxStreams maximum number of streams at a time; one more is throttled
 * @param faults     faults to inject
 */
public record EmulatorOptions(String host, int port, Map<String, String> secrets, Optional<Path> keystore,
        String password, double timeFactor, int maxStreams, List<Fault> faults) {

    public EmulatorOptions {
        secrets = Map.copyOf(secrets);
        faults = List.copyOf(faults);
        if (timeFactor < 1 || maxStreams < 1) {
            throw new IllegalArgumentException(
                    "time passes at least as fast as it does, for one stream at least");
        }
    }

    /**
     * Returns the defaults: this machine, a free port, the service's own time limits, 20 streams, no faults. Callers sign as {@code parley}
     * with the secret {@code parley}.
     */
    public static EmulatorOptions defaults() {
        return new EmulatorOptions("127.0.0.1", 0, Map.of("parley", "parley"), Optional.empty(), "", 1, 20,
                List.of());
    }

    public EmulatorOptions withPort(String onHost, int value) {
        return new EmulatorOptions(onHost, value, secrets, keystore, password, timeFactor, maxStreams,
                faults);
    }

    public EmulatorOptions withSecrets(Map<String, String> value) {
        return new EmulatorOptions(host, port, value, keystore, password, timeFactor, maxStreams, faults);
    }

    public EmulatorOptions withKeystore(Path file, String secret) {
        return new EmulatorOptions(host, port, secrets, Optional.of(file), secret, timeFactor, maxStreams,
                faults);
    }

    public EmulatorOptions withTimeFactor(double value) {
        return new EmulatorOptions(host, port, secrets, keystore, password, value, maxStreams, faults);
    }

    public EmulatorOptions withMaxStreams(int value) {
        return new EmulatorOptions(host, port, secrets, keystore, password, timeFactor, value, faults);
    }

    public EmulatorOptions withFaults(List<Fault> value) {
        return new EmulatorOptions(host, port, secrets, keystore, password, timeFactor, maxStreams, value);
    }
}

package dev.parley.emulator;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the stand-in behaves.
 *
 * @param port       0 takes a free one
 * @param secrets    access key to secret key of those who may call; signatures are checked with them
 * @param keystore   a PKCS #12 file with a certificate, for TLS; without it HTTP/2 in the clear
 * @param password   of the keystore
 * @param timeFactor how much faster than the service's its limits of time pass: its eight minutes, 55 s without input, 175 s of silence
 * @param maxStreams streams at a time; one more is throttled
 * @param faults     what is to go wrong
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

    /** On this machine, a free port, the service's own times, twenty streams, no faults; callers sign as {@code parley} with {@code parley}. */
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

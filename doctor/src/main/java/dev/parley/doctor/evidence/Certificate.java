package dev.parley.doctor.evidence;

import java.time.Instant;
import java.util.List;

/**
 * The certificate of a server whose TLS handshake failed. It was not trusted.
 *
 * @param names      names and addresses it is issued for
 * @param selfSigned whether issuer and subject are the same
 * @param at         when it was read
 */
public record Certificate(List<String> names, Instant from, Instant until, boolean selfSigned, Instant at) {
    public Certificate {
        names = List.copyOf(names);
    }

    public boolean expired() {
        return at.isAfter(until);
    }

    public boolean notYetValid() {
        return at.isBefore(from);
    }

    /** Returns true if the certificate names this host; {@code *.example.org} covers one label. */
    public boolean covers(String host) {
        return names.stream()
                .anyMatch(
                        name -> name.equalsIgnoreCase(host) || (name.startsWith("*.") && host.indexOf('.') > 0
                                && name.substring(1).equalsIgnoreCase(host.substring(host.indexOf('.')))));
    }
}

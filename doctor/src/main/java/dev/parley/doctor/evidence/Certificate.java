package dev.parley.doctor.evidence;

import java.time.Instant;
import java.util.List;

/**
 * The certificate that a server showed when TLS failed, as it was looked at without trusting it.
 *
 * @param names      for which it was made: names and addresses
 * @param selfSigned whether it is its own issuer
 * @param at         when it was looked at
 */
public record Certificate(List<String> names, Instant from, Instant until, boolean selfSigned, Instant at) {
    public Certificate {
        names = List.copyOf(names);
    }

    public boolean expired() {
        return at.isAfter(until);
    }

    public boolean early() {
        return at.isBefore(from);
    }

    /** Whether it was made for this host; {@code *.example.org} stands for one label. */
    public boolean covers(String host) {
        return names.stream()
                .anyMatch(
                        name -> name.equalsIgnoreCase(host) || (name.startsWith("*.") && host.indexOf('.') > 0
                                && name.substring(1).equalsIgnoreCase(host.substring(host.indexOf('.')))));
    }
}

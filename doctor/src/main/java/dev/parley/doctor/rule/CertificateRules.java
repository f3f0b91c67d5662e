package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Certificate;
import dev.parley.doctor.evidence.ConnectionFailure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Concludes what is wrong with a refused certificate. */
final class CertificateRules {
    private static final int SHOWN_NAMES = 5;

    private CertificateRules() {}

    static Finding evaluate(String host, Certificate shown, ConnectionFailure failure) {
        String[] evidence = {failure.description(),
                "valid from " + day(shown.from()) + " to " + day(shown.until()) + ", checked on "
                        + day(shown.at()),
                "issued for " + names(shown), shown.selfSigned() ? "self-signed" : "not self-signed"};
        if (shown.expired()) {
            return invalid("The certificate of " + host + " has expired", evidence).fix(
                    "Renew it. Check that renewal is automatic and that the server loads the new certificate.");
        }
        if (shown.notYetValid()) {
            return invalid("The certificate of " + host + " is not valid yet", evidence)
                    .fix("Correct the clock of this machine, or of the machine that issued the certificate.");
        }
        if (!shown.covers(host)) {
            return invalid("The certificate is not for " + host, evidence)
                    .fix("Install a certificate that names " + host + ", or use a name that it has.");
        }
        return shown.selfSigned()
                ? invalid("The certificate of " + host + " is self-signed", evidence).fix(
                        "Install a certificate of an authority that browsers trust, such as Let's Encrypt.")
                : invalid("The issuer of the certificate of " + host + " is not trusted", evidence).fix(
                        "Configure the server to send the full chain (nginx: the fullchain file in ssl_certificate). Install the certificate of a private authority on each machine.")
                        .with(Confidence.LIKELY);
    }

    private static Finding invalid(String title, String... evidence) {
        return Finding.broken(Cause.TLS_INVALID, title,
                "Browsers refuse the connection and tell pages only that it failed.", evidence);
    }

    private static String names(Certificate shown) {
        var names = shown.names();
        if (names.isEmpty()) {
            return "no name";
        }
        int more = names.size() - SHOWN_NAMES;
        return String.join(", ", names.subList(0, Math.min(SHOWN_NAMES, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static LocalDate day(Instant when) {
        return LocalDate.ofInstant(when, ZoneOffset.UTC);
    }
}

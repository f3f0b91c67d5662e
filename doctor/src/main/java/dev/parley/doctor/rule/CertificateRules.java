package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Certificate;
import dev.parley.doctor.evidence.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** What is wrong with a certificate that was refused, the plainest first. */
final class CertificateRules {
    private static final int SHOWN_NAMES = 5;

    private CertificateRules() {}

    static Finding judge(String host, Certificate shown, Failure failure) {
        String[] evidence = {failure.words(),
                "valid from " + day(shown.from()) + " to " + day(shown.until()) + ", looked at on "
                        + day(shown.at()),
                "made for " + names(shown),
                shown.selfSigned() ? "signed by itself" : "signed by somebody else"};
        if (shown.expired()) {
            return invalid("The certificate of " + host + " has expired", evidence).fix(
                    "Renew it, and see that its renewal runs by itself and the server reads the new one.");
        }
        if (shown.early()) {
            return invalid("The certificate of " + host + " is not valid yet", evidence).fix(
                    "Correct the clock of the machine that looks, or of the one that made the certificate.");
        }
        if (!shown.covers(host)) {
            return invalid("The certificate is not for " + host, evidence)
                    .fix("Install a certificate that names " + host + ", or use a name that it has.");
        }
        return shown.selfSigned()
                ? invalid("The certificate of " + host + " is signed by itself", evidence)
                        .fix("Install one of an authority that browsers know, such as Let's Encrypt.")
                : invalid("The issuer of the certificate of " + host + " is not known", evidence).fix(
                        "Let the server send its whole chain (nginx: the fullchain file in ssl_certificate); a company's own authority has to be known to each machine.")
                        .but(Confidence.LIKELY);
    }

    private static Finding invalid(String title, String... evidence) {
        return Finding.broken(Cause.TLS_INVALID, title,
                "Browsers refuse the connection, and from a page they say only that it failed.", evidence);
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

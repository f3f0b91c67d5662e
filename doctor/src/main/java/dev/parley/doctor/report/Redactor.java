package dev.parley.doctor.report;

import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Verdict;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.software.PlatformDetector;
import dev.parley.doctor.software.Remedy;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes secrets from reports: the values of headers, of the query and of the credentials, tokens in the path, and JSON Web Tokens. A server may repeat them in an error, so every text
 * of a report passes through here.
 */
public final class Redactor {
    private static final String HIDDEN = "(hidden)";
    /** Shorter values would match ordinary words. */
    private static final int SHORTEST = 4;
    private static final Pattern JSON_TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(\\s*:)?");
    private static final Pattern JSON_NUMBER = Pattern.compile("(?<=[:\\[,])\\s*(-?[0-9][0-9.eE+-]{3,})");
    /** A JSON Web Token, whoever sent it. */
    private static final Pattern JWT = Pattern
            .compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(\\.[A-Za-z0-9_-]*)?");
    private static final Pattern BASIC = Pattern.compile("(?i)basic +([A-Za-z0-9+/=]+)");
    /** A part of a path that looks like a token: long, with letters and digits. */
    private static final Pattern OPAQUE = Pattern.compile("(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_~.+=-]{20,}");
    /** Marks the end of a truncated text. */
    private static final String CUT = "…";

    private final List<String> secrets;

    private Redactor(List<String> secrets) {
        this.secrets = secrets;
    }

    public static Redactor of(Target target) {
        var found = new TreeSet<String>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        target.headers().values().forEach(value -> {
            found.add(value);
            found.addAll(List.of(value.split("[ ;,=]+")));
        });
        target.headers()
                .values()
                .stream()
                .map(BASIC::matcher)
                .filter(Matcher::matches)
                .forEach(basic -> found.addAll(decoded(basic.group(1))));
        target.query().forEach(pair -> {
            String value = pair.substring(pair.indexOf('=') + 1);
            found.add(value);
            found.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        });
        for (String segment : target.path().split("/", -1)) {
            if (OPAQUE.matcher(segment).matches()) {
                found.add(segment);
            }
        }
        target.auth().ifPresent(json -> {
            JSON_TEXT.matcher(json)
                    .results()
                    .filter(match -> match.group(2) == null)
                    .map(match -> match.group(1))
                    .forEach(found::add);
            JSON_NUMBER.matcher(JSON_TEXT.matcher(json).replaceAll("\"\"$2"))
                    .results()
                    .map(match -> match.group(1))
                    .forEach(found::add);
        });
        // A server may repeat them as they would stand in a URL.
        List.copyOf(found).forEach(secret -> {
            String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            found.add(encoded);
            found.add(encoded.replace("+", "%20"));
        });
        return new Redactor(found.stream().filter(secret -> secret.length() >= SHORTEST).toList());
    }

    /** Returns name and password of HTTP Basic. */
    private static List<String> decoded(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return List.of(pair, pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException _notBase64) {
            return List.of();
        }
    }

    public String clean(String text) {
        // Control characters of a server could change a terminal.
        String clean = JWT.matcher(text.replaceAll("\\p{Cntrl}+", " ")).replaceAll(HIDDEN);
        for (String secret : secrets) {
            clean = withoutBeginning(clean.replace(secret, HIDDEN), secret);
        }
        return clean;
    }

    /** Removes the beginning of a secret before each mark of truncation. */
    private static String withoutBeginning(String text, String secret) {
        String clean = text;
        for (int cut = clean.lastIndexOf(CUT); cut > 0; cut = clean.lastIndexOf(CUT, cut - 1)) {
            for (int length = Math.min(secret.length() - 1, cut); length >= SHORTEST; length--) {
                if (clean.startsWith(secret.substring(0, length), cut - length)) {
                    clean = clean.substring(0, cut - length) + HIDDEN + clean.substring(cut);
                    cut -= length;
                    break;
                }
            }
        }
        return clean;
    }

    Finding clean(Finding finding) {
        return new Finding(finding.cause(), finding.severity(), finding.confidence(), clean(finding.title()),
                finding.evidence().stream().map(this::clean).toList(), clean(finding.meaning()),
                finding.remedy()
                        .map(remedy -> new Remedy(clean(remedy.words()),
                                remedy.lines().stream().map(this::clean).toList())));
    }

    PlatformDetector.Detected clean(PlatformDetector.Detected known) {
        return new PlatformDetector.Detected(known.platform(), clean(known.sign()), known.source());
    }

    /** The path of the URL may contain a token. The evidence stays as it is: reports write only numbers and titles of it. */
    ExaminationResult clean(ExaminationResult result) {
        return new ExaminationResult(clean(result.asked()), result.startedAt(), result.took(), result.quick(),
                result.log(), result.steps(), result.connections(), result.requests());
    }

    Checklist.Item clean(Checklist.Item item) {
        return new Checklist.Item(item.title(), item.done(), clean(item.why()));
    }

    Verdict clean(Verdict verdict) {
        return new Verdict(verdict.health(), clean(verdict.description()));
    }
}

package dev.parley.doctor.report;

import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.Verdict;
import dev.parley.doctor.session.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Removes secrets from reports: the values of headers, of the query and of the credentials. A server may repeat them in an error, so every text
 * of a report passes through here.
 */
public final class Redactor {
    private static final String HIDDEN = "(hidden)";
    /** Shorter values would match ordinary words. */
    private static final int SHORTEST = 4;
    private static final Pattern JSON_TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"(\\s*:)?");
    private static final Pattern JSON_NUMBER = Pattern.compile("(?<=[:\\[,])\\s*(-?[0-9][0-9.eE+-]{5,})");
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
        target.query().forEach(pair -> {
            String value = pair.substring(pair.indexOf('=') + 1);
            found.add(value);
            found.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        });
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
        return new Redactor(found.stream().filter(secret -> secret.length() >= SHORTEST).toList());
    }

    public String clean(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = withoutBeginning(clean.replace(secret, HIDDEN), secret);
        }
        return clean;
    }

    /** Removes the beginning of a secret before the mark of truncation. */
    private static String withoutBeginning(String text, String secret) {
        int cut = text.indexOf(CUT);
        if (cut < 0) {
            return text;
        }
        for (int length = Math.min(secret.length() - 1, cut); length >= SHORTEST; length--) {
            if (text.startsWith(secret.substring(0, length), cut - length)) {
                return text.substring(0, cut - length) + HIDDEN + text.substring(cut);
            }
        }
        return text;
    }

    Finding clean(Finding finding) {
        return new Finding(finding.cause(), finding.severity(), finding.confidence(), clean(finding.title()),
                finding.evidence().stream().map(this::clean).toList(), clean(finding.meaning()),
                finding.fix().map(this::clean));
    }

    Checklist.Item clean(Checklist.Item item) {
        return new Checklist.Item(item.title(), item.done(), clean(item.why()));
    }

    Verdict clean(Verdict verdict) {
        return new Verdict(verdict.health(), clean(verdict.description()));
    }
}

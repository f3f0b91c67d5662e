package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.rule.VoiceRules.Grade;
import dev.parley.doctor.rule.VoiceRules.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The findings in a few sentences: whether it works, on what, and what the one thing to know or do is. */
public record Verdict(Health health, String words) {

    public static Verdict of(CaseFile file, List<Finding> findings) {
        var worst = findings.stream().map(Finding::severity).max(Enum::compareTo).orElse(Severity.OK);
        return switch (worst) {
            case BROKEN -> new Verdict(Health.BROKEN, broken(findings));
            case IMPAIRED -> new Verdict(Health.IMPAIRED, works(file, findings, true));
            case NOTE, OK -> new Verdict(Health.HEALTHY, works(file, findings, false));
        };
    }

    private static String broken(List<Finding> findings) {
        var main = findings.stream()
                .filter(finding -> finding.severity() == Severity.BROKEN)
                .findFirst()
                .orElseThrow();
        long more = findings.stream()
                .filter(finding -> finding.severity().compareTo(Severity.IMPAIRED) >= 0)
                .count() - 1;
        return "Does not work: " + lower(main.title()) + ". " + main.fix().orElse(main.meaning())
                + (more > 0 ? " (" + more + " more below.)" : "");
    }

    private static String works(CaseFile file, List<Finding> findings, boolean impaired) {
        var sentences = new ArrayList<String>();
        var refusal = webSocketTrouble(findings);
        boolean polling = has(findings, Cause.POLLING_WORKS);
        boolean webSocket = has(findings, Cause.WEBSOCKET_WORKS);
        if (SkipRules.onlyTheHandshake(file)) {
            sentences.add(
                    "A session opens; whether one can use it was not seen, since there was no time. Look again without --quick.");
        } else if (has(findings, Cause.REVISION_UNSUPPORTED)) {
            sentences.add("Works for old clients only: the server speaks Engine.IO 3.");
        } else if (refusal.isPresent()) {
            sentences.add("Works, on polling only: " + reason(file, refusal.get()) + ".");
            sentences.add(advice(file, refusal.get()));
        } else if (has(findings, Cause.POLLING_OFF)) {
            sentences.add(
                    "Works on WebSocket only: polling is turned off on the server. Clients have to be told "
                            + "transports: [\"websocket\"], and where a network refuses WebSocket they have no other way.");
        } else if (has(findings, Cause.WEBSOCKET_OFF)) {
            sentences.add("Works, on polling: the server offers no WebSocket.");
        } else if (polling && webSocket) {
            sentences.add("Works: by polling and by WebSocket" + upgraded(file) + ".");
        } else {
            sentences.add("Works by polling; WebSocket was not looked at.");
        }
        findings.stream()
                .filter(finding -> impaired && finding.severity() == Severity.IMPAIRED
                        && !refusal.filter(finding::equals).isPresent())
                .filter(finding -> finding.cause() != Cause.VOICE_MARGINAL
                        && finding.cause() != Cause.VOICE_BAD && finding.cause() != Cause.NOT_EXAMINED
                        && finding.cause() != Cause.REVISION_UNSUPPORTED
                        && finding.cause() != Cause.POLLING_OFF)
                .forEach(finding -> sentences.add("But: " + lower(finding.title()) + "."));
        if (has(findings, Cause.AFFINITY_BY_COOKIE)) {
            sentences.add("Clients have to keep the balancer's cookie.");
        }
        voices(file).ifPresent(sentences::add);
        return String.join(" ", sentences);
    }

    private static Optional<Finding> webSocketTrouble(List<Finding> findings) {
        return findings.stream().filter(finding -> switch (finding.cause()) {
            case WEBSOCKET_REFUSED, WEBSOCKET_HEADERS_LOST, WEBSOCKET_SILENT, UPGRADE_ELSEWHERE,
                    UPGRADE_FAILS ->
                true;
            default -> false;
        }).findFirst();
    }

    private static String reason(CaseFile file, Finding finding) {
        var answer = webSocketAnswer(file);
        String status = answer
                .map(seen -> seen.engineCode().isPresent() ? String.valueOf(seen.status())
                        : seen.status() + " from " + WebSocketRules.who(seen, Recognition.main(file)))
                .orElse("no answer");
        return switch (finding.cause()) {
            case WEBSOCKET_REFUSED -> answer.filter(seen -> seen.engineCode().isPresent()).isPresent()
                    ? "the server itself refuses WebSocket (" + status + ")"
                    : "the platform refuses WebSocket (" + status + ")";
            case WEBSOCKET_HEADERS_LOST -> "a proxy drops the headers that ask for WebSocket";
            case WEBSOCKET_SILENT -> "a WebSocket opens, but nothing passes through it";
            case UPGRADE_ELSEWHERE -> "upgrades reach another server than their session";
            default -> "the upgrade to WebSocket fails";
        };
    }

    private static String advice(CaseFile file, Finding finding) {
        boolean byServer = webSocketAnswer(file).filter(seen -> seen.engineCode().isPresent()).isPresent();
        return finding.cause() == Cause.WEBSOCKET_REFUSED && !byServer ? "Do not retry it."
                : finding.fix().orElse("");
    }

    private static Optional<Answer> webSocketAnswer(CaseFile file) {
        return file.first(Evidence.WebSocket.class).flatMap(seen -> seen.outcome().answer());
    }

    private static String upgraded(CaseFile file) {
        return file.first(Evidence.Upgrade.class)
                .filter(seen -> seen.stage() == Evidence.Stage.DONE)
                .map(seen -> ", upgraded within " + Numbers.time(seen.done()))
                .orElse("");
    }

    private static Optional<String> voices(CaseFile file) {
        var heard = file.all(Evidence.Cadence.class)
                .map(VoiceRules::voice)
                .filter(voice -> voice.sure() || voice.grade() == Grade.GOOD)
                .toList();
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        var parts = heard.stream().map(Verdict::voice).toList();
        return Optional.of("Voice over " + String.join("; over ", parts) + ".");
    }

    private static String voice(Voice voice) {
        String grade = switch (voice.grade()) {
            case GOOD -> " is good here (";
            case MARGINAL -> " is marginal here (";
            case NO -> " is not possible here (";
        };
        return voice.transport() + grade + "p99 " + Numbers.millis(voice.p99()) + ", cushion "
                + voice.cushion() + " ms)";
    }

    private static boolean has(List<Finding> findings, Cause cause) {
        return findings.stream().anyMatch(finding -> finding.cause() == cause);
    }

    /** The first letter small, unless it begins a name. */
    private static String lower(String title) {
        boolean name = title.startsWith("Socket.IO") || title.startsWith("TLS") || title.startsWith("HTTP")
                || title.startsWith("WebSocket") || title.startsWith("CORS");
        return name ? title : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}

package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.rule.VoiceRules.Grade;
import dev.parley.doctor.rule.VoiceRules.VoiceQuality;
import dev.parley.doctor.software.PlatformDetector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The summary of the findings: whether the server works, on which transports, and the main action. */
public record Verdict(Health health, String description) {

    public static Verdict of(EvidenceLog log, List<Finding> findings) {
        var worst = findings.stream().map(Finding::severity).max(Enum::compareTo).orElse(Severity.OK);
        return switch (worst) {
            case BROKEN -> new Verdict(Health.BROKEN, broken(findings));
            case IMPAIRED -> new Verdict(Health.IMPAIRED, works(log, findings, true));
            case UNKNOWN -> new Verdict(Health.UNKNOWN, unknown(log, findings));
            case NOTE, OK -> new Verdict(Health.HEALTHY, works(log, findings, false));
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
                + (more > 0 ? " (" + Quantities.count((int) more, "more fault") + ".)" : "");
    }

    private static String unknown(EvidenceLog log, List<Finding> findings) {
        var why = log.all(Evidence.Unfinished.class)
                .map(Evidence.Unfinished::hindrance)
                .max(Comparator.comparingInt(hindrance -> hindrance == Hindrance.INTERRUPTED ? 2
                        : hindrance == Hindrance.BUSY ? 1 : 0))
                .orElse(Hindrance.OUT_OF_TIME);
        long unknown = findings.stream().filter(finding -> finding.severity() == Severity.UNKNOWN).count();
        return "Could not finish: " + why.description() + " (" + Quantities.count((int) unknown, "look")
                + " without a result). No fault was seen"
                + (log.handshake().isPresent() ? "; a session opens" : "") + ". Run the doctor again "
                + switch (why) {
                    case BUSY -> "when this machine has less to do.";
                    case OUT_OF_TIME -> "without --quick if it was set.";
                    case INTERRUPTED -> "and let it finish.";
                    case ASKED_TO_WAIT, LOAD, NO_SESSION -> "later.";
                };
    }

    private static String works(EvidenceLog log, List<Finding> findings, boolean impaired) {
        var sentences = new ArrayList<String>();
        var refusal = webSocketTrouble(findings);
        boolean polling = has(findings, Cause.POLLING_WORKS);
        boolean webSocket = has(findings, Cause.WEBSOCKET_WORKS);
        if (SkipRules.onlyTheHandshake(log)) {
            sentences.add("A session opens, but its use could not be examined. Run the doctor again.");
        } else if (has(findings, Cause.REVISION_UNSUPPORTED)) {
            sentences.add("Works for old clients only: the server speaks Engine.IO 3.");
        } else if (refusal.isPresent()) {
            sentences.add("Works, on polling only: " + reason(log, refusal.get()) + ".");
            sentences.add(advice(log, refusal.get()));
        } else if (has(findings, Cause.POLLING_OFF)) {
            sentences.add(
                    "Works on WebSocket only: polling is turned off on the server. Configure clients with "
                            + "transports: [\"websocket\"]. They have no fallback where a network refuses WebSocket.");
        } else if (has(findings, Cause.WEBSOCKET_OFF)) {
            sentences.add("Works, on polling: the server offers no WebSocket.");
        } else if (polling && webSocket) {
            sentences.add("Works: by polling and by WebSocket" + upgraded(log) + ".");
        } else if (log.handshake().isEmpty()) {
            sentences.add("No session was examined.");
        } else {
            sentences.add("Works by polling; WebSocket was not examined.");
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
            sentences.add("Clients must keep the load balancer's cookie.");
        }
        voices(log).ifPresent(sentences::add);
        return String.join(" ", sentences);
    }

    private static Optional<Finding> webSocketTrouble(List<Finding> findings) {
        return findings.stream().filter(finding -> switch (finding.cause()) {
            case WEBSOCKET_REFUSED, WEBSOCKET_HEADERS_LOST, WEBSOCKET_SILENT, WEBSOCKET_CLOSED,
                    WEBSOCKET_ACCEPT_WRONG, WEBSOCKET_ALTERED, WEBSOCKET_COMPRESSION_BROKEN,
                    WEBSOCKET_OTHER_SERVER, DEV_PROXY_WITHOUT_WS, UPGRADE_ELSEWHERE, UPGRADE_FAILS ->
                true;
            default -> false;
        }).findFirst();
    }

    private static String reason(EvidenceLog log, Finding finding) {
        var response = webSocketAnswer(log);
        String status = response
                .map(seen -> seen.engineCode().isPresent() ? String.valueOf(seen.status())
                        : seen.status() + " from " + WebSocketRules.who(seen, PlatformDetector.main(log)))
                .orElse("no answer");
        return switch (finding.cause()) {
            case WEBSOCKET_REFUSED -> finding.title().startsWith("The application")
                    ? "the application refuses WebSocket (" + response.map(Response::status).orElse(0) + ")"
                    : response.filter(seen -> seen.engineCode().isPresent()).isPresent()
                            ? "the server itself refuses WebSocket (" + status + ")"
                            : response.filter(Response::isOfProxy).isPresent()
                                    ? "WebSocket failed (" + status + ")"
                                    : "the platform refuses WebSocket (" + status + ")";
            case WEBSOCKET_HEADERS_LOST -> "a proxy drops the upgrade headers";
            case UPGRADE_ELSEWHERE -> "upgrades reach another server than their session";
            case UPGRADE_FAILS -> "the upgrade to WebSocket fails";
            default -> lower(finding.title());
        };
    }

    private static String advice(EvidenceLog log, Finding finding) {
        boolean byServer = webSocketAnswer(log).filter(seen -> seen.engineCode().isPresent()).isPresent()
                || finding.title().startsWith("The application")
                || webSocketAnswer(log).filter(seen -> seen.isOfProxy() || seen.status() == 401).isPresent();
        return finding.cause() == Cause.WEBSOCKET_REFUSED && !byServer ? "Do not retry it."
                : finding.fix().orElse("");
    }

    private static Optional<Response> webSocketAnswer(EvidenceLog log) {
        return log.first(Evidence.WebSocket.class).flatMap(seen -> seen.outcome().response());
    }

    private static String upgraded(EvidenceLog log) {
        return log.first(Evidence.Upgrade.class)
                .filter(seen -> seen.stage() == Evidence.Stage.DONE)
                .map(seen -> ", upgraded within " + Quantities.time(seen.done()))
                .orElse("");
    }

    private static Optional<String> voices(EvidenceLog log) {
        var heard = log.all(Evidence.AudioTimings.class)
                .map(VoiceRules::voice)
                .filter(voice -> voice.sure() || voice.grade() == Grade.GOOD)
                .toList();
        if (heard.isEmpty()) {
            return Optional.empty();
        }
        var parts = heard.stream().map(Verdict::voice).toList();
        return Optional.of("Voice over " + String.join("; over ", parts) + ".");
    }

    private static String voice(VoiceQuality voice) {
        String grade = switch (voice.grade()) {
            case GOOD -> " is good here (";
            case MARGINAL -> " is marginal here (";
            case NO -> " is not possible here (";
        };
        return voice.transport() + grade + "p99 " + Quantities.millis(voice.p99()) + ", cushion "
                + voice.cushion() + " ms)";
    }

    private static boolean has(List<Finding> findings, Cause cause) {
        return findings.stream().anyMatch(finding -> finding.cause() == cause);
    }

    /** Returns the title with a lower-case first letter, unless it starts with a name. */
    private static String lower(String title) {
        boolean name = title.startsWith("Socket.IO") || title.startsWith("TLS") || title.startsWith("HTTP")
                || title.startsWith("WebSocket") || title.startsWith("CORS");
        return name ? title : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }
}

package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.ClientMode;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.rule.VoiceRules.Grade;
import java.util.List;

/** The deployment checklist, whose points are verified by probes. */
public final class Checklist {

    private Checklist() {}

    /** A point of the checklist. {@code why} is the evidence. */
    public record Item(String title, boolean done, String why) {}

    public static List<Item> of(EvidenceLog log, List<Finding> findings) {
        return List.of(health(log), polling(findings), upgrade(findings), audio(log), errors(log, findings),
                reconnection(log), users(log));
    }

    private static Item health(EvidenceLog log) {
        var seen = log.first(Evidence.HealthCheck.class);
        return new Item("Health answers",
                seen.filter(check -> check.outcome()
                        .response()
                        .filter(response -> response.status() / 100 == 2)
                        .isPresent()).isPresent(),
                seen.map(check -> check.path() + ": " + HandshakeRules.shown(check.outcome()))
                        .orElse("not asked"));
    }

    private static Item polling(List<Finding> findings) {
        boolean done = has(findings, Cause.POLLING_WORKS) && has(findings, Cause.CONNECT_WORKS);
        return new Item("Polling first", done, done ? "a session opens and the namespace accepts connections"
                : trouble(findings, Severity.BROKEN));
    }

    private static Item upgrade(List<Finding> findings) {
        boolean done = has(findings, Cause.UPGRADE_WORKS);
        return new Item("Upgrade", done,
                findings.stream()
                        .filter(finding -> finding.cause() == Cause.UPGRADE_WORKS)
                        .flatMap(finding -> finding.evidence().stream())
                        .findFirst()
                        .orElseGet(() -> trouble(findings, Severity.IMPAIRED)));
    }

    private static Item audio(EvidenceLog log) {
        var voices = log.all(Evidence.AudioTimings.class).map(VoiceRules::voice).toList();
        boolean done = !voices.isEmpty() && voices.stream().allMatch(voice -> voice.grade() != Grade.NO);
        return new Item("Audio end to end", done,
                voices.isEmpty() ? "no audio could be sent"
                        : String.join("; ",
                                voices.stream()
                                        .map(voice -> voice.transport() + " " + voice.grade().description()
                                                + " (" + voice.description() + ")")
                                        .toList()));
    }

    private static Item errors(EvidenceLog log, List<Finding> findings) {
        var seen = log.all(Evidence.Affinity.class).toList();
        int requests = seen.stream().mapToInt(Evidence.Affinity::requests).sum();
        int wrong = seen.stream().mapToInt(affinity -> affinity.lost() + affinity.failed()).sum();
        boolean whole = log.affinity(ClientMode.NEW_CONNECTIONS).isPresent();
        boolean cut = has(findings, Cause.CUT_WHILE_BUSY) || has(findings, Cause.IDLE_CUT);
        return new Item("No repeated errors", requests > 0 && wrong == 0 && !cut && whole,
                wrong + " of " + requests + " requests failed"
                        + (cut ? ", and connections were cut" : whole ? "" : "; not all were examined"));
    }

    private static Item reconnection(EvidenceLog log) {
        var seen = log.first(Evidence.Reconnected.class);
        return new Item("Reconnection after a cut", seen.flatMap(Evidence.Reconnected::after).isPresent(),
                seen.map(one -> one.after()
                        .map(time -> "connected again after " + Quantities.time(time))
                        .orElse(one.why())).orElse("not tried"));
    }

    private static Item users(EvidenceLog log) {
        var seen = log.first(Evidence.Users.class);
        return new Item("Several users at once",
                seen.filter(users -> users.served() == users.asked()).isPresent(),
                seen.map(users -> users.served() + " of " + users.asked() + " served, the slowest in "
                        + Quantities.time(users.slowest())).orElse("not tried"));
    }

    private static boolean has(List<Finding> findings, Cause cause) {
        return findings.stream().anyMatch(finding -> finding.cause() == cause);
    }

    private static String trouble(List<Finding> findings, Severity least) {
        return findings.stream()
                .filter(finding -> finding.severity().compareTo(least) >= 0)
                .findFirst()
                .map(Finding::title)
                .orElse("not reached");
    }
}

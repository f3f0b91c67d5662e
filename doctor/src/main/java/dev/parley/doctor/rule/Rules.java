package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.EvidenceLog;
import java.util.List;
import java.util.function.Function;

/** All rules, in the order of a connection: host, handshake, session, transports, voice. */
public final class Rules {
    private static final List<Function<EvidenceLog, List<Finding>>> ALL = List.of(ReachRules::evaluate,
            HandshakeRules::evaluate, AffinityRules::evaluate, ConnectRules::evaluate, RateRules::evaluate,
            WebSocketRules::evaluate, TimingRules::evaluate, CorsRules::evaluate, BrowserRules::evaluate,
            BodyRules::evaluate, VoiceRules::evaluate, ModelRules::evaluate, SkipRules::evaluate);

    private Rules() {}

    public static List<Finding> evaluate(EvidenceLog log) {
        return ALL.stream().flatMap(rule -> rule.apply(log).stream()).toList();
    }
}

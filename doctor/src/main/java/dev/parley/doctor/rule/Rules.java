package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import java.util.List;
import java.util.function.Function;

/** All rules, in the order in which a person would ask. */
public final class Rules {
    private static final List<Function<CaseFile, List<Finding>>> ALL = List.of(ReachRules::judge,
            HandshakeRules::judge, AffinityRules::judge, ConnectRules::judge, WebSocketRules::judge,
            TimingRules::judge, BrowserRules::judge, BodyRules::judge, VoiceRules::judge, ModelRules::judge,
            SkipRules::judge);

    private Rules() {}

    public static List<Finding> judge(CaseFile file) {
        return ALL.stream().flatMap(rule -> rule.apply(file).stream()).toList();
    }
}

package dev.parley.doctor.report;

import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.rule.Confidence;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.VoiceRules.VoiceQuality;
import dev.parley.protocol.engine.EngineHandshake;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a report as JSON. {@code docs/doctor.md} describes every field; within one {@code schema}, fields are added and never changed. */
public final class JsonReport {
    private static final int SCHEMA = 2;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private JsonReport() {}

    /**
     * Writes a report with indentation.
     *
     * @param checklist whether to include the checklist
     */
    public static String write(Report report, boolean checklist) {
        return JSON.writeValueAsString(tree(report, checklist));
    }

    /** Writes a report on one line. */
    public static String writeLine(Report report, boolean checklist) {
        return tree(report, checklist).toString();
    }

    static ObjectNode tree(Report report, boolean checklist) {
        var result = report.result();
        var json = JSON.createObjectNode();
        json.put("schema", SCHEMA);
        json.put("url", result.asked());
        json.put("startedAt", result.startedAt().toString());
        json.put("durationMs", result.took().toMillis());
        json.put("quick", result.quick());
        json.put("health", report.verdict().health().code());
        json.put("verdict", report.verdict().description());
        json.putObject("load").put("connections", result.connections()).put("requests", result.requests());
        var platforms = json.putArray("platforms");
        report.platforms()
                .forEach(known -> platforms.addObject()
                        .put("name", known.platform().code())
                        .put("sign", known.sign())
                        .put("confidence", (known.isLikely() ? Confidence.LIKELY : Confidence.CERTAIN).code())
                        .put("source", known.source()));
        server(json, result.log());
        var findings = json.putArray("findings");
        report.findings().forEach(finding -> write(findings.addObject(), finding));
        if (checklist) {
            var items = json.putArray("checklist");
            report.checklist()
                    .forEach(item -> items.addObject()
                            .put("title", item.title())
                            .put("done", item.done())
                            .put("why", item.why()));
        }
        var voices = json.putArray("voice");
        report.voices().forEach(voice -> write(voices.addObject(), voice));
        var steps = json.putArray("steps");
        result.steps()
                .forEach(step -> steps.addObject()
                        .put("title", step.title())
                        .put("fromMs", step.from().toMillis())
                        .put("toMs", step.to().toMillis()));
        return json;
    }

    private static void server(ObjectNode json, EvidenceLog log) {
        var handshake = log.handshake();
        if (handshake.isEmpty()) {
            json.putNull("server");
            return;
        }
        EngineHandshake open = handshake.get();
        var server = json.putObject("server");
        server.put("pingIntervalMs", open.pingInterval().toMillis());
        server.put("pingTimeoutMs", open.pingTimeout().toMillis());
        if (open.maxPayload().isPresent()) {
            server.put("maxPayload", open.maxPayload().getAsLong());
        } else {
            server.putNull("maxPayload");
        }
        var upgrades = server.putArray("upgrades");
        open.upgrades().forEach(upgrades::add);
    }

    private static void write(ObjectNode json, Finding finding) {
        json.put("cause", finding.cause().code());
        json.put("severity", finding.severity().code());
        json.put("confidence", finding.confidence().code());
        json.put("title", finding.title());
        var evidence = json.putArray("evidence");
        finding.evidence().forEach(evidence::add);
        json.put("meaning", finding.meaning());
        json.put("fix", finding.fix().orElse(null));
        var paste = json.putArray("paste");
        finding.remedy().ifPresent(remedy -> remedy.lines().forEach(paste::add));
        json.put("browser", finding.isTrouble() ? BrowserText.of(finding.cause()).orElse(null) : null);
    }

    private static void write(ObjectNode json, VoiceQuality voice) {
        json.put("transport", voice.transport());
        json.put("grade", voice.grade().description());
        json.put("p50Ms", tenth(voice.p50()));
        json.put("p95Ms", tenth(voice.p95()));
        json.put("p99Ms", tenth(voice.p99()));
        json.put("sent", voice.sent());
        json.put("answered", voice.answered());
        json.put("gaps", voice.gaps());
        json.put("cushionMs", voice.cushion());
        json.put("sure", voice.sure());
    }

    private static double tenth(double millis) {
        return Math.round(millis * 10) / 10.0;
    }
}

package dev.parley.doctor.report;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.rule.Finding;
import dev.parley.doctor.rule.VoiceRules.Voice;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A report for a program. {@code docs/doctor.md} describes every field; fields are added, never changed, within one {@code schema}. */
public final class JsonReport {
    private static final int SCHEMA = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private JsonReport() {}

    /**
     * Writes it, with the checklist if that was asked for.
     *
     * @param checklist whether the checklist of a deployment was asked for
     */
    public static String write(Report report, boolean checklist) {
        return JSON.writeValueAsString(tree(report, checklist));
    }

    /** The same on one line. */
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
        json.put("verdict", report.verdict().words());
        json.putObject("load").put("connections", result.connections()).put("requests", result.requests());
        var platforms = json.putArray("platforms");
        report.platforms()
                .forEach(known -> platforms.addObject()
                        .put("name", known.platform().code())
                        .put("sign", known.sign()));
        server(json, result.file());
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

    private static void server(ObjectNode json, CaseFile file) {
        var handshake = file.handshake();
        if (handshake.isEmpty()) {
            json.putNull("server");
            return;
        }
        Handshake open = handshake.get();
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
    }

    private static void write(ObjectNode json, Voice voice) {
        json.put("transport", voice.transport());
        json.put("grade", voice.grade().words());
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

package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.EvidenceLog;
import dev.parley.doctor.evidence.ExaminationResult;
import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.protocol.engine.EngineHandshake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonReportTest {
    private static final Path PAGE = Path.of("../docs/doctor.md");
    private static final Duration S = Duration.ofSeconds(1);

    @Test
    void documentationDescribesExactlyTheFieldsOfTheReport() throws IOException {
        Set<String> described = Pattern.compile("`([a-z][A-Za-z0-9.\\[\\]]*)`")
                .matcher(section("## JSON", "## Causes").lines()
                        .filter(line -> line.startsWith("| `"))
                        .map(line -> line.split("\\|", -1)[1])
                        .collect(Collectors.joining()))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        var written = new TreeSet<String>();

        collect("", JsonReport.tree(report(), true), written);

        described.removeAll(Set.of("server", "voice")); // said to be null or empty at times
        assertThat(written).isEqualTo(described);
    }

    @Test
    void documentationNamesEveryCause() throws IOException {
        String page = section("## Causes", "\u0000");

        assertThat(Arrays.stream(Cause.values()).map(cause -> "`" + cause.code() + "`"))
                .allMatch(page::contains);
    }

    @Test
    void reportContainsNoSecrets() {
        String json = JsonReport.write(report(), true);

        assertThat(json).doesNotContain("secret-sid")
                .doesNotContain("s3cret")
                .contains("no entry for (hidden)");
    }

    @Test
    void secretRepeatedByTheHealthCheckIsHidden() {
        var refused = new Outcome.Responded(new Response(401, HttpHeaders.NONE,
                "s3cret is not welcome".getBytes(StandardCharsets.UTF_8), S, S));

        assertThat(report(new Evidence.HealthCheck("/health", refused)).checklist().getFirst().why())
                .contains("(hidden) is not welcome")
                .doesNotContain("s3cret");
    }

    @Test
    void checklistIsWrittenOnlyOnRequest() {
        assertThat(JsonReport.tree(report(), true).path("checklist")).hasSize(7)
                .first()
                .satisfies(item -> assertThat(item.path("done").booleanValue()).isFalse());
        assertThat(JsonReport.tree(report(), false).has("checklist")).isFalse();
    }

    private static void collect(String prefix, JsonNode node, Set<String> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                            field.getValue(), fields));
        } else if (node.isArray()) {
            node.forEach(item -> collect(prefix + "[]", item, fields));
            if (node.isEmpty()) {
                fields.add(prefix + "[]");
            }
        } else {
            fields.add(prefix);
        }
    }

    private static String section(String from, String to) throws IOException {
        String page = Files.readString(PAGE);
        int end = page.indexOf(to);
        return page.substring(page.indexOf(from), end < 0 ? page.length() : end);
    }

    private static Report report(Evidence... more) {
        var outcome = new Outcome.Responded(new Response(200,
                new HttpHeaders(List.of(new HttpHeaders.Header("server", "nginx"))), new byte[0], S, S));
        var handshake = new EngineHandshake("secret-sid", List.of("websocket"), S, S, OptionalLong.of(1_000));
        var cadence = new Evidence.AudioTimings("polling", Evidence.EchoMethod.ECHO, 1,
                List.of(new Evidence.RoundTrip(0, 3)), List.of(), S, Optional.empty());
        var evidence = new ArrayList<Evidence>(List.of(
                new Evidence.Polling(4, "/socket.io/", outcome, Optional.of(handshake), List.of(), List.of()),
                new Evidence.Connect("/", new Evidence.ConnectReply.Refused("no entry for s3cret"), S),
                cadence));
        evidence.addAll(List.of(more));
        var log = new EvidenceLog("http://host/socket.io/", evidence);
        var result = new ExaminationResult("http://host/socket.io/", Instant.EPOCH, S, false, log,
                List.of(new ExaminationResult.Step("a", S, S)), 1, 2);
        return Report.of(result, Redactor.of(new Target(new ServerAddress("host", 80, false), "/socket.io/",
                "/", List.of(), Map.of("X-Key", "s3cret"), Optional.empty(), Optional.empty())));
    }
}

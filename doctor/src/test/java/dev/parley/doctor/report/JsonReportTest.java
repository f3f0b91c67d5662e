package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Headers;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Result;
import dev.parley.doctor.probe.Target;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.wire.Endpoint;
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
    void thePageDescribesEveryFieldAndNoOther() throws IOException {
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

        described.remove("server"); // the object, said to be null at times
        assertThat(written).isEqualTo(described);
    }

    @Test
    void thePageNamesEveryCause() throws IOException {
        String page = section("## Causes", "\u0000");

        assertThat(Arrays.stream(Cause.values()).map(cause -> "`" + cause.code() + "`"))
                .allMatch(page::contains);
    }

    @Test
    void whatIsSecretIsNowhere() {
        String json = JsonReport.write(report(), true);

        assertThat(json).doesNotContain("secret-sid")
                .doesNotContain("s3cret")
                .contains("no entry for (hidden)");
    }

    @Test
    void whatTheHealthCheckSaysBackIsHiddenToo() {
        var refused = new Outcome.Answered(new Answer(401, Headers.NONE,
                "s3cret is not welcome".getBytes(StandardCharsets.UTF_8), S, S));

        assertThat(report(new Evidence.HealthCheck("/health", refused)).checklist().getFirst().why())
                .contains("(hidden) is not welcome")
                .doesNotContain("s3cret");
    }

    @Test
    void theChecklistIsThereIfItWasAskedFor() {
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
        var outcome = new Outcome.Answered(new Answer(200,
                new Headers(List.of(new Headers.Header("server", "nginx"))), new byte[0], S, S));
        var handshake = new Handshake("secret-sid", List.of("websocket"), S, S, OptionalLong.of(1_000));
        var cadence = new Evidence.Cadence("polling", Evidence.Method.ECHO, 1,
                List.of(new Evidence.RoundTrip(0, 3)), List.of(), S, Optional.empty());
        var evidence = new ArrayList<Evidence>(List.of(
                new Evidence.Polling(4, "/socket.io/", outcome, Optional.of(handshake), List.of()),
                new Evidence.Connect("/", new Evidence.Reply.Refused("no entry for s3cret"), S), cadence));
        evidence.addAll(List.of(more));
        var file = new CaseFile("http://host/socket.io/", evidence);
        var result = new Result("http://host/socket.io/", Instant.EPOCH, S, false, file,
                List.of(new Result.Step("a", S, S)), 1, 2);
        return Report.of(result, Redactor.of(new Target(new Endpoint("host", 80, false), "/socket.io/", "/",
                List.of(), Map.of("X-Key", "s3cret"), Optional.empty(), Optional.empty())));
    }
}

package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

class DoctorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"doctor|Missing required parameter: 'URL'",
            "ftp://a|URL reads like https://talk.example.org, not \"ftp://a\"",
            "http://a --patience 601|--patience is 0 to 600 seconds",
            "http://127.0.0.1:1 --html /no/such/folder/x.html|/no/such/folder/x.html cannot be written (no such folder",
            "http://127.0.0.1:1 --html /|/ cannot be written (it is a folder)",
            "http://a --voice --quick|--voice and --quick exclude each other; use one of them",
            "http://a --path x|--path starts with / and is plain, such as /socket.io/"})
    void wrongArgumentsPrintOneSentenceAndExitWith64(String arguments, String sentence) {
        var given = arguments.equals("doctor") ? new String[0] : arguments.split(" ");

        int code = run(given);

        assertThat(code).isEqualTo(64);
        assertThat(err.toString()).contains(sentence);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).as("nothing was examined").doesNotContain("Reaching");
    }

    @Test
    void helpNamesTheExitCodesAndTheLoad() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).containsIgnoringWhitespaces(
                "0 healthy, 1 impaired, 2 broken, 3 unknown (not everything could be examined, and no fault was seen), 64 usage error")
                .containsIgnoringWhitespaces(
                        "600 connections (about 120 if the server keeps them open), for four sessions at once (six with --checklist)");
    }

    @Test
    void explainPrintsThePageOfAFinding() {
        assertThat(run("--explain", "No-Affinity")).isZero();
        assertThat(out.toString()).startsWith("# no_affinity").contains("Session ID unknown");
    }

    @Test
    void explainNamesTheFindingsThatExist() {
        assertThat(run("--explain", "nonsense")).isEqualTo(64);
        assertThat(err.toString()).contains("there is no finding \"nonsense\"").contains("no_affinity, ");
    }

    @Test
    void reportIsWrittenAsMarkdown(@TempDir Path folder) throws IOException {
        var file = folder.resolve("report.md");

        assertThat(run("http://127.0.0.1:1", "--quick", "--report", file.toString())).isEqualTo(2);

        assertThat(Files.readString(file)).startsWith("# http://127.0.0.1:1/socket.io/: broken")
                .contains("(`unreachable`)");
    }

    @ParameterizedTest
    @CsvSource({"80, true, 80", "0, false, 100", "x, false, 100", ", false, 100"})
    void widthComesFromColumns(@Nullable String columns, boolean attached, int width) {
        assertThat(Terminal.width(columns, attached, 100)).isEqualTo(width);
    }

    @Test
    void watchWithJsonPrintsOneLinePerExamination() {
        assertThat(run("http://127.0.0.1:1", "--quick", "--json", "--watch", "5", "--times", "2"))
                .isEqualTo(2);

        assertThat(out.toString().lines()).hasSize(2)
                .allSatisfy(line -> assertThat(JsonMapper.shared().readTree(line).path("health").asString())
                        .isEqualTo("broken"));
    }

    @ParameterizedTest
    @CsvSource({"true, , true", "true, '', true", "true, 1, false", "false, , false"})
    void noColoursWithoutTerminalOrWithNoColor(boolean terminal, @Nullable String noColor, boolean coloured) {
        assertThat(DoctorCommand.colours(terminal, noColor)).isEqualTo(coloured);
    }

    private int run(String... arguments) {
        var commands = new CommandLine(new DoctorCommand(false));
        commands.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }
}

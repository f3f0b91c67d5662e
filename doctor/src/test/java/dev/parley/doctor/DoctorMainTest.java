package dev.parley.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorMainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--quik http://a|parley-doctor: Unknown option: '--quik'; did you mean --quick?",
            "http://a b|parley-doctor: Unmatched argument at index 1: 'b'; --help lists all options",
            "--quick|parley-doctor: Missing required parameter: 'URL'; --help lists all options",
            "ftp://a|parley-doctor: URL reads like https://talk.example.org, not \"ftp://a\"; --help lists all options"})
    void wrongArgumentsPrintOneLineAndExitWith64(String arguments, String line) {
        assertThat(run(arguments.split(" "))).isEqualTo(64);
        assertThat(err.toString()).isEqualTo(line + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesTheStandaloneProgram() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: parley-doctor ");
    }

    private int run(String... arguments) {
        return DoctorMain.run(List.of(arguments), false, new PrintWriter(out, true),
                new PrintWriter(err, true));
    }
}

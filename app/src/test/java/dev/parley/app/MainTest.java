package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.emulator.chat.ChatFault;
import dev.parley.settings.SettingsTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "serve --prot 4000     | unknown option --prot; did you mean --port?",
            "--prot=4000           | unknown option --prot; did you mean --port?",
            "serve --xyzzy         | unknown option --xyzzy; parley serve --help lists all",
            "serv                  | unknown command serv; did you mean serve?",
            "dance                 | unknown command dance; parley --help lists all",
            "serve now             | unknown argument now; parley serve --help lists all",
            "serve -V              | unknown option -V; parley serve --help lists all",
            "talk                  | missing argument FILE; parley talk --help explains it",
            "talk --trasport x a   | unknown option --trasport; did you mean --transport?",
            "talk --timeout x a    | --timeout: \"x\" is not a whole number",
            "serve --port          | Missing required parameter for option '--port' (NUMBER)",
            "serve --port x        | port: \"x\" is not a whole number from 0 to 65535 (from the option --port)",
            "serve --temperature 2 | temperature: \"2\" is not a number from 0 to 1, like 0.7 (from the option --temperature)",
            "serve --model best    | model: \"best\" is not one of auto, local, nova-sonic (from the option --model)",
            "serve --nova-endpoint x | nova-endpoint: \"x\" is not an address like http://host:4318/path (from the option --nova-endpoint)",
            "emulate-bedrock --port 99999     | --port must be a number from 0 to 65535",
            "emulate-bedrock --answers maybe  | --answers must be model or scripted",
            "emulate-bedrock --fault trotlingException@3s#1 | \"trotlingException@3s#1\" is not a fault; did you mean throttlingException?",
            "emulate-bedrock --fault stal      | \"stal\" is not a fault; did you mean stall?",
            "emulate-bedrock --fault http-200  | \"http-200\" is not a fault: a refusal has a status from 400 to 599, like http-403, http-429 or http-503",
            "emulate-bedrock --stream-life 1  | --stream-life must be a number of seconds from 8 to 480",
            "emulate-llm --port 99999         | --port must be a number from 0 to 65535",
            "emulate-llm --first-token 99999  | --first-token must be a number from 0 to 60000",
            "emulate-llm --fault stal         | \"stal\" is not a fault: use " + ChatFault.HELP,
            "--config /no/such     | config: /no/such does not exist"})
    void invalidArgumentsPrintOneLineAndExitWith64(String arguments, String message) {
        int code = run(Map.of(), arguments.split(" "));

        assertThat(err.toString().lines()).containsExactly("parley: " + message);
        assertThat(out.toString()).isEmpty();
        assertThat(code).isEqualTo(64);
    }

    @Test
    void invalidEnvironmentPrintsOneLineAndExitsWith64() {
        int code = run(Map.of("PARLEY_PROT", "4000"), "serve");

        assertThat(err.toString().lines()).containsExactly(
                "parley: unknown environment variable PARLEY_PROT; did you mean PARLEY_PORT?");
        assertThat(code).isEqualTo(64);
    }

    @Test
    void helpOfServeListsEverySetting() {
        int code = run(Map.of(), "serve", "--help");

        assertThat(code).isZero();
        // picocli also breaks lines inside URLs.
        String help = out.toString().replaceAll("\\s+", "");
        assertThat(SettingsTable.ALL).allSatisfy(setting -> assertThat(help).contains(setting.flag() + "=")
                .contains(setting.variable())
                .contains(setting.defaultText().replace(" ", "")));
        assertThat(help).contains("--config=FILE");
    }

    @Test
    void helpListsTheCommands() {
        int code = run(Map.of(), "--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("Usage: parley").contains("serve").contains("talk");
    }

    @Test
    void everyFormOfHelpWorks() {
        run(Map.of(), "talk", "--help");
        String asked = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run(Map.of(), "help", "talk")).isZero();
        assertThat(out.toString()).isEqualTo(asked).contains("Usage: parley talk");
    }

    @Test
    void versionIsPrinted() {
        int code = run(Map.of(), "--version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("parley ");
    }

    private int run(Map<String, String> environment, String... arguments) {
        return Main.run(List.of(arguments), environment, new PrintWriter(out, true),
                new PrintWriter(err, true));
    }
}

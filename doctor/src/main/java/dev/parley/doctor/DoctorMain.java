package dev.parley.doctor;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the doctor as a program of its own. A wrong command line prints one line on standard error and exits with {@value #USAGE}. */
public final class DoctorMain {
    /** The program's name in its messages; launchers under another name set the property. */
    private static final String NAME = System.getProperty("parley.doctor.name", "parley-doctor");
    private static final int USAGE = 64;
    private static final int FAILED = 1;

    private DoctorMain() {}

    /** Examines the server that the arguments name, and exits with the exit code of {@link DoctorCommand}. */
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), Terminal.isAttached(), out, err));
    }

    static int run(List<String> arguments, boolean terminal, PrintWriter out, PrintWriter err) {
        var command = new CommandLine(new DoctorCommand(terminal)).setCommandName(NAME)
                .setOut(out)
                .setErr(err);
        command.setParameterExceptionHandler((mistake, given) -> complain(err, sentence(mistake), USAGE));
        command.setExecutionExceptionHandler(
                (failure, failed, parsed) -> failure instanceof ParameterException mistake
                        ? complain(err, sentence(mistake), USAGE)
                        : complain(err, "failed: " + failure, FAILED));
        return command.execute(arguments.toArray(String[]::new));
    }

    private static String sentence(ParameterException mistake) {
        String first = String.valueOf(mistake.getMessage()).lines().findFirst().orElse("wrong arguments");
        var suggestions = mistake instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions()
                : List.<String>of();
        return suggestions.isEmpty() ? first + "; --help lists all options"
                : first + "; did you mean " + suggestions.getFirst() + "?";
    }

    private static int complain(PrintWriter err, String sentence, int code) {
        err.println(NAME + ": " + sentence);
        return code;
    }
}

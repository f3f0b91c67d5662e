package dev.parley.app;

import dev.parley.assistant.ConfigurationException;
import dev.parley.calls.admission.UnknownSpendingException;
import dev.parley.doctor.DoctorCommand;
import dev.parley.doctor.Terminal;
import dev.parley.settings.SettingsException;
import dev.parley.settings.Suggestions;
import dev.parley.talk.TalkCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. An error prints one line on standard error and sets the exit code: {@value #USAGE} for invalid arguments or settings,
 * {@value #FAILED} for a command that failed.
 */
public final class Main {

    static final int USAGE = 64;
    static final int FAILED = 1;

    private Main() {}

    /** Runs the command in the arguments, and ends the program with its exit code. */
    public static void main(String[] arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), System.getenv(), out, err));
    }

    /** Runs a command with the given arguments, environment and output; returns its exit code. */
    static int run(List<String> arguments, Map<String, String> environment, PrintWriter out,
            PrintWriter err) {
        boolean terminal = Terminal.isAttached();
        CommandLine commands = new CommandLine(root()).addSubcommand("serve", ServeCommand.spec(environment))
                .addSubcommand("talk", new TalkCommand(terminal))
                .addSubcommand("doctor", new DoctorCommand(terminal))
                .addSubcommand("emulate-bedrock", new EmulateCommand())
                .addSubcommand("emulate-llm", new EmulateLlmCommand())
                .addSubcommand("help", new CommandLine.HelpCommand());
        commands.setOut(out).setErr(err);
        commands.setParameterExceptionHandler((wrong, given) -> report(err, sentence(wrong), USAGE));
        commands.setExecutionExceptionHandler((failure, command, parsed) -> switch (failure) {
            case ConfigurationException invalid -> report(err, String.valueOf(invalid.getMessage()), USAGE);
            case SettingsException invalid -> report(err, String.valueOf(invalid.getMessage()), USAGE);
            case UnknownSpendingException unknown ->
                report(err, String.valueOf(unknown.getMessage()), FAILED);
            case StartException known -> report(err, String.valueOf(known.getMessage()), FAILED);
            case ParameterException wrong -> report(err, sentence(wrong), USAGE);
            default -> report(err, command.getCommandName() + " failed: " + failure, FAILED);
        });
        return commands.execute(withCommand(commands, arguments).toArray(String[]::new));
    }

    private static CommandSpec root() {
        CommandSpec root = CommandSpec.wrapWithoutInspection((Runnable) () -> {});
        root.name("parley").versionProvider(() -> new String[]{"parley " + version()});
        root.usageMessage()
                .description("Talk to a speech model in the browser.")
                .synopsisHeading("Usage: ")
                .customSynopsis("parley [COMMAND] [OPTIONS]")
                .commandListHeading("%nCommands:%n")
                .footer("",
                        "Without a command, parley runs serve. See parley COMMAND --help for its options.");
        root.addOption(
                OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version.")
                .build());
        return root;
    }

    /** Adds the default command: {@code parley --port 4000} means {@code parley serve --port 4000}. */
    private static List<String> withCommand(CommandLine commands, List<String> arguments) {
        String first = arguments.isEmpty() ? "--port" : arguments.getFirst();
        boolean serves = first.startsWith("-") && !commands.getCommandSpec().optionsMap().containsKey(first);
        if (!serves) {
            return arguments;
        }
        var named = new ArrayList<>(arguments);
        named.addFirst("serve");
        return named;
    }

    private static String sentence(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            String written = unmatched.getUnmatched().getFirst();
            boolean option = written.startsWith("-");
            CommandLine command = wrong.getCommandLine();
            var known = option ? command.getCommandSpec().optionsMap().keySet()
                    : command.getSubcommands().keySet();
            String name = option ? written.replaceFirst("=.*", "") : written;
            return "unknown " + (option ? "option " : command.getParent() == null ? "command " : "argument ")
                    + name + suggestion(Suggestions.nearest(name, known), command);
        }
        if (wrong instanceof MissingParameterException missing
                && missing.getMissing().stream().allMatch(ArgSpec::isPositional)) {
            return "missing argument " + missing.getMissing().getFirst().paramLabel() + "; "
                    + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help explains it";
        }
        return String.valueOf(wrong.getMessage())
                .lines()
                .findFirst()
                .orElse("the command line is invalid")
                .replaceFirst("^Invalid value for option '([^']*)'.*: '(.*)' is not an int$",
                        "$1: \"$2\" is not a whole number");
    }

    private static String suggestion(Optional<String> nearest, CommandLine command) {
        return nearest.map(name -> "; did you mean " + name + "?")
                .orElse("; " + command.getCommandSpec().qualifiedName() + " --help lists all");
    }

    private static int report(PrintWriter err, String sentence, int code) {
        err.println("parley: " + sentence);
        return code;
    }

    /** Returns the version of the program. */
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}

package dev.parley.talk;

import dev.parley.client.ClientException;
import dev.parley.client.TransportMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code talk}: sends recordings to a server as a browser would, in real time, and prints recognised text, answers, transports and
 * latencies. Exits with 0 if each recording was answered, 1 if not, 64 for wrong arguments or an unusable recording.
 */
@Command(name = "talk", mixinStandardHelpOptions = false, sortOptions = false, usageHelpWidth = 100, exitCodeOnInvalidInput = 64, description = "Sends WAV files to a server as a browser would and prints the conversation.%n"
        + "Several files are the turns of one conversation. It goes on if the connection is lost, if the server can do that.", footer = {
                "",
                "WAV files: PCM, 8 to 48 kHz, mono or stereo, 8, 16, 24 or 32 bits (32-bit float too), up to 10 minutes.",
                "The end of speech is the last moment of a file that is not silent; latencies count from it.",
                "", "--json prints one object:",
                "  ok, url, error            whether each file was answered, and the error",
                "  connection                transport, firstTransport, connectMs, upgradedMs, upgradeError?,",
                "                            resumptions?",
                "  turns[]                   file, durationMs, speechMs, heard, answered, tools[], finalUserTextMs,",
                "                            firstAudioMs, answerMs, complete, interrupted, error",
                "  latency                   finalUserText and firstAudio: count, p50Ms, p95Ms", "",
                "Exit code: 0 each file was answered, 1 the conversation failed, 64 usage error or unusable file."})
public final class TalkCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int USAGE = 64;

    private final boolean terminal;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "WAV files to send.")
    private List<Path> files = List.of();

    @Option(names = "--url", paramLabel = "URL", defaultValue = "http://localhost:3000", description = "URL of the server. Default: ${DEFAULT-VALUE}")
    private String url = "";

    @Option(names = "--transport", paramLabel = "polling|websocket|upgrade", defaultValue = "upgrade", description = "Transport; upgrade starts with polling. Default: ${DEFAULT-VALUE}")
    private String transport = "";

    @Option(names = "--out", paramLabel = "FILE", description = "File for the audio of the answers: WAV, 24 kHz, 16 bits.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Prints one JSON object instead of text.")
    private boolean json;

    @Option(names = "--voice", paramLabel = "ID", description = "Voice of the assistant.")
    private @Nullable String voice;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "System prompt.")
    private @Nullable String prompt;

    @Option(names = "--audio", paramLabel = "base64|binary", defaultValue = "base64", description = "Encoding of the audio. Default: ${DEFAULT-VALUE}")
    private String audio = "";

    @Option(names = "--path", paramLabel = "PATH", defaultValue = "/socket.io/", description = "Path of Socket.IO on the server. Default: ${DEFAULT-VALUE}")
    private String path = "";

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60", description = "Longest wait for a connection, and for the end of an answer. Default: ${DEFAULT-VALUE}")
    private int timeout;

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "15", description = "Longest silence of the server while an answer is pending. Default: ${DEFAULT-VALUE}")
    private int patience;

    @Option(names = {"-q", "--quiet"}, description = "Shows no progress.")
    private boolean quiet;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    /**
     * Creates the command.
     *
     * @param terminal whether output goes to a terminal, which shows a progress line
     */
    public TalkCommand(boolean terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var options = options();
        List<Recording> recordings;
        try {
            recordings = files.stream().map(Recording::read).toList();
        } catch (RecordingException e) {
            return reportError(e.getMessage(), USAGE);
        }
        TalkReport report;
        try (var progress = new ProgressPrinter(err(), style())) {
            report = converse(options, recordings, progress);
        }
        if (json) {
            out(report.json());
        } else if (!report.turns().isEmpty()) {
            out(report.text().stripTrailing());
        }
        report.turns()
                .stream()
                .flatMap(turn -> turn.problem().stream())
                .forEach(problem -> reportError(problem, FAILED));
        report.failure().ifPresent(failure -> reportError(failure, FAILED));
        return writeAnswer(report.turns()) && report.ok() ? 0 : FAILED;
    }

    private static TalkReport converse(TalkOptions options, List<Recording> recordings,
            ProgressPrinter progress) throws InterruptedException {
        var turns = new ArrayList<TurnReport>();
        Optional<ConnectionReport> connection = Optional.empty();
        Optional<String> failure = Optional.empty();
        try (var call = TalkSession.open(options, progress)) {
            connection = Optional.of(call.connection());
            for (var recording : recordings) {
                turns.add(call.speak(recording));
                connection = Optional.of(call.connection());
            }
        } catch (TalkException | ClientException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        return new TalkReport(options.url().toString(), connection, turns, failure);
    }

    private TalkOptions options() {
        TransportMode mode = switch (transport) {
            case "polling" -> TransportMode.POLLING;
            case "websocket" -> TransportMode.WEBSOCKET;
            case "upgrade" -> TransportMode.UPGRADE;
            default -> throw usage("--transport is polling, websocket or upgrade, not \"" + transport + "\"");
        };
        if (!audio.equals("base64") && !audio.equals("binary")) {
            throw usage("--audio is base64 or binary, not \"" + audio + "\"");
        }
        if (timeout < 1 || timeout > 3600 || patience < 1 || patience > 3600) {
            throw usage("--timeout and --patience are 1 to 3600 seconds");
        }
        if (!path.startsWith("/")) {
            throw usage("--path starts with /");
        }
        return new TalkOptions(server(), path, mode, audio.equals("binary"), Duration.ofSeconds(timeout),
                Duration.ofSeconds(patience), Optional.ofNullable(voice), Optional.ofNullable(prompt));
    }

    private URI server() {
        try {
            var parsed = URI.create(url);
            String scheme = String.valueOf(parsed.getScheme());
            String rest = String.valueOf(parsed.getPath());
            if (parsed.getHost() != null && scheme.matches("(?i)https?|wss?") && rest.matches("/?|null")
                    && parsed.getQuery() == null) {
                return parsed;
            }
        } catch (IllegalArgumentException _notOne) {
            throw usage("--url reads like http://localhost:3000, not \"" + url + "\"");
        }
        throw usage("--url reads like http://localhost:3000, not \"" + url + "\"");
    }

    private boolean writeAnswer(List<TurnReport> turns) {
        if (out == null) {
            return true;
        }
        var all = new ByteArrayOutputStream();
        turns.forEach(turn -> all.writeBytes(turn.answer()));
        if (all.size() == 0) {
            return true;
        }
        try {
            WavWriter.write(out, AnswerTracker.ANSWER_RATE, all.toByteArray());
            return true;
        } catch (IOException e) {
            reportError(out + " could not be written (" + e.getMessage()
                    + "); choose a file in a folder that exists and is writable", FAILED);
            return false;
        }
    }

    private ProgressPrinter.Style style() {
        return quiet ? ProgressPrinter.Style.NONE
                : terminal ? ProgressPrinter.Style.LIVE : ProgressPrinter.Style.LINES;
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private int reportError(@Nullable String sentence, int code) {
        err().println("parley: " + sentence);
        err().flush();
        return code;
    }

    private void out(String text) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(text);
        writer.flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

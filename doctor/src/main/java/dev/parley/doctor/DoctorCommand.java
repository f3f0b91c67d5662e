package dev.parley.doctor;

import dev.parley.doctor.report.CausePage;
import dev.parley.doctor.report.Changes;
import dev.parley.doctor.report.HtmlReport;
import dev.parley.doctor.report.JsonReport;
import dev.parley.doctor.report.MarkdownReport;
import dev.parley.doctor.report.Redactor;
import dev.parley.doctor.report.Report;
import dev.parley.doctor.report.TextReport;
import dev.parley.doctor.rule.Cause;
import dev.parley.doctor.rule.Checklist;
import dev.parley.doctor.session.Plan;
import dev.parley.doctor.session.ProbeClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code doctor}: examines a Socket.IO server from outside. */
@Command(name = "doctor", mixinStandardHelpOptions = false, sortOptions = false, usageHelpWidth = 100, exitCodeOnInvalidInput = 64, description = "Examines any Socket.IO server from outside and reports what is wrong with its connections and how to fix it.", footer = {
        "",
        "It opens at most 600 connections (about 120 if the server keeps them open), for four sessions at once (six with --checklist), and sends at most 6 MB.",
        "No application receives a message: the namespaces that it uses do not exist.",
        "Pass tokens with --header, --auth or in the URL's query; reports omit them. docs/doctor.md describes the output of --json.",
        "",
        "Exit code: 0 healthy, 1 impaired, 2 broken, 3 unknown (not everything could be examined, and no fault was seen), 64 usage error."})
public final class DoctorCommand implements Callable<Integer> {

    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private final boolean terminal;
    /** How long the server asked to wait at the end of the last examination. */
    private Duration waitLeft = Duration.ZERO;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "URL", arity = "0..1", description = "URL of the server, such as https://talk.example.org.")
    private String url = "";

    @Option(names = "--quick", description = "Runs only fast probes: under 5 seconds.")
    private boolean quick;

    @Option(names = "--voice", description = "Also measures audio at the pace of speech. Parley servers are measured without this option.")
    private boolean voice;

    @Option(names = "--json", description = "Prints one JSON object instead of text; with --watch, one on each line.")
    private boolean json;

    @Option(names = "--path", paramLabel = "PATH", description = "Path of Socket.IO on the server. Default: /socket.io/")
    private @Nullable String path;

    @Option(names = "--namespace", paramLabel = "NAME", defaultValue = "/", description = "Namespace to join. Default: ${DEFAULT-VALUE}")
    private String namespace = "";

    @Option(names = "--header", paramLabel = "\"NAME: VALUE\"", description = "Header for each request. May be repeated.")
    private List<String> headers = List.of();

    @Option(names = "--auth", paramLabel = "JSON", description = "Credentials for CONNECT, as a JSON object.")
    private @Nullable String auth;

    @Option(names = "--origin", paramLabel = "ORIGIN", description = "Origin of the page that connects, for CORS.")
    private @Nullable String origin;

    @Option(names = "--patience", paramLabel = "SECONDS", defaultValue = "60", description = "Longest wait for the server's first ping, 0 to 600. Default: ${DEFAULT-VALUE}")
    private int patience;

    @Option(names = "--html", paramLabel = "FILE", description = "Also writes the report as one self-contained page with timelines and plots.")
    private @Nullable Path html;

    @Option(names = "--report", paramLabel = "FILE", description = "Also writes the report as Markdown, for an issue.")
    private @Nullable Path markdown;

    @Option(names = "--explain", paramLabel = "FINDING", description = "Prints the page about a finding, such as no_affinity, and examines nothing.")
    private @Nullable String explain;

    @Option(names = {"-v", "--verbose"}, description = "Also shows the evidence of what is in order.")
    private boolean verbose;

    @Option(names = "--checklist", description = "Checks the points of a deployment checklist. Exits with 1 or more if a point is not met; a point that could not be examined is not met.")
    private boolean checklist;

    @Option(names = "--health", paramLabel = "PATH", defaultValue = "/health", description = "Path of the health check, for the checklist. Default: ${DEFAULT-VALUE}")
    private String health = "";

    @Option(names = "--watch", paramLabel = "SECONDS", description = "Repeats the examination after a pause of 5 to 86400 seconds and prints changes. Ctrl+C ends it.")
    private @Nullable Integer watch;

    @Option(names = "--times", paramLabel = "NUMBER", description = "Number of examinations with --watch. Default: no limit.")
    private @Nullable Integer times;

    @Option(names = {"-q", "--quiet"}, description = "Shows no progress.")
    private boolean quiet;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    /**
     * Creates the command.
     *
     * @param terminal whether output goes to a terminal, which shows colours and a progress line
     */
    public DoctorCommand(boolean terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (explain != null) {
            out(page(explain).stripTrailing());
            return 0;
        }
        if (url.isBlank()) {
            throw usage("Missing required parameter: 'URL'");
        }
        var target = target();
        var plan = plan();
        checkWatch();
        checkFile(html);
        checkFile(markdown);
        var text = new TextReport(colours(terminal, System.getenv("NO_COLOR")),
                Terminal.width(System.getenv("COLUMNS"), terminal, TextReport.WIDTH), verbose);
        var report = examine(target, plan.shortenedBy(sinceStart()), text);
        show(report, text);
        if (watch != null) {
            report = watch(target, plan, text, report);
        }
        int code = report.verdict().health().exitCode();
        if (checklist) {
            code = report.checklist().stream().allMatch(Checklist.Item::done) ? code : Math.max(code, 1);
        }
        return code;
    }

    private void show(Report report, TextReport text) {
        if (json) {
            out(json(report));
        } else if (checklist) {
            out(text.write(report.checklist()).stripTrailing());
            out(report.verdict().description());
        } else {
            out(text.write(report).stripTrailing());
        }
        write(html, () -> HtmlReport.write(report));
        write(markdown, () -> MarkdownReport.write(report));
    }

    private void write(@Nullable Path file, Supplier<String> text) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, text.get());
        } catch (IOException e) {
            throw unwritable(file, String.valueOf(e.getMessage()));
        }
    }

    private String page(String typed) {
        return CausePage.cause(typed)
                .map(CausePage::of)
                .orElseThrow(() -> usage("--explain: there is no finding \"" + typed + "\"; they are: "
                        + Arrays.stream(Cause.values()).map(Cause::code).collect(Collectors.joining(", "))));
    }

    /** Returns the time since the process started. Includes the launcher script, unless it built the program first. */
    private static Duration sinceStart() {
        long now = System.currentTimeMillis();
        long machine = now - ManagementFactory.getRuntimeMXBean().getStartTime();
        long process = ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> now - start.toEpochMilli())
                .orElse(machine);
        return Duration.ofMillis(Math.max(0, process > LONGEST_START.toMillis() ? machine : process));
    }

    /** With {@code --watch}, readers expect one object per line. */
    private String json(Report report) {
        return watch == null ? JsonReport.write(report, checklist) : JsonReport.writeLine(report, checklist);
    }

    /** Follows no-color.org: any value except an empty one disables colours. */
    static boolean colours(boolean terminal, @Nullable String noColor) {
        return terminal && (noColor == null || noColor.isEmpty());
    }

    private Report watch(TargetParser.Readings target, Plan plan, TextReport text, Report first)
            throws InterruptedException {
        var pause = Duration.ofSeconds(watch == null ? 0 : watch);
        var most = times == null ? OptionalInt.empty() : OptionalInt.of(times);
        return new RepeatedExamination(() -> examine(target, plan, text),
                () -> Thread.sleep(ProbeClient.longerOf(pause, waitLeft)), this::tell).from(first, most);
    }

    private void tell(Report before, Report now) {
        var changes = Changes.between(before, now);
        String at = now.result().startedAt().truncatedTo(ChronoUnit.SECONDS).toString();
        if (json) {
            out(json(now));
        } else if (changes.isEmpty()) {
            out(at + "  " + now.verdict().health().code() + ", as before");
        } else {
            changes.forEach(change -> out(at + "  " + change));
        }
    }

    private void checkWatch() {
        if (watch != null && (watch < 5 || watch > 86_400)) {
            throw usage("--watch is 5 to 86400 seconds");
        }
        if (times != null && (watch == null || times < 1)) {
            throw usage("--times is 1 or more and needs --watch");
        }
        if (voice && quick) {
            throw usage("--voice and --quick exclude each other; use one of them");
        }
        if (checklist && quick) {
            throw usage("--checklist and --quick exclude each other; use one of them");
        }
        if (!health.startsWith("/")) {
            throw usage("--health starts with /");
        }
    }

    /** Checks the file before the examination, so that no report is lost. */
    private void checkFile(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean can = Files.exists(file) ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!can) {
            throw unwritable(file,
                    Files.isDirectory(file) ? "it is a folder" : "no such folder, or no permission");
        }
    }

    private ParameterException unwritable(Path file, String why) {
        return usage(file + " cannot be written (" + why
                + "); choose a file in a folder that exists and is writable");
    }

    private Report examine(TargetParser.Readings target, Plan plan, TextReport text)
            throws InterruptedException {
        // Both readings of a URL have the same credentials; the second one has the path as it was typed.
        var redactor = Redactor.of(target.other().orElse(target.first()));
        try (var progress = new ProgressLine(spec.commandLine().getErr(), style())) {
            var examination = new Examination(plan, Clock.systemUTC(), progress, new MachineCpu());
            var hook = new InterruptHook(() -> {
                if (watch == null) {
                    partly(Report.of(examination.soFar(), redactor), text);
                }
            });
            try {
                return Report.of(examination.examine(target.first(), target.other()), redactor);
            } finally {
                waitLeft = examination.waitLeft();
                hook.close();
            }
        }
    }

    /** Shows what was found before the user interrupted. */
    private void partly(Report report, TextReport text) {
        spec.commandLine().getErr().println("\nInterrupted. This was found so far:");
        out(json ? json(report) : text.write(report).stripTrailing());
    }

    private TargetParser.Readings target() {
        try {
            return TargetParser
                    .readings(new TargetParser.Arguments(url, path, namespace, headers, origin, auth));
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()));
        }
    }

    private Plan plan() {
        if (patience < 0 || patience > 600) {
            throw usage("--patience is 0 to 600 seconds");
        }
        var plan = quick ? Plan.brief() : Plan.full(Duration.ofSeconds(patience));
        plan = plan.withVoice(voice || checklist);
        return checklist ? plan.withChecklist(health) : plan;
    }

    private ProgressLine.Style style() {
        return quiet ? ProgressLine.Style.NONE
                : terminal ? ProgressLine.Style.LIVE : ProgressLine.Style.LINES;
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private void out(String text) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.println(text);
        writer.flush();
    }
}

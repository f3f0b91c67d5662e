package dev.parley.app;

import dev.parley.app.log.Logging;
import dev.parley.doctor.Terminal;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.settings.SettingsTable;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code parley serve}. Its options come from the table of settings, so help and settings always agree. */
final class ServeCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    private final Map<String, String> environment;
    private final CommandSpec spec;

    private ServeCommand(Map<String, String> environment) {
        this.environment = environment;
        this.spec = CommandSpec.wrapWithoutInspection(this);
    }

    static CommandSpec spec(Map<String, String> environment) {
        CommandSpec spec = new ServeCommand(environment).spec;
        spec.name("serve")
                .usageMessage()
                .description("Starts the server. Open the printed address in a browser, and talk.")
                .synopsisHeading("Usage: ")
                .customSynopsis("parley serve [OPTIONS]")
                .width(100)
                .optionListHeading(
                        "%nEach setting can be an option, an environment variable, or a line \"name = value\" in a file;"
                                + "%nan option overrides the environment, which overrides the file:%n%n")
                .sortOptions(false);
        spec.addOption(OptionSpec.builder("--config")
                .paramLabel("FILE")
                .type(String.class)
                .description("A file of settings. (PARLEY_CONFIG)")
                .build());
        for (Setting<?> setting : SettingsTable.ALL) {
            spec.addOption(OptionSpec.builder(setting.flag())
                    .paramLabel(setting.label())
                    .type(String.class)
                    .description(setting.description().replace("%", "%%"))
                    .build());
        }
        spec.addOption(
                OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
        return spec;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = Settings.read(flags(), environment);
        boolean json = switch (settings.log().format()) {
            case TEXT -> false;
            case JSON -> true;
            case AUTO -> !Terminal.isAttached();
        };
        Logging.forServer(json, settings.log().level().name(), settings.log().content());
        if (settings.log().content()) {
            LOG.warn(
                    "log-content is on: this log contains speech and typed text, prompts, and arguments of tools");
        }
        settings.transcripts()
                .folder()
                .ifPresent(folder -> LOG.info("transcripts are kept in {} for {} days", folder,
                        settings.transcripts().days()));
        settings.warnings().forEach(warning -> LOG.warn("{}", warning));
        DataFolder.problem(settings.talk().data()).ifPresent(problem -> LOG.warn("{}", problem));
        var models = new Models();
        settings.choices().forEach(choice -> LOG.info("profile {}: {}", settings.profile().text(), choice));
        GcWatchdog.start();
        Parley parley = Parley.start(settings, models);
        StopSignals.handle(parley::drain, () -> {
            parley.close();
            Logging.flush();
        });
        PrintWriter out = spec.commandLine().getOut();
        out.println("Parley is at " + address(settings, parley.port()) + " (Ctrl+C ends it)");
        var unused = models.started()
                .thenAccept(model -> StartLines.of(settings, model.billed(), models.why().join())
                        .forEach(out::println));
        models.load(settings);
        try {
            models.awaitReady();
            new CountDownLatch(1).await();
        } catch (StartException failed) {
            if (!parley.closing()) {
                parley.close();
                throw failed;
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private static String address(Settings settings, int port) {
        return settings.access()
                .publicUrls()
                .stream()
                .findFirst()
                .orElseGet(() -> (settings.access().tls().isPresent() ? "https://" : "http://")
                        + shown(settings.web().hosts().getFirst()) + ":" + port);
    }

    /** Returns the host to print: localhost if possible, because browsers allow the microphone there. */
    private static String shown(String host) {
        return switch (host) {
            case "0.0.0.0", "::", "127.0.0.1" -> "localhost";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }

    private Map<String, String> flags() {
        var flags = new LinkedHashMap<String, String>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            flags.put(option.longestName().substring(2), option.getValue());
        }
        return flags;
    }
}

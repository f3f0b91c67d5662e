package dev.parley.app;

import dev.parley.app.log.Logging;
import dev.parley.doctor.Terminal;
import dev.parley.emulator.Emulator;
import dev.parley.emulator.EmulatorOptions;
import dev.parley.emulator.Fault;
import dev.parley.emulator.Mind;
import dev.parley.emulator.ModelMind;
import dev.parley.emulator.ScriptedMind;
import dev.parley.settings.Settings;
import dev.parley.settings.Suggestions;
import dev.parley.speech.EmbeddedModel;
import dev.parley.speech.EmbeddedOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley emulate-bedrock}: the emulator of Nova Sonic, for use and tests without an AWS account. */
@Command(name = "emulate-bedrock", sortOptions = false, usageHelpWidth = 100, description = "Emulates Amazon Nova Sonic on this machine: its wire protocol with all checks, and faults on demand.%n"
        + "Calls must be signed with access key and secret key; any region and model is accepted.", footer = {
                "", "Example:", "  parley emulate-bedrock",
                "  AWS_ACCESS_KEY_ID=parley AWS_SECRET_ACCESS_KEY=parley parley serve --model nova-sonic \\\\",
                "      --nova-region us-east-1 --nova-endpoint http://127.0.0.1:3001", "",
                "Faults, each KIND[@SECONDSs][#STREAM]: http-STATUS (400 to 599), the name of one of the service's",
                "exceptions, reset, goaway, end, cut, drop, stall, mute, slow. For example, modelTimeoutException@3s#1",
                "is thrown in the first stream after three seconds. Instead of the time, a moment of a turn can be given:",
                "reset@text2 resets each stream after the user's text in its second turn, stall@answer2+0.5s stalls it",
                "half a second after the answer began; @speech is the beginning of the user's speech."})
final class EmulateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "The address to listen on. Default: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(names = "--port", paramLabel = "NUMBER", defaultValue = "3001", description = "The port to listen on; 0 selects a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--answers", paramLabel = "model|scripted", defaultValue = "model", description = "The source of replies: the embedded speech model, or a script that repeats its input (the pitch of a tone, or the text). Default: ${DEFAULT-VALUE}")
    private String answers = "";

    @Option(names = "--stream-life", paramLabel = "SECONDS", defaultValue = "480", description = "Maximum life of a stream; the service's other time limits are scaled with it. Default: ${DEFAULT-VALUE}")
    private int life;

    @Option(names = "--max-streams", paramLabel = "NUMBER", defaultValue = "20", description = "Maximum number of open streams; further ones are throttled. Default: ${DEFAULT-VALUE}")
    private int maxStreams;

    @Option(names = "--access-key", paramLabel = "KEY", defaultValue = "parley", description = "The accepted access key. Default: ${DEFAULT-VALUE}")
    private String accessKey = "";

    @Option(names = "--secret-key", paramLabel = "KEY", defaultValue = "parley", description = "Its secret key. Default: ${DEFAULT-VALUE}")
    private String secretKey = "";

    @Option(names = "--tls", description = "Use TLS, with a certificate created for this run.")
    private boolean tls;

    @Option(names = "--fault", paramLabel = "FAULT", description = "A fault to simulate; can be given several times.")
    private List<String> faults = List.of();

    @Option(names = "--models", paramLabel = "FOLDER", description = "The folder of the speech models. Default: as for serve")
    private @Nullable Path models;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        EmulatorOptions options = options();
        Logging.forServer(!Terminal.isAttached(), "info", false);
        var opened = start(options);
        spec.commandLine()
                .getOut()
                .println("The emulator of Nova Sonic is at " + (tls ? "https" : "http") + "://" + host + ":"
                        + opened.port() + " (Ctrl+C ends it)");
        new CountDownLatch(1).await();
        return 0;
    }

    private EmulatorOptions options() {
        check(port >= 0 && port <= 65_535, "--port must be a number from 0 to 65535");
        check(life >= 8 && life <= 480, "--stream-life must be a number of seconds from 8 to 480");
        check(maxStreams >= 1 && maxStreams <= 10_000, "--max-streams must be a number from 1 to 10000");
        check(answers.equals("model") || answers.equals("scripted"), "--answers must be model or scripted");
        try {
            var options = EmulatorOptions.defaults()
                    .withPort(host, port)
                    .withSecrets(Map.of(accessKey, secretKey))
                    .withTimeFactor(480.0 / life)
                    .withMaxStreams(maxStreams)
                    .withFaults(faults.stream().map(EmulateCommand::fault).toList());
            return tls ? options.withKeystore(certificate(), "changeit") : options;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private static Fault fault(String text) {
        try {
            return Fault.parse(text);
        } catch (IllegalArgumentException none) {
            String name = text.replaceFirst("[@#:].*", "");
            throw new IllegalArgumentException(Suggestions.nearest(name, Fault.NAMES)
                    .filter(near -> !near.equals(name)) // otherwise the error is after the name
                    .map(near -> "\"" + text + "\" is not a fault; did you mean " + near + "?")
                    .orElse(none.getMessage()), none);
        }
    }

    private Emulator start(EmulatorOptions options) throws InterruptedException {
        Mind.Factory minds = ScriptedMind::new;
        Runnable closeModel = () -> {};
        if (answers.equals("model")) {
            Path folder = models != null ? models : Settings.read(Map.of(), System.getenv()).talk().models();
            var model = EmbeddedModel.start(EmbeddedOptions.defaults(folder).withMaxStreams(maxStreams));
            minds = (voice, later) -> new ModelMind(model, voice, later);
            closeModel = model::close;
        }
        try {
            var emulator = Emulator.start(options, minds);
            Runnable close = closeModel;
            StopSignals.handle(() -> {}, () -> {
                emulator.close();
                close.run();
                Logging.flush();
            });
            return emulator;
        } catch (IllegalStateException cannot) {
            // The process would crash if it ended while native code is being loaded.
            closeModel.run();
            throw new StartException(String.valueOf(cannot.getMessage()));
        }
    }

    /** Creates a certificate with the JDK's keytool, since the class library has no API for it. */
    private static Path certificate() {
        try {
            Path folder = Files.createTempDirectory("parley-tls");
            Path file = folder.resolve("key.p12");
            Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            int code = new ProcessBuilder(tool.toString(), "-genkeypair", "-alias", "emulator", "-keyalg",
                    "EC", "-dname", "CN=localhost", "-validity", "30", "-storetype", "PKCS12", "-keystore",
                    file.toString(), "-storepass", "changeit").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            file.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            if (code == 0) {
                return file;
            }
        } catch (IOException _noTool) {
            // reported below
        } catch (InterruptedException _interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new StartException(
                "no certificate could be created: --tls needs keytool, which is part of a JDK");
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}

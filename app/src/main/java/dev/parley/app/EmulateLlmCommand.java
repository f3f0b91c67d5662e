package dev.parley.app;

import dev.parley.app.log.Logging;
import dev.parley.doctor.Terminal;
import dev.parley.emulator.chat.ChatEmulator;
import dev.parley.emulator.chat.ChatEmulatorOptions;
import dev.parley.emulator.chat.ChatFault;
import dev.parley.emulator.chat.ChatScript;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley emulate-llm}: the emulator of OpenAI-compatible chat, for use and tests without a language model. */
@Command(name = "emulate-llm", sortOptions = false, usageHelpWidth = 100, description = "Emulates a service with OpenAI-compatible chat completions on this machine, with faults on demand.%n"
        + "It repeats what it is told: \"You said: ...\", and \"use NAME {...}\" calls a tool.", footer = {"",
                "Example:", "  parley emulate-llm --first-token 150",
                "  parley serve --llm http://127.0.0.1:3002/v1#any", "", "Faults: " + ChatFault.HELP + "."})
final class EmulateLlmCommand implements Callable<Integer> {

    private static final int MINUTE = 60_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "The address to listen on. Default: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(names = "--port", paramLabel = "NUMBER", defaultValue = "3002", description = "The port to listen on; 0 selects a free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--key", paramLabel = "KEY", defaultValue = "", description = "The key that callers must send. Default: none")
    private String key = "";

    @Option(names = "--first-token", paramLabel = "MILLISECONDS", defaultValue = "0", description = "Time until the first token of a reply. Default: ${DEFAULT-VALUE}")
    private int firstToken;

    @Option(names = "--each-token", paramLabel = "MILLISECONDS", defaultValue = "0", description = "Time between the other tokens. Default: ${DEFAULT-VALUE}")
    private int eachToken;

    @Option(names = "--fault", paramLabel = "FAULT", description = "A fault to simulate; can be given several times.")
    private List<String> faults = List.of();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Shows this help.")
    @SuppressWarnings("UnusedVariable")
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        check(port >= 0 && port <= 65_535, "--port must be a number from 0 to 65535");
        check(firstToken >= 0 && firstToken <= MINUTE, "--first-token must be a number from 0 to 60000");
        check(eachToken >= 0 && eachToken <= MINUTE, "--each-token must be a number from 0 to 60000");
        ChatEmulatorOptions options;
        try {
            options = ChatEmulatorOptions.defaults()
                    .withPort(host, port)
                    .withKey(key)
                    .withTimes(Duration.ofMillis(firstToken), Duration.ofMillis(eachToken))
                    .withFaults(faults.stream().map(ChatFault::parse).toList());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
        Logging.forServer(!Terminal.isAttached(), "info", false);
        ChatEmulator emulator;
        try {
            emulator = ChatEmulator.start(options, ChatScript.repeating());
        } catch (IllegalStateException cannot) {
            throw new StartException(String.valueOf(cannot.getMessage()));
        }
        StopSignals.handle(() -> {}, () -> {
            emulator.close();
            Logging.flush();
        });
        spec.commandLine()
                .getOut()
                .println("The emulator of a language model is at http://" + host + ":" + emulator.port()
                        + "/v1 (Ctrl+C ends it)");
        new CountDownLatch(1).await();
        return 0;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}

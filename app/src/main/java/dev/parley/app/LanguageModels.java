package dev.parley.app;

import dev.parley.cascade.CascadeModel;
import dev.parley.cascade.CascadeOptions;
import dev.parley.cascade.LlmAddress;
import dev.parley.cascade.openai.OpenAiModel;
import dev.parley.settings.LlmSettings;
import dev.parley.speech.EmbeddedOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the cascade of the settings, and mentions a language model that is at hand. */
final class LanguageModels {

    private static final Logger LOG = LoggerFactory.getLogger(LanguageModels.class);
    private static final int CONNECT_MILLIS = 200;

    private LanguageModels() {}

    /** Starts the cascade, which loads in the background. */
    static CascadeModel start(LlmSettings settings, EmbeddedOptions embedded) {
        var model = OpenAiModel.of(settings.address().base(), settings.address().model(), settings.key());
        var options = CascadeOptions.defaults().withWindow(settings.window());
        return CascadeModel.start(model, settings.rules().map(options::withRules).orElse(options),
                shown(settings), embedded);
    }

    /** Returns the name of the model for everybody. */
    static String shown(LlmSettings settings) {
        return settings.show() ? named(settings) : "a language model of another provider";
    }

    /** Returns the name of the model for the operator. */
    static String named(LlmSettings settings) {
        return settings.address().model() + " at " + settings.address().host();
    }

    /** Logs how to use Ollama, if it listens on this machine. Sends nothing to it. */
    static void mentionOllama() {
        if (listens(LlmAddress.OLLAMA.getHost(), LlmAddress.OLLAMA.getPort())) {
            LOG.info(
                    "Ollama listens on this machine: with --llm ollama:MODEL, one of its models replies (docs/models.md)");
        }
    }

    static boolean listens(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}

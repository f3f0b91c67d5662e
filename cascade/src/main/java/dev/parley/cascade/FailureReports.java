package dev.parley.cascade;

import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.LanguageModel;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator in the log that the language model fails, with what to set, and when it works again. The same failure is logged once
 * until it works again. Omits what the provider wrote, which may quote a prompt. Thread-safe.
 */
final class FailureReports {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReports.class);

    private final LanguageModel model;
    private final AtomicReference<String> last = new AtomicReference<>("");

    FailureReports(LanguageModel model) {
        this.model = model;
    }

    void failed(GenerationFailure failure) {
        String now = failure.kind() + " " + failure.status();
        boolean repeated = now.equals(last.getAndSet(now));
        (repeated ? LOG.atDebug() : LOG.atWarn()).addKeyValue("failure", failure.kind())
                .addKeyValue("status", failure.status())
                .addKeyValue("model", model.name())
                .addKeyValue("host", model.host())
                .addKeyValue("advice", FailureTexts.advice(failure.kind()))
                .log("the language model failed");
    }

    void worked() {
        if (!last.getAndSet("").isEmpty()) {
            LOG.atInfo().addKeyValue("model", model.name()).log("the language model works again");
        }
    }
}

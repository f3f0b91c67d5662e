package dev.parley.app.metrics;

import dev.parley.calls.CallListener;
import dev.parley.settings.TokenPrices;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The metrics of calls, explained in {@code docs/metrics.md}. No label comes from a client. Thread-safe. */
public final class CallMetrics implements CallListener {

    private static final Duration[] BUCKETS = {Duration.ofMillis(50), Duration.ofMillis(100),
            Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(750), Duration.ofSeconds(1),
            Duration.ofMillis(1_500), Duration.ofMillis(2_500), Duration.ofSeconds(5),
            Duration.ofSeconds(10)};

    private final MeterRegistry registry;
    private final TokenPrices prices;
    private final Counter opened;
    private final Counter renewed;
    private final Counter restarted;
    private final Map<Failure, Counter> failed = new EnumMap<>(Failure.class);
    private final Counter resumed;
    private final Counter abandoned;
    private final Counter turns;
    private final Counter bargeIns;
    private final Counter audioDropped;
    private final Timer answer;
    private final Timer modelBegin;
    private final Counter inputSpeech;
    private final Counter inputText;
    private final Counter outputSpeech;
    private final Counter outputText;
    private final Counter cost;

    public CallMetrics(MeterRegistry registry, TokenPrices prices) {
        this.registry = registry;
        this.prices = prices;
        opened = counter("parley.conversations.opened", "Conversations started");
        renewed = counter("parley.conversations.renewed", "Streams replaced while they ran");
        restarted = counter("parley.conversations.restarted", "Streams replaced after they failed");
        for (Failure kind : Failure.values()) {
            failed.put(kind, counter("parley.conversations.failed", "Streams that failed", "kind",
                    kind.name().toLowerCase(Locale.ROOT)));
        }
        resumed = counter("parley.conversations.resumed", "Browsers that resumed their conversation");
        abandoned = counter("parley.conversations.abandoned",
                "Conversations ended because their browser did not return");
        turns = counter("parley.turns", "Spoken or typed input that needs a reply");
        bargeIns = counter("parley.bargeins", "Replies that the user interrupted by speaking");
        audioDropped = counter("parley.audio.dropped", "Pieces of the user's speech dropped");
        answer = timer("parley.answer.time",
                "From the end of the user's speech to the first sound of the reply");
        modelBegin = timer("parley.model.first.event.time", "From opening a stream to its first event");
        inputSpeech = tokens("input", "speech");
        inputText = tokens("input", "text");
        outputSpeech = tokens("output", "speech");
        outputText = tokens("output", "text");
        cost = Counter.builder("parley.cost.dollars")
                .description("Cost of the tokens, by the configured prices")
                .register(registry);
    }

    @Override
    public void opened() {
        opened.increment();
    }

    @Override
    public void renewed() {
        renewed.increment();
    }

    @Override
    public void restarted() {
        restarted.increment();
    }

    @Override
    public void failed(Failure kind) {
        failed.getOrDefault(kind, opened).increment();
    }

    @Override
    public void resumed() {
        resumed.increment();
    }

    @Override
    public void abandoned() {
        abandoned.increment();
    }

    @Override
    public void turn() {
        turns.increment();
    }

    @Override
    public void bargedIn() {
        bargeIns.increment();
    }

    @Override
    public void answered(Duration afterSpeech) {
        answer.record(afterSpeech);
    }

    @Override
    public void modelBegan(Duration afterOpening) {
        modelBegin.record(afterOpening);
    }

    /** A label with the tool's name is safe: there are few tools, and no name comes from a client. */
    @Override
    public void toolFinished(String tool, boolean wrong, Duration took) {
        timer("parley.tool.time", "From a tool's call to its result", "tool", tool, "outcome",
                wrong ? "error" : "ok").record(took);
    }

    @Override
    public void audioDropped() {
        audioDropped.increment();
    }

    @Override
    public void used(Tokens tokens) {
        inputSpeech.increment(tokens.inputSpeech());
        inputText.increment(tokens.inputText());
        outputSpeech.increment(tokens.outputSpeech());
        outputText.increment(tokens.outputText());
        cost.increment(prices.dollars(tokens.inputSpeech(), tokens.inputText(), tokens.outputSpeech(),
                tokens.outputText()));
    }

    private Counter tokens(String direction, String kind) {
        return counter("parley.tokens", "Tokens used, as reported by the model", "direction", direction,
                "kind", kind);
    }

    private Counter counter(String name, String what, String... tags) {
        return Counter.builder(name).description(what).tags(tags).register(registry);
    }

    private Timer timer(String name, String what, String... tags) {
        return Timer.builder(name)
                .description(what)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}

package dev.parley.app.call;

import dev.parley.app.config.Settings;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.conversation.ConversationOptions;
import dev.parley.voice.tool.Tool;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All calls of a server, and what they share. Calls may come before the model has been loaded: what they bring waits in their mailboxes.
 * Thread-safe.
 */
public final class Exchange implements AutoCloseable {

    private final CompletableFuture<SpeechModel> loading;
    private final CompletableFuture<ConversationOptions> options;
    private final List<Tool> tools;
    private final Settings.Talk settings;
    private final InstantSource clock;
    private final Alarms alarms = new Alarms();
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean draining;
    private volatile CallListener listener = new CallListener() {};

    /** @param loading the model, or the model to come */
    public Exchange(CompletableFuture<SpeechModel> loading, List<Tool> tools, Settings.Talk settings,
            InstantSource clock) {
        this.loading = loading;
        this.tools = List.copyOf(tools);
        this.settings = settings;
        this.clock = clock;
        this.options = loading.thenApply(model -> options(model, this.tools, settings));
    }

    private static ConversationOptions options(SpeechModel model, List<Tool> tools, Settings.Talk settings) {
        var voices = new ArrayList<>(model.voices());
        settings.voice()
                .ifPresent(wanted -> voices
                        .sort((a, b) -> Boolean.compare(b.id().equals(wanted), a.id().equals(wanted))));
        var options = ConversationOptions.defaults(voices, tools.stream().map(Tool::spec).toList())
                .withInactivity(settings.inactivity())
                .withInference(new Inference(settings.style().maxTokens(), settings.style().topP(),
                        settings.style().temperature()))
                .withSensitivity(switch (settings.style().turnDetection()) {
                    case HIGH -> Sensitivity.HIGH;
                    case MEDIUM -> Sensitivity.MEDIUM;
                    case LOW -> Sensitivity.LOW;
                });
        return settings.systemPrompt().map(options::withSystemPrompt).orElse(options);
    }

    /** Sets who is told what happens in the calls that come from here on. */
    public Exchange listen(CallListener to) {
        listener = to;
        return this;
    }

    /** How many sockets have a call. */
    public int openCalls() {
        return calls.size();
    }

    /** How many streams to the model are open. */
    public int openStreams() {
        return streams.get();
    }

    /** How many alarms are set by all calls together. */
    public int pendingAlarms() {
        return alarms.pending();
    }

    /** Opens no more streams; those that are open go on. */
    public void drain() {
        draining = true;
    }

    /** Whether a socket's call is in the middle of an answer. */
    public boolean answering(String socketId) {
        Call call = calls.get(socketId);
        return call != null && call.answering();
    }

    /** Where a socket's conversation is, in a word; empty when it has none. */
    public String phase(String socketId) {
        Call call = calls.get(socketId);
        return call == null ? "" : call.phase().name().toLowerCase(Locale.ROOT);
    }

    /** Ends all calls, and waits at most two seconds for them. The sockets and the model are closed by whoever opened them. */
    @Override
    public void close() {
        var ending = List.copyOf(calls.values());
        ending.forEach(call -> call.disconnected("server shutting down"));
        if (options.isDone()) {
            CompletableFuture.allOf(ending.stream().map(Call::ended).toArray(CompletableFuture<?>[]::new))
                    .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                    .join();
        }
        alarms.close();
    }

    /** Starts the call of a socket that has just connected. */
    Call connect(Line line) {
        var call = new Call(line, this);
        calls.put(line.id(), call);
        return call;
    }

    void ended(String id) {
        calls.remove(id);
    }

    /** Runs a call's work on a virtual thread, once the model is there. */
    void work(Runnable task) {
        if (options.isDone()) {
            Thread.ofVirtual().name("call").start(task);
        } else {
            var unused = options.thenRun(() -> Thread.ofVirtual().name("call").start(task));
        }
    }

    /** Whether one more stream may be opened; each true is to be followed by one {@link #giveRoom}. */
    boolean takeRoom() {
        int most = draining ? 0 : settings.maxConversations();
        return streams.getAndUpdate(open -> open < most ? open + 1 : open) < most;
    }

    void giveRoom() {
        streams.decrementAndGet();
    }

    /** The model; for a call at work, which implies that it is there. */
    SpeechModel model() {
        return loading.join();
    }

    /** What all conversations have in common; for a call at work. */
    ConversationOptions options() {
        return options.join();
    }

    List<Tool> tools() {
        return tools;
    }

    Duration toolTimeout() {
        return settings.toolTimeout();
    }

    ZoneId zone() {
        return settings.zone();
    }

    CallListener listener() {
        return listener;
    }

    InstantSource clock() {
        return clock;
    }

    Alarms alarms() {
        return alarms;
    }
}

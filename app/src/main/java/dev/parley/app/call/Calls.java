package dev.parley.app.call;

import dev.parley.app.config.Settings;
import dev.parley.app.transcript.Transcripts;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.conversation.ConversationOptions;
import dev.parley.voice.conversation.Persona;
import dev.parley.voice.tool.Tool;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All calls of a server, and what they share. Calls may come before the model has been loaded: what they bring waits in their mailboxes.
 * Thread-safe.
 */
public final class Calls implements AutoCloseable {

    private final CompletableFuture<SpeechModel> loading;
    private final CompletableFuture<ConversationOptions> options;
    private final Supplier<List<Tool>> tools;
    private final Settings.Talk settings;
    private final InstantSource clock;
    private final Alarms alarms = new Alarms();
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final CallAdmission admission;
    private final ResumableCalls<Call> resumable;
    private final Call.Registry registry = new SocketRegistry();
    private final Spending spending;
    private final boolean logContent;
    private final Optional<Transcripts> transcripts;
    private volatile boolean draining;
    private volatile CallListener listener = new CallListener() {};

    /**
     * Begins to wait for calls.
     *
     * @param loading  the model, or the model to come
     * @param tools    asked again and again, since tools may come and go
     * @param personas who the assistant can be, the default first
     */
    public Calls(CompletableFuture<SpeechModel> loading, Supplier<List<Tool>> tools,
            List<Persona> personas, Settings all, InstantSource clock) {
        Settings.Talk settings = all.talk();
        this.loading = loading;
        this.tools = tools;
        this.settings = settings;
        this.clock = clock;
        this.spending = new Spending(all.money(), clock, settings.zone(),
                settings.data().resolve("spent.json"));
        this.logContent = all.log().content();
        this.transcripts = all.transcripts()
                .folder()
                .map(folder -> Transcripts.in(folder, all.transcripts().days(), clock));
        this.admission = new CallAdmission(this::streamLimit, settings.maxWaiting());
        this.resumable = new ResumableCalls<>(settings.reconnectWait(), settings.maxConversations(),
                Call::giveUp);
        this.options = loading.thenApply(model -> options(model, personas, settings));
    }

    private static ConversationOptions options(SpeechModel model, List<Persona> personas,
            Settings.Talk settings) {
        var voices = new ArrayList<>(model.voices());
        settings.voice()
                .ifPresent(wanted -> voices
                        .sort((a, b) -> Boolean.compare(b.id().equals(wanted), a.id().equals(wanted))));
        var options = ConversationOptions.defaults(voices, List.of())
                .withPersonas(personas)
                .withTypedText(model.takesText())
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
    public Calls listen(CallListener to) {
        listener = to;
        return this;
    }

    /** How many calls there are, also those that wait for their browser. */
    public int openCalls() {
        return calls.size();
    }

    /** How many streams to the model are open. */
    public int openStreams() {
        return admission.open();
    }

    /** How many calls wait for a stream. */
    public int waiting() {
        return admission.waiting();
    }

    /** How many calls wait for their browser to come back. */
    public int awayCalls() {
        return resumable.away();
    }

    /** How many alarms are set by all calls together. */
    public int pendingAlarms() {
        return alarms.pending();
    }

    /** Opens no more streams; those that are open go on, but for those whose browser is away. */
    public void drain() {
        draining = true;
        resumable.giveUpAll();
    }

    /** Whether a socket's call is in the middle of an answer. */
    public boolean answering(String socketId) {
        Call call = calls.get(socketId);
        return call != null && call.answering();
    }

    /** All conversations that have begun and are not over, in no order. */
    public List<CallView> conversations() {
        return calls.values().stream().map(Call::view).flatMap(Optional::stream).toList();
    }

    /** Ends all calls, and waits at most two seconds for them. The sockets and the model are closed by whoever opened them. */
    @Override
    public void close() {
        var ending = List.copyOf(calls.values());
        ending.forEach(call -> call.close("server shutting down"));
        if (options.isDone()) {
            CompletableFuture.allOf(ending.stream().map(Call::ended).toArray(CompletableFuture<?>[]::new))
                    .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                    .join();
        }
        alarms.close();
        transcripts.ifPresent(Transcripts::close);
    }

    /** Starts the call of a socket that has just connected. */
    Call connect(BrowserConnection connection) {
        var call = new Call(connection, services(), registry);
        calls.put(connection.id(), call);
        return call;
    }

    /** Finds the call to which a browser can come back with this token. */
    Optional<Call> find(String token) {
        return resumable.find(token);
    }

    private CallServices services() {
        return new CallServices(this::execute, clock, settings.zone(), alarms, this::options,
                new CallStreams.Shared(this::model, admission, spending), tools, settings.toolTimeout(),
                resumable, () -> draining, listener, transcripts, logContent);
    }

    /** Runs a call's work on a virtual thread, once the model is loaded. */
    private void execute(Runnable task) {
        if (options.isDone()) {
            Thread.ofVirtual().name("call").start(task);
        } else {
            var unused = options.thenRun(() -> Thread.ofVirtual().name("call").start(task));
        }
    }

    /** A model that renews its streams needs a second one for a moment, and the quota counts both. */
    private int streamLimit() {
        if (draining) {
            return 0;
        }
        int quota = settings.streamQuota() - settings.renewalHeadroom();
        return model().renewsStreams() ? Math.min(settings.maxConversations(), quota)
                : settings.maxConversations();
    }

    /** The model; for a call at work, which implies that it is loaded. */
    private SpeechModel model() {
        return loading.join();
    }

    /** The options of all conversations, with the present tools; for a call at work. */
    private ConversationOptions options() {
        return options.join().withTools(tools.get().stream().map(Tool::spec).toList());
    }

    private final class SocketRegistry implements Call.Registry {

        @Override
        public void moved(Call call, String from, String to) {
            calls.remove(from, call);
            calls.put(to, call);
        }

        @Override
        public void ended(Call call, String id) {
            calls.remove(id, call);
        }
    }
}

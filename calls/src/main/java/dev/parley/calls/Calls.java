package dev.parley.calls;

import dev.parley.assistant.tool.Tool;
import dev.parley.calls.admission.CallBudget;
import dev.parley.calls.admission.CallStreams;
import dev.parley.calls.admission.LocalBudget;
import dev.parley.calls.admission.Spending;
import dev.parley.calls.admission.VisitorBudget;
import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.browser.ResumableCalls;
import dev.parley.calls.browser.ResumeTokens;
import dev.parley.calls.state.CallStore;
import dev.parley.calls.transcript.Transcripts;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.ConversationOptions;
import dev.parley.voice.conversation.Persona;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * All calls of a server, and the parts that they share. Calls can begin before the model is loaded: their commands wait in their mailboxes.
 * Thread-safe.
 */
public final class Calls implements AutoCloseable {

    private final CompletableFuture<SpeechModel> loading;
    private final CompletableFuture<ConversationOptions> conversations;
    private final Supplier<List<Tool>> tools;
    private final CallOptions options;
    private final CallRuntime runtime;
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final CallBudget budget;
    private final ResumableCalls<Call> resumable;
    private final Call.Registry registry = new SocketRegistry();
    private final Spending spending;
    private final Optional<Transcripts> transcripts;
    private volatile boolean draining;
    private volatile CallListener listener = new CallListener() {};
    private volatile Optional<CallStoreOptions> storeOptions = Optional.empty();

    /** Begins to wait for calls, which have a budget of their own. */
    public Calls(CompletableFuture<SpeechModel> loading, Supplier<List<Tool>> tools, List<Persona> personas,
            CallOptions options, CallRuntime runtime) {
        this(loading, tools, personas, options, runtime,
                terms -> options.spending().limitsDays() ? LocalBudget.keptIn(options.spent(), terms)
                        : LocalBudget.unkept(terms));
    }

    /**
     * Begins to wait for calls.
     *
     * @param loading  the model, or the model to come
     * @param tools    asked again and again, since tools may come and go
     * @param personas who the assistant can be, the default first
     * @param runtime  time and threads; its alarm is closed with the calls
     * @param budgets  creates what the calls may use together, which is closed with them
     */
    public Calls(CompletableFuture<SpeechModel> loading, Supplier<List<Tool>> tools, List<Persona> personas,
            CallOptions options, CallRuntime runtime, CallBudget.Factory budgets) {
        this.loading = loading;
        this.tools = tools;
        this.options = options;
        this.runtime = runtime;
        var terms = new CallBudget.Terms(this::streamLimit, options.limits().waiting(), runtime.alarm(),
                runtime.calls(), runtime.clock(), options.zone(), options.visitors().networks());
        this.budget = new VisitorBudget(budgets.create(terms), options.visitors(), terms);
        this.spending = new Spending(options.spending(), budget, () -> model().billed());
        this.transcripts = options.transcripts()
                .map(kept -> Transcripts.in(kept.folder(), kept.days(), runtime.clock()));
        this.resumable = new ResumableCalls<>(options.times().resume(), options.limits().conversations(),
                Call::giveUp);
        this.conversations = loading.thenApply(model -> conversations(model, personas, options));
    }

    private static ConversationOptions conversations(SpeechModel model, List<Persona> personas,
            CallOptions options) {
        var defaults = options.defaults();
        var voices = new ArrayList<>(model.voices());
        defaults.voice()
                .ifPresent(wanted -> voices
                        .sort((a, b) -> Boolean.compare(b.id().equals(wanted), a.id().equals(wanted))));
        var shared = ConversationOptions.defaults(voices, List.of())
                .withPersonas(personas)
                .withTypedText(model.takesText())
                .withInactivity(options.times().inactivity())
                .withLongest(options.times().longest())
                .withInference(defaults.inference())
                .withSensitivity(defaults.sensitivity());
        return defaults.systemPrompt().map(shared::withSystemPrompt).orElse(shared);
    }

    /** Sets the listener of the calls that begin from now on. */
    public Calls listen(CallListener to) {
        listener = to;
        return this;
    }

    /**
     * Keeps the calls that begin from now on in a store, so that they can go on at another server. Does nothing if the lifetime
     * ({@link CallOptions.Times#keep}) is zero.
     */
    public Calls keepIn(CallStore store) {
        storeOptions = options.times().keep().isPositive()
                ? Optional.of(new CallStoreOptions(store, options.times().keep()))
                : Optional.empty();
        return this;
    }

    /** The number of calls, also those that wait for their browser. */
    public int openCalls() {
        return calls.size();
    }

    /** Signs the tokens of the calls that begin from now on, so that servers with one of these secrets know them; the first signs. */
    public Calls signTokens(List<String> secrets) {
        resumable.tokens(ResumeTokens.signed(secrets));
        return this;
    }

    /** What the calls may use together. */
    public CallBudget budget() {
        return budget;
    }

    /** Whether the tokens of a day are limited with the model in use; false until it is loaded. */
    public boolean limitsTokens() {
        var day = options.spending().day();
        return day.tokens() > 0 && (!day.billedOnly()
                || (loading.isDone() && !loading.isCompletedExceptionally() && model().billed()));
    }

    /** The number of open model streams. */
    public int openStreams() {
        return budget.open();
    }

    /** The number of calls that wait for a stream. */
    public int waiting() {
        return budget.waiting();
    }

    /** The number of calls that wait for their browser to come back. */
    public int awayCalls() {
        return resumable.away();
    }

    /** Opens no more streams; those that are open go on, but for those whose browser is away. Calls that can go on elsewhere are stored. */
    public void drain() {
        draining = true;
        calls.values().forEach(Call::drain);
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

    /** Ends all calls, and waits at most two seconds for them. Their owners close the sockets and the model. */
    @Override
    public void close() {
        var ending = List.copyOf(calls.values());
        ending.forEach(call -> call.close("server shutting down"));
        if (conversations.isDone()) {
            CompletableFuture.allOf(ending.stream().map(Call::ended).toArray(CompletableFuture<?>[]::new))
                    .completeOnTimeout(null, 2, TimeUnit.SECONDS)
                    .join();
        }
        budget.close();
        runtime.alarm().close();
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

    /** Whether another server may have the call of this token, so that only its search tells. */
    boolean mayBeElsewhere(String token) {
        return storeOptions.isPresent() && resumable.isGenuine(token);
    }

    private CallServices services() {
        return new CallServices(this::execute, runtime, options.zone(), this::present,
                new CallStreams.Shared(this::model, budget, spending), tools, options.times().tool(),
                options.times().audioAhead(), resumable, () -> draining, listener, transcripts,
                options.logContent(), storeOptions);
    }

    /** Runs a call's work once the model is loaded. */
    private void execute(Runnable task) {
        if (conversations.isDone()) {
            runtime.calls().execute(task);
        } else {
            var unused = conversations.thenRun(() -> runtime.calls().execute(task));
        }
    }

    /**
     * Returns the number of conversations that the model admits: none before it is loaded, and while draining. A model that
     * renews its streams needs a second one for a moment, and the quota counts both. From any thread.
     */
    private int streamLimit() {
        if (draining || !loading.isDone() || loading.isCompletedExceptionally()) {
            return 0;
        }
        var limits = options.limits();
        int quota = limits.streamQuota() - limits.renewalHeadroom();
        return model().renewsStreams() ? Math.min(limits.conversations(), quota) : limits.conversations();
    }

    /** The model; for a call at work, which implies that it is loaded. */
    private SpeechModel model() {
        return loading.join();
    }

    /** The options of all conversations, with the present tools; for a call at work. */
    private ConversationOptions present() {
        return conversations.join()
                .withTools(tools.get().stream().map(Tool::spec).toList())
                .withPortable(storeOptions.isPresent());
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

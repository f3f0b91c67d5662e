package dev.parley.calls;

import dev.parley.assistant.tool.Tool;
import dev.parley.calls.admission.CallStreams;
import dev.parley.calls.browser.ResumableCalls;
import dev.parley.calls.transcript.Transcripts;
import dev.parley.voice.Alarm;
import dev.parley.voice.conversation.ConversationOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The parts that all calls of a server share. Immutable; its parts are thread-safe.
 *
 * @param executor     runs the work of calls, once the model is loaded
 * @param options      of the next conversation; only for a call at work
 * @param tools        asked each time, since tools can come and go
 * @param audioAhead   how far the sound of a call may be ahead of real time; zero is without limit
 * @param draining     whether the server waits for no browser any more
 * @param transcripts  empty if none are kept
 * @param logContent   whether the log may contain the content of calls
 * @param storeOptions empty if calls stay at this server
 */
record CallServices(Executor executor, CallRuntime runtime, ZoneId zone,
        Supplier<ConversationOptions> options, CallStreams.Shared streams, Supplier<List<Tool>> tools,
        Duration toolTimeout, Duration audioAhead, ResumableCalls<Call> resumable, BooleanSupplier draining,
        CallListener listener, Optional<Transcripts> transcripts, boolean logContent,
        Optional<CallStoreOptions> storeOptions) {

    InstantSource clock() {
        return runtime.clock();
    }

    Alarm alarm() {
        return runtime.alarm();
    }
}

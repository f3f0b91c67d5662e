package dev.parley.cascade.openai;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import dev.parley.voice.language.GenerationEvent;
import dev.parley.voice.language.GenerationEvent.Usage;
import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.GenerationFailure.Kind;
import dev.parley.voice.language.Prompt;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns what LangChain4j reports of one generation into its events: exactly one last event, and none after a cancellation. */
final class StreamHandler implements StreamingChatResponseHandler {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_CALLS = 16;

    private final Consumer<GenerationEvent> events;
    private final AtomicBoolean over = new AtomicBoolean();

    StreamHandler(Consumer<GenerationEvent> events) {
        this.events = events;
    }

    void cancel() {
        over.set(true);
    }

    /** Called when the stream was read. LangChain4j has then reported its end, unless it was cancelled. */
    void returned() {
        failed(GenerationFailure.of(Kind.CUT));
    }

    @Override
    public void onPartialResponse(String piece) {
        if (!over.get() && !piece.isEmpty()) {
            events.accept(new GenerationEvent.Text(piece));
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        AiMessage message = response.aiMessage();
        if (response.finishReason() == null) {
            failed(GenerationFailure.of(Kind.CUT));
            return;
        }
        List<Prompt.ToolUse> calls = new ArrayList<>();
        if (message.hasToolExecutionRequests()) {
            for (var call : message.toolExecutionRequests()) {
                String arguments = call.arguments() == null || call.arguments().isBlank() ? "{}"
                        : call.arguments();
                if (!isObject(arguments)) {
                    failed(GenerationFailure.of(Kind.MALFORMED));
                    return;
                }
                String id = call.id() == null ? "" : call.id();
                calls.add(new Prompt.ToolUse(id.isEmpty() ? "call-" + calls.size() : id, call.name(),
                        arguments));
            }
        }
        if (calls.size() > MAX_CALLS) {
            failed(GenerationFailure.of(Kind.MALFORMED));
        } else if (over.compareAndSet(false, true)) {
            events.accept(new GenerationEvent.Done(calls, usage(response.tokenUsage())));
        }
    }

    private static boolean isObject(String json) {
        try {
            return JSON.readTree(json).isObject();
        } catch (JacksonException notJson) {
            return false;
        }
    }

    private static Usage usage(@Nullable TokenUsage usage) {
        return usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null
                ? Usage.UNKNOWN
                : new Usage(usage.inputTokenCount(), usage.outputTokenCount());
    }

    @Override
    public void onError(Throwable error) {
        failed(failure(error));
    }

    private void failed(GenerationFailure failure) {
        if (over.compareAndSet(false, true)) {
            events.accept(new GenerationEvent.Failed(failure));
        }
    }

    /** Classifies an error by its causes. Their texts are not read, because they may quote the prompt. */
    static GenerationFailure failure(Throwable error) {
        int depth = 0;
        boolean network = false;
        for (Throwable cause = error; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof StatusException status) {
                return new GenerationFailure(kind(status.status()), status.status(), status.retryAfter());
            } else if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException
                    || cause instanceof SSLException) {
                return GenerationFailure.of(Kind.UNREACHABLE);
            }
            network |= cause instanceof IOException;
            depth++;
        }
        return GenerationFailure.of(network ? Kind.CUT : Kind.PROVIDER);
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 401, 403 -> Kind.KEY;
            case 404 -> Kind.MODEL;
            case 408, 429 -> Kind.BUSY;
            default -> status >= 500 ? Kind.PROVIDER : status >= 400 ? Kind.REQUEST : Kind.REDIRECTED;
        };
    }
}

package dev.parley.cascade.openai;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.language.Generation;
import dev.parley.voice.language.GenerationEvent;
import dev.parley.voice.language.LanguageModel;
import dev.parley.voice.language.Prompt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A language model behind an OpenAI-compatible endpoint: OpenAI itself, Ollama, llama.cpp, vLLM and others. Each generation has a virtual
 * thread, which reads its stream. The key is sent to the configured address only. Thread-safe.
 */
public final class OpenAiModel implements LanguageModel {

    static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String OPENAI = "api.openai.com";
    private static final Duration WARMING = Duration.ofSeconds(5);
    /** The JDK closes connections that were idle for half a minute. */
    private static final Duration KEPT = Duration.ofSeconds(25);

    private final URI base;
    private final String name;
    private final String key;
    private final HttpClient http;
    private final OpenAiStreamingChatModel model;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong used;

    private OpenAiModel(URI base, String name, String key) {
        this.base = base;
        this.name = name;
        this.key = key;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // a cancelled request closes its own connection only
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
        model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new BlockingClient(http).builder())
                .baseUrl(base.toString())
                .customHeaders(BlockingClient.authorization(key))
                .modelName(name)
                .logRequests(false)
                .logResponses(false)
                .build();
        used = new AtomicLong(System.nanoTime() - KEPT.toNanos());
    }

    /**
     * Creates a model; connects to nobody.
     *
     * @param base the address to which {@code /chat/completions} is added
     * @param key  the key, or ""
     */
    public static OpenAiModel of(URI base, String name, String key) {
        return new OpenAiModel(base, name, key);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String host() {
        return base.getHost();
    }

    @Override
    public Generation generate(Prompt prompt, Consumer<GenerationEvent> events) {
        used.set(System.nanoTime());
        var handler = new StreamHandler(events);
        var thread = Thread.ofVirtual().name("parley-llm").unstarted(() -> run(prompt, handler));
        running.add(thread);
        thread.start();
        return () -> {
            handler.cancel();
            thread.interrupt();
        };
    }

    private void run(Prompt prompt, StreamHandler handler) {
        try {
            model.chat(request(prompt), handler);
            handler.returned();
        } catch (RuntimeException failed) {
            handler.onError(failed);
        } finally {
            running.remove(Thread.currentThread());
            used.set(System.nanoTime());
        }
    }

    private ChatRequest request(Prompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        if (!prompt.system().isEmpty()) {
            messages.add(SystemMessage.from(prompt.system()));
        }
        prompt.messages().forEach(message -> messages.add(message(message)));
        return ChatRequest.builder().messages(messages).parameters(parameters(prompt)).build();
    }

    /**
     * OpenAI itself wants another name for the limit, and its newer models refuse sampling parameters, which are therefore sent to it only if
     * somebody has set them.
     */
    private OpenAiChatRequestParameters parameters(Prompt prompt) {
        Inference inference = prompt.inference();
        var parameters = OpenAiChatRequestParameters.builder()
                .toolSpecifications(prompt.tools().stream().map(Schemas::of).toList());
        boolean openAi = OPENAI.equals(base.getHost());
        if (openAi) {
            parameters.maxCompletionTokens(inference.maxTokens());
        } else {
            parameters.maxOutputTokens(inference.maxTokens());
        }
        if (!openAi || inference.topP() != Inference.defaults().topP()) {
            parameters.topP(inference.topP());
        }
        if (!openAi || inference.temperature() != Inference.defaults().temperature()) {
            parameters.temperature(inference.temperature());
        }
        return parameters.build();
    }

    private static ChatMessage message(Prompt.Message message) {
        return switch (message) {
            case Prompt.Message.User user -> UserMessage.from(user.text());
            case Prompt.Message.Assistant said when said.calls().isEmpty() -> AiMessage.from(said.text());
            case Prompt.Message.Assistant said -> AiMessage.builder()
                    .text(said.text().isEmpty() ? null : said.text())
                    .toolExecutionRequests(said.calls()
                            .stream()
                            .map(call -> ToolExecutionRequest.builder()
                                    .id(call.id())
                                    .name(call.name())
                                    .arguments(call.arguments())
                                    .build())
                            .toList())
                    .build();
            case Prompt.Message.ToolResult result ->
                ToolExecutionResultMessage.from(result.callId(), result.name(), result.result());
        };
    }

    /** Asks for the list of models, which every such service has; only the connection matters. */
    @Override
    public void warm() {
        long before = used.get();
        long now = System.nanoTime();
        if (now - before < KEPT.toNanos() || !used.compareAndSet(before, now)) {
            return;
        }
        var builder = HttpRequest.newBuilder(URI.create(base + "/models")).timeout(WARMING).GET();
        BlockingClient.authorization(key).forEach(builder::header);
        var thread = Thread.ofVirtual().name("parley-llm-warm").unstarted(() -> {
            try {
                var unused = http.send(builder.build(), BodyHandlers.discarding());
            } catch (IOException unreachable) {
                // The request that follows reports it.
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        running.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}

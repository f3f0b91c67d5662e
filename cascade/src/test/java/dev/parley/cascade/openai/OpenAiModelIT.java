package dev.parley.cascade.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.emulator.chat.ChatEmulator;
import dev.parley.emulator.chat.ChatEmulatorOptions;
import dev.parley.emulator.chat.ChatFault;
import dev.parley.emulator.chat.ChatReply;
import dev.parley.emulator.chat.ChatRequest;
import dev.parley.emulator.chat.ChatScript;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.ToolSpec;
import dev.parley.voice.language.GenerationEvent;
import dev.parley.voice.language.GenerationFailure;
import dev.parley.voice.language.GenerationFailure.Kind;
import dev.parley.voice.language.Prompt;
import dev.parley.voice.language.Prompt.Message;
import dev.parley.voice.language.Prompt.ToolUse;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** LangChain4j's client against the emulated service. */
class OpenAiModelIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LinkedBlockingQueue<GenerationEvent> events = new LinkedBlockingQueue<>();
    private ChatEmulator emulator = ChatEmulator.start(ChatEmulatorOptions.defaults(),
            ChatScript.repeating());
    private OpenAiModel model = model("");

    @AfterEach
    void nothingIsLeft() {
        await().atMost(LIMIT).until(() -> emulator.open() == 0);
        model.close();
        emulator.close();
    }

    @Test
    void textComesInPiecesWithItsUsage() throws Exception {
        List<GenerationEvent> all = generate(prompt("good morning"));

        assertThat(all).hasSizeGreaterThan(3);
        assertThat(text(all)).isEqualTo("You said: good morning");
        assertThat(all.getLast()).isInstanceOfSatisfying(GenerationEvent.Done.class, done -> {
            assertThat(done.calls()).isEmpty();
            assertThat(done.usage().known()).isTrue();
            assertThat(done.usage().output()).isEqualTo(6);
        });
        assertThat(emulator.requests().getFirst().usage()).as("usage is asked for in the stream").isTrue();
    }

    @Test
    void requestHasEachKindOfMessageAndTheSchemasUnchanged() throws Exception {
        String schema = """
                {"type":"object","properties":{"when":{"type":"string","format":"date","pattern":"^2"},
                "how":{"anyOf":[{"type":"integer","minimum":1},{"type":"null"}]}},"required":["when"]}""";
        var tool = new ToolSpec("book", "Books a table.", schema);
        var messages = List.<Message>of(new Message.User("Book it."),
                new Message.Assistant("Gladly.",
                        List.of(new ToolUse("call-7", "book", "{\"when\":\"2026\"}"))),
                new Message.ToolResult("call-7", "book", "{\"ok\":true}"),
                new Message.Assistant("Done.", List.of()), new Message.User("Thanks."));

        generate(new Prompt("You are Ada.", messages, List.of(tool), new Inference(77, 0.9, 0.5)));

        ChatRequest request = emulator.requests().getFirst();
        assertThat(request.messages()).extracting(ChatRequest.Message::role)
                .containsExactly("system", "user", "assistant", "tool", "assistant", "user");
        assertThat(request.messages().get(2).calls())
                .containsExactly(new ChatReply.ToolUse("call-7", "book", "{\"when\":\"2026\"}"));
        assertThat(request.messages().get(3).toolCallId()).isEqualTo("call-7");
        JsonNode root = JSON.readTree(request.json());
        JsonNode sent = root.at("/tools/0/function/parameters");
        assertThat(sent.at("/properties")).isEqualTo(JSON.readTree(schema).at("/properties"));
        assertThat(sent.at("/required/0").asString()).isEqualTo("when");
        assertThat(root.at("/max_tokens").asInt()).isEqualTo(77);
        assertThat(root.at("/stream").asBoolean()).isTrue();
    }

    @Test
    void toolCallsAreJoinedFromTheirPieces() throws Exception {
        var done = (GenerationEvent.Done) generate(
                prompt("use one {\"a\":\"long enough\"}\nuse two {\"b\":2}")).getLast();

        assertThat(done.calls()).extracting(ToolUse::name).containsExactly("one", "two");
        assertThat(done.calls()).extracting(ToolUse::arguments)
                .containsExactly("{\"a\":\"long enough\"}", "{\"b\":2}");
        assertThat(done.calls()).extracting(ToolUse::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"http-401, KEY, 401", "http-403, KEY, 403", "http-404, MODEL, 404", "http-429, BUSY, 429",
            "http-500, PROVIDER, 500", "http-503, PROVIDER, 503", "http-400, REQUEST, 400", "drop, CUT, 0",
            "cut:2, CUT, 0", "end:2, CUT, 0", "redirect:http://127.0.0.1:9/v1, REDIRECTED, 307"})
    void faultOfTheServiceIsAKindOfFailure(String fault, Kind kind, int status) throws Exception {
        emulator.faults(List.of(ChatFault.parse(fault)));

        GenerationFailure failure = failure(generate(prompt("one two three four")));

        assertThat(failure).isEqualTo(new GenerationFailure(kind, status, Duration.ZERO));
    }

    @Test
    void retryAfterIsPassedOn() throws Exception {
        emulator.faults(List.of(ChatFault.parse("http-429:2")));

        assertThat(failure(generate(prompt("hello"))).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void malformedToolCallIsAFailure() throws Exception {
        emulator.faults(List.of(ChatFault.parse("malformed")));

        assertThat(failure(generate(prompt("use one {\"a\":1}"))).kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void usageThatDoesNotComeIsUnknown() throws Exception {
        emulator.faults(List.of(ChatFault.parse("no-usage")));

        assertThat(generate(prompt("hello")).getLast()).isInstanceOfSatisfying(GenerationEvent.Done.class,
                done -> assertThat(done.usage().known()).isFalse());
    }

    @Test
    void refusedConnectionIsUnreachable() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var nobody = OpenAiModel.of(URI.create("http://127.0.0.1:" + port + "/v1"), "any", "")) {
            nobody.generate(prompt("hello"), events::add);
            assertThat(failure(all()).kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void cancellationBeforeTheFirstTokenEndsTheRequestAtTheService() throws Exception {
        restart(ChatEmulatorOptions.defaults().withTimes(Duration.ofHours(1), Duration.ZERO));
        var generation = model.generate(prompt("hello"), events::add);
        await().atMost(LIMIT).until(() -> emulator.open() == 1);

        generation.cancel();

        await().atMost(LIMIT).until(() -> emulator.abandoned() == 1);
        assertThat(events).isEmpty();
    }

    @Test
    void cancellationInTheMiddleEndsTheRequestAtTheService() throws Exception {
        emulator.faults(List.of(ChatFault.parse("stall:2")));
        var generation = model.generate(prompt("one two three"), events::add);
        assertThat(events.poll(60, TimeUnit.SECONDS)).isInstanceOf(GenerationEvent.Text.class);

        generation.cancel();

        await().atMost(LIMIT).until(() -> emulator.abandoned() == 1);
        assertThat(events).noneMatch(event -> !(event instanceof GenerationEvent.Text));
    }

    @Test
    void keyGoesToTheConfiguredHostOnly() throws Exception {
        restart(ChatEmulatorOptions.defaults().withKey("secret").withModels(Set.of("any")));
        model.close();
        model = model("secret");
        assertThat(generate(prompt("hello")).getLast()).isInstanceOf(GenerationEvent.Done.class);

        try (var other = ChatEmulator.start(ChatEmulatorOptions.defaults(), ChatScript.repeating())) {
            emulator.faults(List.of(ChatFault.parse("redirect:" + other.url() + "/chat/completions")));
            assertThat(failure(generate(prompt("hello"))).kind()).isEqualTo(Kind.REDIRECTED);
            assertThat(other.requests()).isEmpty();
            assertThat(other.connections()).isZero();
        }
    }

    @Test
    void connectionIsKeptAndOpenedAhead() throws Exception {
        model.warm();
        await().atMost(LIMIT).until(() -> emulator.connections() == 1);
        model.warm();
        generate(prompt("one"));
        generate(prompt("two"));

        assertThat(emulator.connections()).isLessThanOrEqualTo(2);
        assertThat(emulator.requests()).hasSize(2);
    }

    @Test
    void failureSaysNothingOfTheServicesText() throws Exception {
        emulator.faults(List.of(ChatFault.parse("http-500")));

        assertThat(generate(prompt("my secret wish")).toString()).doesNotContain("wish");
    }

    private OpenAiModel model(String key) {
        return OpenAiModel.of(URI.create(emulator.url()), "any", key);
    }

    private void restart(ChatEmulatorOptions options) {
        model.close();
        emulator.close();
        emulator = ChatEmulator.start(options, ChatScript.repeating());
        model = model("");
    }

    private static Prompt prompt(String text) {
        return new Prompt("", List.of(new Message.User(text)), List.of(), Inference.defaults());
    }

    private List<GenerationEvent> generate(Prompt prompt) throws InterruptedException {
        model.generate(prompt, events::add);
        return all();
    }

    /** Waits for the last event, and returns all. */
    private List<GenerationEvent> all() throws InterruptedException {
        List<GenerationEvent> all = new ArrayList<>();
        do {
            GenerationEvent next = events.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("an event within a minute").isNotNull();
            all.add(next);
        } while (all.getLast() instanceof GenerationEvent.Text);
        return all;
    }

    private static GenerationFailure failure(List<GenerationEvent> all) {
        assertThat(all.getLast()).isInstanceOf(GenerationEvent.Failed.class);
        return ((GenerationEvent.Failed) all.getLast()).failure();
    }

    private static String text(List<GenerationEvent> all) {
        var text = new StringBuilder();
        all.forEach(event -> {
            if (event instanceof GenerationEvent.Text(var piece)) {
                text.append(piece);
            }
        });
        return text.toString();
    }
}

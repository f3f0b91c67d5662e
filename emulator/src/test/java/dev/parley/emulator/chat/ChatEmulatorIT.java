package dev.parley.emulator.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChatEmulatorIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private ChatEmulator emulator = ChatEmulator.start(ChatEmulatorOptions.defaults(),
            ChatScript.repeating());

    @AfterEach
    void nothingIsLeft() {
        // The emulator notices on its own event loop that the client has gone.
        await().atMost(LIMIT).until(() -> emulator.open() == 0);
        emulator.close();
        http.close();
    }

    @Test
    void streamHasRoleWordsReasonUsageAndEnd() throws Exception {
        List<String> events = events(post(request("good morning",
                ", \"stream\": true, \"stream_options\": {\"include_usage\": true}")));

        assertThat(events.getLast()).isEqualTo("[DONE]");
        List<JsonNode> chunks = events.subList(0, events.size() - 1).stream().map(JSON::readTree).toList();
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asString()).isEqualTo("assistant");
        assertThat(text(chunks)).isEqualTo("You said: good morning");
        assertThat(chunks).filteredOn(chunk -> chunk.at("/choices/0/delta/content").isString())
                .hasSizeGreaterThan(3);
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
        assertThat(chunks.getLast().at("/choices").size()).isZero();
        assertThat(chunks.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(6);
    }

    @Test
    void usageIsReportedOnlyOnRequest() throws Exception {
        assertThat(events(post(request("hello", ", \"stream\": true"))))
                .noneMatch(event -> event.contains("usage"));
    }

    @Test
    void toolCallsComeInPiecesByTheirIndex() throws Exception {
        List<JsonNode> chunks = chunks("use one {\\\"a\\\":\\\"long enough\\\"}\\nuse two {\\\"b\\\":2}");

        var first = new StringBuilder();
        var second = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (JsonNode chunk : chunks) {
            JsonNode call = chunk.at("/choices/0/delta/tool_calls/0");
            if (call.at("/function/name").isString()) {
                names.add(call.at("/function/name").asString());
                assertThat(call.at("/id").asString()).isNotEmpty();
            }
            (call.at("/index").asInt(0) == 0 ? first : second)
                    .append(call.at("/function/arguments").asString(""));
        }
        assertThat(names).containsExactly("one", "two");
        assertThat(first).hasToString("{\"a\":\"long enough\"}");
        assertThat(second).hasToString("{\"b\":2}");
        assertThat(chunks.getLast().at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
    }

    @Test
    void requestWithoutAStreamIsAnsweredWhole() throws Exception {
        HttpResponse<String> response = post(request("hello", ""));

        JsonNode whole = JSON.readTree(response.body());
        assertThat(whole.at("/object").asString()).isEqualTo("chat.completion");
        assertThat(whole.at("/choices/0/message/content").asString()).isEqualTo("You said: hello");
    }

    @Test
    void keyAndModelAreChecked() throws Exception {
        restart(ChatEmulatorOptions.defaults().withKey("right").withModels(Set.of("known")));

        HttpResponse<String> none = post(request("hello", ""));
        HttpResponse<String> unknown = post(request("hello", ""), "authorization", "Bearer right");

        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(JSON.readTree(none.body()).at("/error/code").asString()).isEqualTo("invalid_api_key");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(unknown.body()).at("/error/code").asString()).isEqualTo("model_not_found");
        assertThat(emulator.requests()).extracting(ChatRequest::authorization)
                .containsExactly("", "Bearer right");
    }

    @Test
    void statusFaultHasTheServicesErrorAndRetryAfter() throws Exception {
        emulator.faults(List.of(ChatFault.parse("http-429:2#1")));

        HttpResponse<String> first = post(request("hello", ""));
        HttpResponse<String> second = post(request("hello", ""));

        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("retry-after")).contains("2");
        assertThat(JSON.readTree(first.body()).at("/error/code").asString()).isEqualTo("rate_limit_exceeded");
        assertThat(second.statusCode()).isEqualTo(200);
    }

    @Test
    void cutStreamEndsTheConnection() {
        emulator.faults(List.of(ChatFault.parse("cut:2")));

        assertThatThrownBy(() -> chunks("one two three four")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> {
            emulator.faults(List.of(ChatFault.parse("drop")));
            chunks("hello");
        }).isInstanceOf(IOException.class);
        assertThat(emulator.abandoned()).isZero();
    }

    @Test
    void endedStreamHasNoReasonAndNoLastMessage() throws Exception {
        emulator.faults(List.of(ChatFault.parse("end:2")));

        List<String> events = events(post(request("one two three", ", \"stream\": true")));

        assertThat(events).hasSize(3).doesNotContain("[DONE]").noneMatch(event -> event.contains("\"stop\""));
    }

    @Test
    void malformedCallsAreNoJson() throws Exception {
        emulator.faults(List.of(ChatFault.parse("malformed")));

        String arguments = chunks("use one {\\\"a\\\":1}").stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString(""))
                .collect(Collectors.joining());

        assertThatThrownBy(() -> JSON.readTree(arguments)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void redirectNamesTheOtherAddress() throws Exception {
        emulator.faults(List.of(ChatFault.parse("redirect:http://127.0.0.1:1/v1")));

        HttpResponse<String> response = post(request("hello", ""));

        assertThat(response.statusCode()).isEqualTo(307);
        assertThat(response.headers().firstValue("location")).contains("http://127.0.0.1:1/v1");
    }

    @Test
    void clientThatLeavesAStalledStreamIsCounted() throws Exception {
        emulator.faults(List.of(ChatFault.parse("stall:1")));

        HttpResponse<InputStream> response = http.send(posted(request("one two", ", \"stream\": true")),
                BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isPositive();
        assertThat(emulator.open()).isEqualTo(1);
        response.body().close();

        await().atMost(LIMIT).until(() -> emulator.abandoned() == 1);
    }

    @Test
    void repetitionGoesOnUntilTheClientLeaves() throws Exception {
        emulator.faults(List.of(ChatFault.parse("repeat")));

        HttpResponse<InputStream> response = http.send(posted(request("again", ", \"stream\": true")),
                BodyHandlers.ofInputStream());
        String text = new String(response.body().readNBytes(10_000), java.nio.charset.StandardCharsets.UTF_8);
        response.body().close();

        assertThat(text.split("again", -1)).hasSizeGreaterThan(10);
        await().atMost(LIMIT).until(() -> emulator.open() == 0);
    }

    @Test
    void requestThatIsNoRequestIsRefused() throws Exception {
        assertThat(post("{\"model\": 3}").statusCode()).isEqualTo(400);
        assertThat(post("[").statusCode()).isEqualTo(400);
    }

    @Test
    void portInUseIsOneSentence() {
        var again = ChatEmulatorOptions.defaults().withPort("127.0.0.1", emulator.port());

        assertThatThrownBy(() -> ChatEmulator.start(again, ChatScript.repeating())).hasMessage(
                "Cannot listen on 127.0.0.1 port " + emulator.port() + ". Choose another with --port.");
    }

    private void restart(ChatEmulatorOptions options) {
        emulator.close();
        emulator = ChatEmulator.start(options, ChatScript.repeating());
    }

    private static String request(String text, String more) {
        return "{\"model\": \"any\", \"messages\": [{\"role\": \"user\", \"content\": \"" + text + "\"}]"
                + more + "}";
    }

    private HttpRequest posted(String body, String... headers) {
        var builder = HttpRequest.newBuilder(URI.create(emulator.url() + "/chat/completions")).timeout(LIMIT);
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder.POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        return http.send(posted(body, headers), BodyHandlers.ofString());
    }

    private List<JsonNode> chunks(String text) throws Exception {
        return events(post(request(text, ", \"stream\": true"))).stream()
                .filter(event -> !event.equals("[DONE]"))
                .map(JSON::readTree)
                .toList();
    }

    private static List<String> events(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        return response.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static String text(List<JsonNode> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
                .collect(Collectors.joining());
    }
}

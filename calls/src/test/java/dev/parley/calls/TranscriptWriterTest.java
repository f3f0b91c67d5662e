package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.conversation.Persona;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a call leaves behind in files. */
class TranscriptWriterTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FakeModel model = new FakeModel();
    private final List<Calls> allCalls = new ArrayList<>();

    @AfterEach
    void close() {
        allCalls.forEach(Calls::close);
    }

    @Test
    void transcriptFilesEachTextUnderItsTurn() throws IOException {
        var browser = talking(calls(TestOptions.in(folder).transcripts(folder.resolve("kept"))));
        browser.send("textInput", "[\"textInput\",{\"content\":\"Are you there?\"}]");
        await().atMost(LONG).until(() -> model.streams.getFirst().commands.size() > 1);
        FakeModel.Stream stream = model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u1", "Are you there?"));
        stream.sayTheBeginning("Yes, I am here.");
        stream.say(new ModelEvent.Interrupted());
        stream.say(new ModelEvent.UserText("u2", "Fine."));
        stream.say(new ModelEvent.AssistantText("f1", Stage.FINAL, "Yes, I am", StopReason.INTERRUPTED));

        closeWhen(browser, "Yes, I am\"");

        assertThat(transcripts()).singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .containsExactly("1 user Are you there?", "3 user Fine.", "2 assistant Yes, I am");
    }

    @Test
    void newChatBeginsAnotherFile() throws IOException {
        var browser = talking(calls(TestOptions.in(folder).transcripts(folder.resolve("kept"))));
        model.streams.getFirst().say(new ModelEvent.UserText("u1", "The first."));
        await().atMost(LONG).until(() -> browser.received.toString().contains("The first."));
        browser.send("startNewChat");
        browser.send("audioStart");
        await().atMost(LONG).until(() -> model.streams.size() == 2);
        model.streams.getFirst().say(new ModelEvent.UserText("u1", "Too late."));
        model.streams.getLast().say(new ModelEvent.UserText("u1", "The second."));

        closeWhen(browser, "The second.");

        assertThat(transcripts()).containsExactlyInAnyOrder(List.of("1 user The first."),
                List.of("1 user The second."));
    }

    @Test
    void unwritableFolderDoesNotHarmTheConversation() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        var browser = talking(calls(TestOptions.in(folder).transcripts(taken)));
        for (int i = 0; i < 10; i++) {
            model.streams.getFirst().say(new ModelEvent.UserText("u" + i, "Number " + i + "."));
        }

        await().atMost(LONG).until(() -> browser.received.toString().contains("Number 9."));
        assertThat(browser.disconnected).isFalse();
    }

    @Test
    void nothingIsKeptWithoutAFolder() throws IOException {
        var browser = talking(calls(TestOptions.in(folder)));
        model.streams.getFirst().say(new ModelEvent.UserText("u1", "Nobody writes this down."));

        closeWhen(browser, "Nobody");

        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Calls calls(TestOptions options) {
        var opened = new Calls(CompletableFuture.completedFuture(model), List::of,
                List.of(Persona.plain("Be brief.")), options.build(), InstantSource.system());
        allCalls.add(opened);
        return opened;
    }

    private FakeBrowser talking(Calls calls) {
        var browser = new FakeBrowser(calls);
        browser.send("initializeConnection");
        browser.send("audioStart");
        await().atMost(LONG).until(() -> browser.heard("audioReady"));
        return browser;
    }

    /** Everything told before this is in the file once the calls are closed. */
    private void closeWhen(FakeBrowser browser, String heard) {
        await().atMost(LONG).until(() -> browser.received.toString().contains(heard));
        allCalls.forEach(Calls::close);
    }

    private List<List<String>> transcripts() throws IOException {
        var kept = new ArrayList<List<String>>();
        try (var files = Files.list(folder.resolve("kept"))) {
            for (Path file : files.toList()) {
                kept.add(Files.readAllLines(file).stream().map(TranscriptWriterTest::line).toList());
            }
        }
        return kept;
    }

    private static String line(String json) {
        var line = new JsonMapper().readTree(json);
        return line.path("turn").asInt() + " " + line.path("role").asString() + " "
                + line.path("text").asString();
    }
}

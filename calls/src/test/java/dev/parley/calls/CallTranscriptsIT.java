package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcripts that calls leave in files, which a thread of their own writes. */
class CallTranscriptsIT {

    @TempDir
    Path folder;

    @Test
    void eachConversationLeavesItsTurnsInAFile() throws IOException {
        var world = new TestCalls(TestOptions.in(folder).transcripts(folder.resolve("kept")));
        var browser = world.talking();
        browser.send("textInput", "[\"textInput\",{\"content\":\"Are you there?\"}]");
        var stream = world.model.streams.getFirst();
        stream.say(new ModelEvent.UserText("u1", "Are you there?"));
        stream.sayTheBeginning("Yes, I am here.");
        stream.say(new ModelEvent.Interrupted());
        stream.say(new ModelEvent.AssistantText("f1", Stage.FINAL, "Yes, I am", StopReason.INTERRUPTED));
        browser.send("startNewChat");
        browser.send("audioStart");
        world.model.streams.getLast().say(new ModelEvent.UserText("u1", "Once more."));

        // A close waits for the writer for one second only.
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(transcripts()).hasSize(2)
                        .anySatisfy(lines -> assertThat(lines).hasSize(2)
                                .first()
                                .asString()
                                .contains("\"turn\":1,\"role\":\"user\",\"text\":\"Are you there?\""))
                        .anySatisfy(lines -> assertThat(lines).singleElement()
                                .asString()
                                .contains("Once more.")));
        world.close();
    }

    @Test
    void unwritableFolderDoesNotHarmTheConversation() throws IOException {
        Path taken = Files.createFile(folder.resolve("taken"));
        var world = new TestCalls(TestOptions.in(folder).transcripts(taken));
        var browser = world.talking();

        for (int i = 0; i < 10; i++) {
            world.model.streams.getFirst().say(new ModelEvent.UserText("u" + i, "Number " + i + "."));
        }

        assertThat(browser.received.toString()).contains("Number 9.");
        assertThat(browser.disconnected).isFalse();
        world.close();
        assertThat(taken).isEmptyFile();
    }

    @Test
    void nothingIsKeptWithoutAFolder() throws IOException {
        var world = new TestCalls(TestOptions.in(folder));
        world.talking();
        world.model.streams.getFirst().say(new ModelEvent.UserText("u1", "Nobody writes this down."));

        world.close();

        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private List<List<String>> transcripts() throws IOException {
        try (var files = Files.list(folder.resolve("kept"))) {
            return files.map(CallTranscriptsIT::lines).toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

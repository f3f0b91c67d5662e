package dev.parley.calls.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.ConversationOptions;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The lines that a conversation writes, without the thread that writes them to files. */
class TranscriptWriterTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @TempDir
    Path folder;

    private final Conversation conversation = new Conversation("s",
            ConversationOptions.defaults(new FakeModel().voices(), List.of()));

    @Test
    void finalTextsAreWrittenUnderTheirTurn() throws IOException {
        var transcripts = Transcripts.withoutThread(folder, 30, () -> NOW);
        var writer = new TranscriptWriter(transcripts);
        feed(writer, new Input.FromBrowser(new BrowserCommand.AudioStart()));
        feed(writer, new Input.FromBrowser(new BrowserCommand.Text("Are you there?")));
        say(writer, 1, new ModelEvent.UserText("u1", "Are you there?"));
        say(writer, 1, new ModelEvent.AssistantText("a1", Stage.SPECULATIVE, "Yes, I am here.",
                StopReason.PARTIAL_TURN));
        say(writer, 1, new ModelEvent.Audio("a1", new byte[960]));
        say(writer, 1, new ModelEvent.Interrupted());
        say(writer, 1, new ModelEvent.UserText("u2", "Fine."));
        say(writer, 1, new ModelEvent.AssistantText("f1", Stage.FINAL, "Yes, I am", StopReason.INTERRUPTED));

        transcripts.writeWaiting();

        assertThat(files())
                .containsExactly(List.of("1 user Are you there?", "3 user Fine.", "2 assistant Yes, I am"));
    }

    @Test
    void supersededTurnIsMarked() throws IOException {
        var transcripts = Transcripts.withoutThread(folder, 30, () -> NOW);
        var writer = new TranscriptWriter(transcripts);
        feed(writer, new Input.FromBrowser(new BrowserCommand.AudioStart()));
        say(writer, 1, new ModelEvent.UserText("u1", "Set a timer for."));
        say(writer, 1, new ModelEvent.Superseded());
        say(writer, 1, new ModelEvent.UserText("u2", "Set a timer for ten seconds."));

        transcripts.writeWaiting();

        assertThat(files()).containsExactly(
                List.of("1 user Set a timer for.", "1 superseded", "2 user Set a timer for ten seconds."));
    }

    @Test
    void newConversationBeginsAnotherFile() throws IOException {
        var transcripts = Transcripts.withoutThread(folder, 30, () -> NOW);
        var writer = new TranscriptWriter(transcripts);
        feed(writer, new Input.FromBrowser(new BrowserCommand.AudioStart()));
        say(writer, 1, new ModelEvent.UserText("u1", "The first."));
        feed(writer, new Input.FromBrowser(new BrowserCommand.NewChat(SessionConfig.empty())));
        feed(writer, new Input.FromBrowser(new BrowserCommand.AudioStart()));
        say(writer, 1, new ModelEvent.UserText("u1", "Too late."));
        say(writer, 2, new ModelEvent.UserText("u1", "The second."));

        transcripts.writeWaiting();

        assertThat(files()).containsExactlyInAnyOrder(List.of("1 user The first."),
                List.of("1 user The second."));
    }

    @Test
    void conversationWithoutTextLeavesNoFile() throws IOException {
        var transcripts = Transcripts.withoutThread(folder, 30, () -> NOW);
        feed(new TranscriptWriter(transcripts), new Input.FromBrowser(new BrowserCommand.AudioStart()));

        transcripts.writeWaiting();

        assertThat(files()).isEmpty();
    }

    private void say(TranscriptWriter writer, int stream, ModelEvent event) {
        feed(writer, new Input.FromModel(stream, event));
    }

    /** As a call does. */
    private void feed(TranscriptWriter writer, Input input) {
        for (Effect effect : conversation.on(input, NOW)) {
            if (effect instanceof Effect.Tell(var event)) {
                writer.on(event, NOW);
            }
        }
    }

    private List<List<String>> files() throws IOException {
        var kept = new ArrayList<List<String>>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                kept.add(Files.readAllLines(file).stream().map(TranscriptWriterTest::line).toList());
            }
        }
        return kept;
    }

    private static String line(String json) {
        var line = new JsonMapper().readTree(json);
        if (line.path("superseded").asBoolean()) {
            return line.path("turn").asInt() + " superseded";
        }
        return line.path("turn").asInt() + " " + line.path("role").asString() + " "
                + line.path("text").asString();
    }
}

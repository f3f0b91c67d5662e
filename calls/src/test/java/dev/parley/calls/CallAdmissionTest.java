package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.visitor.Admission;
import dev.parley.calls.visitor.Choices;
import dev.parley.calls.visitor.Grant;
import dev.parley.calls.visitor.Pass;
import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.StreamSettings.Inference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests calls of browsers that may not choose or begin everything. */
class CallAdmissionTest {

    private static final Visitor ANNA = new Visitor("anna", "192.0.2.1", Visitor.How.SESSION);
    private static final String OVER = "This access was for one conversation, which has begun. Reload the page to get another.";

    @TempDir
    Path folder;

    private final AtomicBoolean begun = new AtomicBoolean();
    private TestCalls world;

    @BeforeEach
    void open() {
        world = new TestCalls(TestOptions.in(folder));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void promptThatMayNotBeChosenIsTheServers() {
        var browser = new FakeBrowser(world.calls(), new Admission(ANNA,
                new Choices(Set::of, Grant.NOTHING, false, Inference.defaults()), Pass.UNLIMITED));

        talk(browser);

        assertThat(world.model.streams.getLast().commands).first()
                .isEqualTo(new ModelCommand.SystemPrompt("Be brief."));
        assertThat(browser.heard("error")).isFalse();
    }

    @Test
    void grantHoldsWithoutInitializeToo() {
        var browser = granted(Optional.of(List.of("find_date")));

        browser.send("promptStart");
        browser.send("audioStart");

        assertThat(world.model.streams.getLast().settings.tools()).extracting(tool -> tool.name())
                .containsExactly("find_date");
    }

    @Test
    void tokenOfOneConversationBeginsNoSecondOne() {
        var browser = granted(Optional.empty());
        talk(browser);
        assertThat(world.model.streams).hasSize(1);

        browser.send("startNewChat");
        assertThat(browser.received.getLast()).contains(OVER);
        browser.sendAudio();
        assertThat(world.model.streams.getLast().audioBytes()).as("the first one goes on").isPositive();

        browser.send("stopAudio");
        int before = browser.count("error");
        browser.send("promptStart");
        browser.send("audioStart");
        assertThat(browser.count("error")).isEqualTo(before + 2);
        browser.initialize("{}");
        assertThat(browser.acknowledged.getLast()).contains("\"success\":false", OVER);
        talk(granted(Optional.empty()));
        assertThat(world.model.streams).hasSize(1);
    }

    @Test
    void tokenOfOneConversationGoesOnAfterTheConnectionWasLost() {
        var browser = granted(Optional.empty());
        browser.initialize("{\"resume\":true}");
        browser.send("promptStart");
        browser.send("audioStart");
        browser.leave();

        var back = granted(Optional.empty());
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");
        back.sendAudio();

        assertThat(back.acknowledged.getLast()).contains("\"success\":true");
        assertThat(back.heard("error")).isFalse();
        assertThat(world.model.streams).hasSize(1);
        back.send("stopAudio");
        world.advance(Duration.ofSeconds(10));
    }

    private FakeBrowser granted(Optional<List<String>> tools) {
        return new FakeBrowser(world.calls(), new Admission(ANNA,
                Choices.fixed(new Grant(Optional.empty(), Optional.empty(), tools), Inference.defaults()),
                () -> begun.compareAndSet(false, true)));
    }

    private static void talk(FakeBrowser browser) {
        browser.initialize("{}");
        browser.send("promptStart");
        browser.send("systemPrompt", "[\"systemPrompt\",\"Be rude.\"]");
        browser.send("audioStart");
    }
}

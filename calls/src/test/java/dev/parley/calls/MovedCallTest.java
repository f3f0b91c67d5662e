package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.FakeModel;
import dev.parley.voice.Continuation;
import dev.parley.voice.Continuation.Line;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.ModelEvent.Usage;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that comes back to another server goes on with its conversation there. */
class MovedCallTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final TestRuntime runtime = new TestRuntime();
    private final MemoryCallStore store = new MemoryCallStore(runtime::now);
    private final FakeModel first = new FakeModel();
    private final FakeModel second = new FakeModel();
    private final MemoryCallStore.Link firstLink = store.link();
    private final MemoryCallStore.Link secondLink = store.link();
    private TestCalls one;
    private TestCalls two;

    @BeforeEach
    void open() {
        one = server(first, firstLink);
        two = server(second, secondLink);
    }

    private TestCalls server(FakeModel model, MemoryCallStore.Link link) {
        return new TestCalls(TestOptions.in(folder), runtime, model, link);
    }

    @Test
    void nextServerKnowsWhatWasSaid() {
        var browser = talking(one);
        exchange(first, "My name is Ada.", "Hello Ada.");
        runtime.advance(SECOND);

        var back = comesBack(two, browser, received(browser));

        assertThat(back.acknowledged).containsExactly("[{\"success\":true}]");
        assertThat(back.received.getFirst()).contains("\"resumed\":true")
                .contains("\"from\":" + received(browser))
                .contains("\"token\":\"" + browser.token() + "\"");
        assertThat(second.streams).singleElement().satisfies(stream -> {
            assertThat(stream.settings.continues().lines()).containsExactly(new Line(true, "My name is Ada."),
                    new Line(false, "Hello Ada."));
            assertThat(stream.settings.continues().unanswered()).isEmpty();
            assertThat(stream.settings.continues().cutOff()).isFalse();
            assertThat(stream.commands).containsExactly(new ModelCommand.SystemPrompt("Be brief."));
        });
        assertThat(two.calls().conversations()).singleElement()
                .satisfies(view -> assertThat(view.state()).isEqualTo("listening"));
    }

    @Test
    void returningBrowserGetsNoTextTwiceAndNoGreeting() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");

        var back = comesBack(two, browser, received(browser));

        assertThat(back.received.toString()).doesNotContain("Hello.", "Hi.");
        assertThat(back.heard("audioReady")).isFalse();
        exchange(second, "Again?", "Yes.");
        assertThat(back.received.toString()).contains("Again?", "Yes.");
        back.leave();
        var again = comesBack(two, back, browserCount(browser, back));
        assertThat(again.received.toString()).doesNotContain("Again?", "Yes.");
    }

    @Test
    void browserGetsTheTextThatItMissed() {
        var browser = talking(one);
        long received = received(browser);
        exchange(first, "Hello.", "Hi.");
        runtime.advance(SECOND);

        var back = comesBack(two, browser, received);

        assertThat(back.received.toString()).contains("Hello.", "Hi.");
        assertThat(back.received.getFirst()).contains("\"from\":" + (received(browser)
                - back.count("textOutput") - back.count("contentStart") - back.count("contentEnd")
                - (back.count("state") - 1) - back.count("completionStart")));
    }

    @Test
    void reopenedPageGetsTheTranscript() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        runtime.advance(SECOND);

        var back = two.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\"}");

        assertThat(back.received.toString()).contains("Hello.", "Hi.");
    }

    @Test
    void questionWithoutAnswerIsAnsweredByTheNextServer() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        runtime.advance(SECOND);
        first.streams.getFirst().say(new ModelEvent.UserText("u", "What is the time?"));
        runtime.advance(SECOND);

        comesBack(two, browser, received(browser));

        Continuation continues = second.streams.getFirst().settings.continues();
        assertThat(continues.unanswered()).containsExactly("What is the time?");
        assertThat(continues.lines()).hasSize(2);
        assertThat(two.calls().answering(browserOf(two))).isTrue();
    }

    @Test
    void toolRunsOnceForAQuestion() {
        var browser = talking(one);
        var asked = new ModelEvent.ToolCall("t1", "set_timer", "{\"seconds\":300}");
        first.streams.getFirst().say(new ModelEvent.UserText("u", "Five minutes, please."));
        first.streams.getFirst().say(asked);
        runtime.runTools();
        runtime.advance(SECOND);

        comesBack(two, browser, received(browser));
        var stream = second.streams.getFirst();
        stream.say(new ModelEvent.ToolCall("t2", asked.name(), asked.arguments()));
        stream.say(new ModelEvent.ToolCall("t3", "set_timer", "{\"seconds\":60}"));

        assertThat(runtime.tools).hasSize(1); // the other timer
        assertThat(stream.commands).filteredOn(ModelCommand.ToolResult.class::isInstance)
                .singleElement()
                .isEqualTo(first.streams.getFirst().commands.stream()
                        .filter(ModelCommand.ToolResult.class::isInstance)
                        .map(result -> new ModelCommand.ToolResult("t2",
                                ((ModelCommand.ToolResult) result).json()))
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void sentenceThatWasSentWholeCountsAsSaid() {
        var browser = talking(one);
        var stream = first.streams.getFirst();
        stream.say(new ModelEvent.UserText("u", "Tell me."));
        stream.say(new ModelEvent.AssistantText("a1", Stage.SPECULATIVE, "First.", StopReason.PARTIAL_TURN));
        stream.say(new ModelEvent.Audio("a1", new byte[960]));
        stream.say(new ModelEvent.AudioEnd("a1", StopReason.PARTIAL_TURN));
        stream.say(new ModelEvent.AssistantText("a2", Stage.SPECULATIVE, "Second.", StopReason.PARTIAL_TURN));
        stream.say(new ModelEvent.Audio("a2", new byte[960]));
        runtime.advance(SECOND);

        var back = comesBack(two, browser, received(browser));

        Continuation continues = second.streams.getFirst().settings.continues();
        assertThat(continues.lines()).containsExactly(new Line(true, "Tell me."), new Line(false, "First."));
        assertThat(continues.cutOff()).isTrue();
        assertThat(back.received).filteredOn(json -> json.startsWith("[\"textOutput\""))
                .singleElement()
                .asString()
                .contains("First.", "\"contentId\":\"a1\"");
    }

    @Test
    void killedServerLosesAtMostOneSecond() {
        var browser = talking(one);
        exchange(first, "One.", "Two.");
        exchange(first, "Three.", "Four.");
        runtime.advance(SECOND);
        kill(one, firstLink);

        comesBack(two, browser, received(browser));

        assertThat(second.streams.getFirst().settings.continues().lines()).hasSize(4);
    }

    @Test
    void manyChangesAreWrittenOncePerSecond() {
        talking(one);
        int before = store.writes;
        for (int i = 0; i < 50; i++) {
            exchange(first, "Question " + i, "Answer " + i);
            runtime.advance(Duration.ofMillis(100));
        }
        assertThat(store.writes - before).isBetween(5, 6);
    }

    @Test
    void serverThatStillHasTheCallEndsIt() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");

        comesBack(two, browser, received(browser));
        runtime.advance(CallStateWriter.REFRESH);

        assertThat(one.calls().openCalls()).isZero();
        assertThat(first.streams.getFirst().told(new ModelCommand.Close())).isTrue();
        assertThat(browser.received).last().isEqualTo("[\"conversationMoved\"]");
        assertThat(two.calls().openCalls()).isEqualTo(1);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void lostServerDoesNotOverwriteWhatHappenedSince() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        firstLink.cut = true;
        browser.leave();
        var back = comesBack(two, browser, received(browser));
        exchange(second, "And now?", "Something new.");
        runtime.advance(SECOND);
        firstLink.cut = false;
        runtime.advance(CallStateWriter.REFRESH);

        assertThat(one.calls().openCalls()).isZero();
        var three = new FakeModel();
        comesBack(server(three, store.link()), back, received(browser));
        assertThat(three.streams.getFirst().settings.continues().lines()).extracting(Line::text)
                .contains("Something new.");
    }

    @Test
    void oldCopyOfAConversationSendsTheBrowserOn() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        browser.leave();
        var there = comesBack(two, browser, received(browser));
        there.leave();

        var back = comesBack(one, browser, received(browser));

        assertThat(back.disconnected).isTrue();
        assertThat(back.received).isEmpty();
        assertThat(one.calls().openCalls()).isZero();
        back.leave();
        assertThat(comesBack(one, browser, received(browser)).received.getFirst())
                .contains("\"resumed\":true");
        assertThat(first.streams).hasSize(2);
    }

    @Test
    void onlyOneOfTwoServersGoesOn() {
        var browser = talking(one);
        kill(one, firstLink);
        var third = new FakeModel();
        var three = server(third, store.link());

        var there = comesBack(two, browser, received(browser));
        secondLink.cut = true; // it stores nothing any more
        var late = comesBack(three, browser, received(browser));

        assertThat(there.received.getFirst()).contains("\"resumed\":true");
        assertThat(late.received.getFirst()).contains("\"resumed\":true"); // it was stored at once
        secondLink.cut = false;
        runtime.advance(CallStateWriter.REFRESH);
        assertThat(two.calls().openCalls()).isZero();
        assertThat(three.calls().openCalls()).isEqualTo(1);
    }

    @Test
    void drainHandsOverWhatIsOpen() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        exchange(first, "More.", "Yes.");
        one.calls().drain();
        exchange(first, "At the last moment.", "Indeed.");

        browser.leave("server namespace disconnect");

        assertThat(one.calls().openCalls()).isZero();
        comesBack(two, browser, received(browser));
        assertThat(second.streams.getFirst().settings.continues().lines()).hasSize(6);
    }

    @Test
    void shutdownHandsOverWhatIsOpen() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        exchange(first, "More.", "Yes.");

        one.close();

        comesBack(two, browser, received(browser));
        assertThat(second.streams.getFirst().settings.continues().lines()).hasSize(4);
    }

    @Test
    void shutdownOfTheSocketsHandsOverWhatIsOpen() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");

        browser.leave("server shutting down");

        assertThat(one.calls().openCalls()).isZero();
        comesBack(two, browser, received(browser));
        assertThat(second.streams.getFirst().settings.continues().lines()).hasSize(2);
    }

    @Test
    void endedConversationLeavesNothing() {
        var browser = talking(one);
        assertThat(store.size()).isEqualTo(1);
        browser.send("stopAudio");
        runtime.advance(SECOND);
        assertThat(store.size()).isZero();
        var other = talking(one);
        other.leave("client namespace disconnect");
        assertThat(store.size()).isZero();
        var late = talking(one);
        late.leave();
        runtime.advance(Duration.ofMinutes(1));
        assertThat(one.calls().openCalls()).isEqualTo(1); // the first browser is still connected
        assertThat(store.size()).isZero();
    }

    @Test
    void stateOutlivesItsLifetimeOnlyWhileTheCallLives() {
        var browser = talking(one);
        runtime.advance(Duration.ofMinutes(4));
        assertThat(store.size()).isEqualTo(1);
        kill(one, firstLink);
        runtime.advance(Duration.ofMinutes(2));
        assertThat(store.size()).isZero();

        var back = comesBack(two, browser, received(browser));

        assertThat(back.received.getFirst()).contains("\"resumed\":false");
    }

    @Test
    void browserStartsAnewIfTheStoreDoesNotRespond() {
        var browser = talking(one);
        kill(one, firstLink);
        secondLink.frozen = true;

        var back = comesBack(two, browser, received(browser));
        back.send("promptStart");
        assertThat(back.received).isEmpty();
        runtime.advance(CallStateWriter.TAKE_TIMEOUT);

        assertThat(back.received.getFirst()).contains("\"resumed\":false");
        assertThat(back.acknowledged).hasSize(1);
        secondLink.thaw();
        back.send("audioStart");
        assertThat(second.streams.getFirst().settings.continues().isNone()).isTrue();
    }

    @Test
    void browserWaitsForAStoreThatIsNotConnected() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        runtime.advance(SECOND);
        kill(one, firstLink);
        secondLink.cut = true;
        var back = comesBack(two, browser, received(browser));
        runtime.advance(Duration.ofSeconds(4));
        assertThat(back.received).isEmpty();

        secondLink.cut = false;
        runtime.advance(CallStateWriter.TAKE_PAUSE);

        assertThat(back.received.getFirst()).contains("\"resumed\":true");
        assertThat(second.streams.getFirst().settings.continues().lines()).hasSize(2);
    }

    @Test
    void browserStartsAnewIfTheStoreIsNotConnectedInTime() {
        var browser = talking(one);
        kill(one, firstLink);
        secondLink.cut = true;
        var back = comesBack(two, browser, received(browser));

        runtime.advance(CallStateWriter.TAKE_TIMEOUT);

        assertThat(back.received.getFirst()).contains("\"resumed\":false");
    }

    @Test
    void stateStaysUntilTheNextServerHasStoredItsOwn() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        runtime.advance(SECOND);
        kill(one, firstLink);
        secondLink.losesReplies = true; // and ends before it has another
        comesBack(two, browser, received(browser));
        kill(two, secondLink);

        var third = new FakeModel();
        var back = comesBack(server(third, store.link()), browser, received(browser));

        assertThat(back.received.getFirst()).contains("\"resumed\":true");
        assertThat(third.streams.getFirst().settings.continues().lines()).hasSize(2);
    }

    @Test
    void whatABrowserSendsWhileItWaitsIsBounded() {
        var browser = talking(one);
        kill(one, firstLink);
        secondLink.frozen = true;
        var back = comesBack(two, browser, received(browser));
        for (int i = 0; i < HeldMessages.AUDIO + 10; i++) {
            back.sendAudio();
        }
        assertThat(two.listener.events).filteredOn("audio dropped"::equals).hasSize(10);
        for (int i = 0; i < HeldMessages.COMMANDS; i++) {
            back.send("voiceConfig", "[\"voiceConfig\",{\"voiceId\":\"bob\"}]");
        }
        assertThat(back.disconnected).isFalse();
        back.send("promptStart");
        assertThat(back.disconnected).isTrue();

        secondLink.thaw();

        assertThat(back.received.getFirst()).contains("\"resumed\":true");
        assertThat(second.streams.getFirst().audioBytes()).isEqualTo(HeldMessages.AUDIO * 1_024L);
    }

    @Test
    void slowStoreDelaysTheReturnBriefly() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        browser.leave();
        firstLink.frozen = true;

        var back = comesBack(one, browser, received(browser));
        assertThat(back.received).isEmpty();
        runtime.advance(CallStateWriter.CONFIRM_TIMEOUT);

        assertThat(back.received.getFirst()).contains("\"resumed\":true");
        assertThat(first.streams).hasSize(1);
    }

    @Test
    void browserThatCameBackUnconfirmedIsSentOnWithoutAWord() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        browser.leave();
        comesBack(two, browser, received(browser)).leave();
        firstLink.frozen = true;
        var back = comesBack(one, browser, received(browser));
        runtime.advance(CallStateWriter.CONFIRM_TIMEOUT);
        assertThat(back.received.getFirst()).contains("\"resumed\":true");

        firstLink.thaw();
        runtime.advance(SECOND);

        assertThat(back.disconnected).isTrue();
        assertThat(back.heard("conversationMoved")).isFalse();
        assertThat(one.calls().openCalls()).isZero();
    }

    @Test
    void clockThatIsSetBackStopsNoWrites() {
        talking(one);
        runtime.advance(SECOND);
        int before = store.writes;
        runtime.setBack(Duration.ofHours(1));

        exchange(first, "Hello.", "Hi.");

        assertThat(store.writes).isGreaterThan(before);
    }

    @Test
    void handOverIsRepeatedWhileTheStoreFails() {
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        exchange(first, "More.", "Yes.");
        firstLink.cut = true;
        browser.leave("server shutting down");
        runtime.advance(CallStateWriter.HAND_OVER_PAUSE.multipliedBy(5));
        firstLink.cut = false;
        runtime.advance(CallStateWriter.HAND_OVER_PAUSE);

        comesBack(two, browser, received(browser));

        assertThat(second.streams.getFirst().settings.continues().lines()).hasSize(4);
    }

    @Test
    void changeThatCouldNotBeStoredIsStoredSoon() {
        talking(one);
        firstLink.cut = true;
        runtime.advance(SECOND);
        exchange(first, "Hello.", "Hi.");
        firstLink.cut = false;
        int before = store.writes;

        runtime.advance(CallStateWriter.AWAY_REFRESH);

        assertThat(store.writes).isGreaterThan(before);
    }

    @Test
    void tokenThatNoServerHasMadeIsNotLookedUp() {
        secondLink.frozen = true;
        var stranger = two.browser();

        stranger.initialize("{\"resume\":\"" + "x".repeat(54) + "\"}");

        assertThat(stranger.received.getFirst()).contains("\"resumed\":false");
    }

    @Test
    void zeroLifetimeKeepsNothing() {
        one = new TestCalls(TestOptions.in(folder).keep(Duration.ZERO), runtime, first, firstLink);
        talking(one);
        assertThat(store.size()).isZero();
        assertThat(first.streams.getFirst().settings.portable()).isFalse();
    }

    @Test
    void movedConversationCountsItsTokensOnce() {
        one = new TestCalls(TestOptions.in(folder.resolve("one")).tokens(100, 0), runtime, first, firstLink);
        two = new TestCalls(TestOptions.in(folder.resolve("two")).tokens(100, 70), runtime, second,
                secondLink);
        var browser = talking(one);
        exchange(first, "Hello.", "Hi.");
        first.streams.getFirst().say(new Usage(0, 0, 0, 60));
        runtime.advance(SECOND);
        kill(one, firstLink);

        var back = comesBack(two, browser, received(browser));
        second.streams.getFirst().say(new Usage(0, 0, 0, 39));
        assertThat(back.heard("error")).isFalse();
        second.streams.getFirst().say(new Usage(0, 0, 0, 40));

        assertThat(back.received.toString()).contains("This conversation has reached its limit.");
    }

    private FakeBrowser talking(TestCalls at) {
        return at.talking("{\"resume\":true}");
    }

    private static FakeBrowser comesBack(TestCalls at, FakeBrowser browser, long received) {
        var back = at.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\",\"received\":" + received + "}");
        return back;
    }

    /** The server ends without a word: nothing of it runs any more. */
    private static void kill(TestCalls server, MemoryCallStore.Link link) {
        link.cut = true;
        server.stopTime();
    }

    private static void exchange(FakeModel model, String question, String answer) {
        var stream = model.streams.getLast();
        stream.say(new ModelEvent.UserText("u" + question, question));
        stream.say(new ModelEvent.AssistantText("a" + answer, Stage.SPECULATIVE, answer,
                StopReason.PARTIAL_TURN));
        stream.say(new ModelEvent.Audio("a" + answer, new byte[960]));
        stream.say(new ModelEvent.AudioEnd("a" + answer, StopReason.END_TURN));
        stream.say(new ModelEvent.AssistantText("a" + answer, Stage.FINAL, answer, StopReason.END_TURN));
    }

    private static String browserOf(TestCalls at) {
        return at.calls().conversations().getFirst().socket();
    }

    /** The events that a page counts: all but those about the connection itself. */
    private static long received(FakeBrowser browser) {
        return (long) browser.received.size() - browser.count("conversation")
                - browser.count("conversationMoved");
    }

    private static long browserCount(FakeBrowser before, FakeBrowser after) {
        return received(before) + received(after);
    }
}

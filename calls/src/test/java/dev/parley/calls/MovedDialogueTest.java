package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.appointment.AppointmentTools;
import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assistant goes on at another server: with its dialogue, its timers, and what its tools keep. */
class MovedDialogueTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final TestRuntime runtime = new TestRuntime();
    private final MemoryCallStore store = new MemoryCallStore(runtime::now);
    private final MemoryCallStore.Link firstLink = store.link();
    private TestCalls one;
    private TestCalls two;

    @BeforeEach
    void open() {
        List<Tool> tools = Stream
                .concat(StandardTools.all().stream(),
                        AppointmentTools.in(folder.resolve("book.json")).stream())
                .toList();
        one = new TestCalls(TestOptions.in(folder), runtime, new DialogueModel(), firstLink).with(tools);
        two = new TestCalls(TestOptions.in(folder), runtime, new DialogueModel(), store.link()).with(tools);
    }

    @Test
    void nameOfTheUserIsKnown() {
        var browser = talking();
        say(browser, "My name is Ada.");

        var back = moved(browser);

        assertThat(say(back, "What is my name?")).contains("Ada");
    }

    @Test
    void halfBookedAppointmentGoesOn() {
        var browser = talking();
        assertThat(say(browser, "I would like an appointment on Tuesday.")).contains("time");

        var back = moved(browser);
        say(back, "At ten o'clock.");
        String booked = say(back, "My name is Ada Lovelace.");

        assertThat(booked).contains("Tuesday", "10").doesNotContain("Sorry");
    }

    @Test
    void timerRingsOnceAndInTime() {
        var browser = talking();
        say(browser, "Set a timer for one minute.");
        runtime.advance(Duration.ofSeconds(20));

        var back = moved(browser);
        runtime.advance(Duration.ofSeconds(38));
        assertThat(texts(back)).doesNotContain("timer for 1 minute has ended");
        runtime.advance(Duration.ofSeconds(2));

        assertThat(texts(back)).containsOnlyOnce("\"Your timer for 1 minute has ended.");
    }

    @Test
    void overdueTimerRingsAtOnce() {
        var browser = talking();
        say(browser, "Set a timer for one minute.");
        runtime.advance(Duration.ofSeconds(30));
        kill();
        runtime.advance(Duration.ofSeconds(90).minusMillis(1));
        var back = comesBack(browser);
        runtime.advance(Duration.ofMillis(1));

        assertThat(texts(back)).contains("Your timer for 1 minute has ended.");
    }

    @Test
    void notesAndListsAreKept() {
        var browser = talking();
        say(browser, "Remember that the key is under the mat.");
        say(browser, "Add milk to my shopping list.");

        var back = moved(browser);

        assertThat(say(back, "What are my notes?")).contains("mat");
        assertThat(say(back, "What is on my shopping list?")).contains("milk");
    }

    @Test
    void greetingIsSaidOnce() {
        var browser = one.browser();
        browser.initialize("{\"resume\":true}");
        browser.send("systemPrompt",
                "[\"systemPrompt\",\"You are Ada. Greet the user with: Good day to you.\"]");
        browser.send("audioStart");
        assertThat(texts(browser)).contains("Good day to you.");

        var back = moved(browser);
        back.send("audioStart");

        assertThat(texts(back)).doesNotContain("Good day to you.");
        assertThat(say(back, "What is your name?")).contains("Ada");
    }

    private FakeBrowser talking() {
        var browser = one.browser();
        TestCalls.start(browser, "{\"resume\":true}");
        return browser;
    }

    /** Types a text, lets the tools run, and returns the texts that follow. */
    private String say(FakeBrowser browser, String text) {
        int before = browser.received.size();
        browser.send("textInput", "[\"textInput\",{\"content\":\"" + text + "\"}]");
        runtime.runTools();
        return texts(browser.received.subList(before, browser.received.size()));
    }

    private FakeBrowser moved(FakeBrowser browser) {
        runtime.advance(SECOND);
        kill();
        return comesBack(browser);
    }

    private void kill() {
        firstLink.cut = true;
        one.stopTime();
    }

    private FakeBrowser comesBack(FakeBrowser browser) {
        long received = browser.received.stream()
                .filter(json -> !json.startsWith("[\"conversation\""))
                .count();
        var back = two.browser();
        back.initialize("{\"resume\":\"" + browser.token() + "\",\"received\":" + received + "}");
        assertThat(back.received.getFirst()).contains("\"resumed\":true");
        return back;
    }

    private static String texts(FakeBrowser browser) {
        return texts(browser.received);
    }

    private static String texts(List<String> received) {
        return String.join("\n",
                received.stream().filter(json -> json.startsWith("[\"textOutput\"")).distinct().toList());
    }
}

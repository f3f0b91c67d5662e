package dev.parley.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.calls.admission.SpendingLimits.Day;
import dev.parley.calls.admission.VisitorLimits;
import dev.parley.calls.visitor.Visitor;
import dev.parley.calls.visitor.Visitor.How;
import dev.parley.voice.ModelEvent.Usage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of one user and of one address. */
class VisitorLimitsTest {

    private static final VisitorLimits LIMITS = new VisitorLimits(2, 2, 3, 0, Duration.ZERO,
            UnaryOperator.identity());

    @TempDir
    Path folder;

    private TestCalls world;

    @BeforeEach
    void open() {
        world = new TestCalls(options().visitors(LIMITS));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        world.close();
        assertThat(world.runtime().pendingAlarms()).isZero();
    }

    @Test
    void addressHasTwoConversationsWithoutLogin() {
        var first = asking(Visitor.unknown("192.0.2.1"));
        asking(Visitor.unknown("192.0.2.1"));
        var third = asking(Visitor.unknown("192.0.2.1"));
        var other = asking(Visitor.unknown("192.0.2.2"));

        assertThat(third.received.toString()).contains("as many conversations open as you may", "BUSY");
        assertThat(other.heard("audioReady")).isTrue();
        first.leave();
        TestCalls.start(third, "{}");
        assertThat(third.heard("audioReady")).isTrue();
    }

    @Test
    void pageThatIsLoadedAgainTakesThePlaceOfItsOldConversation() {
        for (int i = 0; i < 5; i++) {
            var browser = new FakeBrowser(world.calls(), Visitor.unknown("192.0.2.1"));
            TestCalls.start(browser, "{\"resume\":true}");
            assertThat(browser.heard("audioReady")).isTrue();
            browser.leave("transport close");
        }

        assertThat(world.calls().awayCalls()).isEqualTo(2);
    }

    @Test
    void placesInLineCountToo() {
        world.restart(TestOptions.in(folder).limits(1, 20).visitors(LIMITS));
        asking(Visitor.unknown("192.0.2.1"));
        for (int i = 0; i < 20; i++) {
            asking(Visitor.unknown("192.0.2.1"));
        }
        assertThat(world.calls().waiting()).isEqualTo(1);

        var other = asking(Visitor.unknown("192.0.2.2"));

        assertThat(other.received).contains("[\"queue\",{\"position\":2}]");
    }

    @Test
    void userHasTwoConversationsFromAnywhere() {
        asking(user("anna", "192.0.2.1"));
        asking(user("anna", "192.0.2.2"));

        assertThat(asking(user("anna", "192.0.2.3")).heard("error")).isTrue();
        assertThat(asking(user("ben", "192.0.2.1")).heard("audioReady")).isTrue();
    }

    @Test
    void addressOfKnownUsersHasMore() {
        for (String name : new String[]{"anna", "ben", "carl"}) {
            assertThat(asking(user(name, "192.0.2.1")).heard("audioReady")).isTrue();
        }

        assertThat(asking(user("dora", "192.0.2.1")).heard("error")).isTrue();
        assertThat(asking(Visitor.unknown("192.0.2.1")).heard("audioReady")).isTrue();
    }

    @Test
    void newChatInACircleOpensFewStreams() {
        world.restart(
                options().visitors(new VisitorLimits(2, 2, 20, 10, Duration.ZERO, UnaryOperator.identity())));
        var browser = asking(Visitor.unknown("192.0.2.1"));
        for (int i = 0; i < 100; i++) {
            browser.send("startNewChat", "[\"startNewChat\",{}]");
            browser.send("audioStart");
        }
        assertThat(world.model.streams).hasSize(10);
        assertThat(browser.received.toString()).contains("started too many conversations");

        world.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 100; i++) {
            browser.send("startNewChat", "[\"startNewChat\",{}]");
            browser.send("audioStart");
        }

        assertThat(world.model.streams).hasSize(20);
    }

    @Test
    void conversationEndsWhenTheTimeOfTheDayIsUsedUp() {
        world.restart(options()
                .visitors(new VisitorLimits(0, 0, 0, 0, Duration.ofMinutes(4), UnaryOperator.identity())));
        var first = asking(Visitor.unknown("192.0.2.1"));
        world.advance(Duration.ofMinutes(3));
        first.leave("client namespace disconnect");
        var second = asking(Visitor.unknown("192.0.2.1"));
        world.advance(Duration.ofSeconds(59));
        assertThat(second.heard("error")).isFalse();

        world.advance(Duration.ofSeconds(1));

        assertThat(second.received.toString()).contains("time for conversations is used up", "FATAL");
        assertThat(world.calls().openStreams()).isZero();
        assertThat(asking(Visitor.unknown("192.0.2.1")).received.toString()).contains("Come back tomorrow");
        assertThat(asking(Visitor.unknown("192.0.2.2")).heard("audioReady")).isTrue();
        world.advance(Duration.ofDays(1));
        assertThat(asking(Visitor.unknown("192.0.2.1")).heard("audioReady")).isTrue();
    }

    @Test
    void userSpendsItsPartOfTheDayOnlyAlsoAfterARestart() {
        var options = options().day(new Day(1_000, 100, false));
        world.restart(options);
        var anna = asking(user("anna", "192.0.2.1"));
        world.model.streams.getLast().say(new Usage(100, 0, 0, 0));
        assertThat(anna.received.toString()).contains("Your limit for today is reached.");
        world.restart(options);

        assertThat(asking(user("anna", "192.0.2.7")).received.toString()).contains("Your limit for today");
        assertThat(asking(user("ben", "192.0.2.1")).heard("audioReady")).isTrue();
    }

    @Test
    void limitOfPaidModelsLeavesOthersAlone() {
        world.restart(options().day(new Day(100, 10, true)));
        var free = asking(Visitor.unknown("192.0.2.1"));
        world.model.streams.getLast().say(new Usage(500, 0, 0, 0));
        assertThat(free.heard("error")).isFalse();

        world.model.billed = true;
        world.model.streams.getLast().say(new Usage(501, 0, 0, 0));

        assertThat(free.received.toString()).contains("Today's limit of this server is reached.");
    }

    private TestOptions options() {
        return TestOptions.in(folder).limits(20, 20);
    }

    private FakeBrowser asking(Visitor visitor) {
        var browser = new FakeBrowser(world.calls(), visitor);
        TestCalls.start(browser, "{}");
        return browser;
    }

    private static Visitor user(String name, String address) {
        return new Visitor(name, address, How.TOKEN);
    }
}

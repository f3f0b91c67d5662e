package dev.parley.server.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.ArgumentTypeException;
import dev.parley.server.NoReplyException;
import dev.parley.server.NotSentException;
import dev.parley.server.internal.json.IncomingEvent;
import dev.parley.server.internal.json.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log of a failed handler names the side at fault: the client or the application. */
class HandlerLogTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.parley.server.HandlerLog");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong now = new AtomicLong();
    private final HandlerLog log = new HandlerLog(now::get);

    record Point(int x, int y) {}

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void kindOfAnArgumentErrorOmitsIndexes() {
        var wrong = new ArgumentTypeException("event \"e\", argument 1, field [0].x: expected int", "[0].x",
                "int");
        assertThat(HandlerLog.kind(wrong)).isEqualTo("event \"e\", argument 1, field [].x: expected int");
    }

    @Test
    void failureOfTheApplicationIsAnErrorEachTime() {
        log.failed("s", "move", new IllegalArgumentException("as meant"));
        log.failed("s", "move", new IllegalArgumentException("as meant"));
        assertThat(lines.list).hasSize(2)
                .allMatch(line -> line.getLevel() == Level.ERROR && line.getThrowableProxy() != null);
    }

    @Test
    void wrongArgumentIsOneWarningAMinuteForEachKind() {
        for (int i = 0; i < 10; i++) {
            log.failed("s" + i, "move", wrong("[\"move\",{\"x\":\"secret" + i + "\"}]"));
            log.failed("s" + i, "move", wrong("[\"move\",{\"y\":\"secret" + i + "\"}]"));
            log.failed("s" + i, "move", wrong("[\"move\",\"secret\"]"));
            log.failed("s" + i, "jump", wrong("[\"jump\",\"secret\"]"));
        }
        assertThat(lines.list).hasSize(4)
                .allMatch(line -> line.getLevel() == Level.WARN && line.getThrowableProxy() == null);
        now.addAndGet(MINUTE.toNanos());
        log.failed("t", "move", wrong("[\"move\",{\"x\":\"secret\"}]"));
        assertThat(messages()).hasSize(5)
                .startsWith("The handler of move cannot use what the client sent: event \"move\", argument 0,"
                        + " field x: expected int; socket s0")
                .endsWith("The handler of move cannot use what the client sent: event \"move\", argument 0,"
                        + " field x: expected int; socket t (and 9 more since this was last logged)")
                .noneMatch(message -> message.contains("secret"));
    }

    @Test
    void clientThatDoesNotReadIsADebugLine() {
        log.failed("s", "move", new NotSentException(NotSentException.Reason.TIMEOUT));
        log.failed("s", "move", new NotSentException(NotSentException.Reason.TIMEOUT));
        assertThat(messages())
                .containsExactly("The handler of move ended early because a client does not read; socket s");
        assertThat(lines.list)
                .allMatch(line -> line.getLevel() == Level.DEBUG && line.getThrowableProxy() == null);
    }

    @Test
    void clientThatLeavesDuringACallIsADebugLine() {
        log.failed("s", "move", new NoReplyException(NoReplyException.Reason.LEFT));
        log.failed("s", "move", new NoReplyException(NoReplyException.Reason.TIMEOUT));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.DEBUG, Level.ERROR);
    }

    @Test
    void inlineHandlerThatBlocksIsOneWarningAMinuteForEachEvent() {
        log.blocked("s", "move", Duration.ofMillis(230));
        log.blocked("s", "move", Duration.ofMillis(250));
        log.blocked("s", "jump", Duration.ofMillis(101));
        now.addAndGet(MINUTE.toNanos());
        log.blocked("t", "move", Duration.ofMillis(300));
        String advice = ", and all connections of that loop with it: register it with on, not with onInline; socket ";
        assertThat(messages()).containsExactly(
                "The inline handler of move blocked its event loop for 230 ms" + advice + "s",
                "The inline handler of jump blocked its event loop for 101 ms" + advice + "s",
                "The inline handler of move blocked its event loop for 300 ms" + advice
                        + "t (and 1 more since this was last logged)");
        assertThat(lines.list).allMatch(line -> line.getLevel() == Level.WARN);
    }

    /** An event's name may be a client's. */
    @Test
    void namesOfEventsStayOnOneLine() {
        log.blocked("s", "a\nb", MINUTE);
        log.failed("s", "a\nb", new NotSentException(NotSentException.Reason.TIMEOUT));
        log.failed("s", "a\nb", wrong("[\"a\\nb\",1]"));
        assertThat(messages()).hasSize(3)
                .allMatch(message -> message.contains("a?b") && !message.contains("\n"));
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Throwable wrong(String event) {
        try {
            new IncomingEvent("", Arguments.of(event), null, JsonCodec.DEFAULT).as(0, Point.class);
        } catch (ArgumentTypeException e) {
            return e;
        }
        throw new AssertionError("it fits");
    }
}

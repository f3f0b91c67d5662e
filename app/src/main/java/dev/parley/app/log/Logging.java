package dev.parley.app.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Sets up Logback without a configuration file: warnings as text on standard error at first (so that a command prints nothing else), and
 * for the server what its settings say, on standard output.
 *
 * <p>
 * Lines pass through a queue of {@value #QUEUE}: a logging thread never waits for a slow terminal or pipe; when the queue is full, lines are lost.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final int QUEUE = 8_192;
    /** Libraries whose own remarks below a warning help nobody who runs Parley. */
    private static final List<String> CHATTY = List.of("io.netty", "io.vertx");

    /** These write what people say to tools, and what tools say, into their logs. */
    private static final List<String> INDISCREET = List.of("io.modelcontextprotocol", "reactor");
    /** This one tells, below a warning, what the service says of what it was sent. */
    private static final String HALF_DISCREET = "software.amazon";

    /** Called by Logback's service loader, and by nobody else. */
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        install(context, new TextLayout(true), Level.WARN, "System.err");
        quiet(context, true);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * What the server logs, and how.
     *
     * @param content whether it may hold what people say, prompts, what tools are asked, and the messages of exceptions, which may quote it
     */
    public static void forServer(boolean json, String level, boolean content) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        install(context, json ? new JsonLayout(content) : new TextLayout(content), Level.toLevel(level),
                "System.out");
        quiet(context, !content);
    }

    /** Writes what is still queued and stops. */
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static void install(LoggerContext context, Layout<ILoggingEvent> layout, Level level,
            String target) {
        layout.setContext(context);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget(target);
        console.setEncoder(encoder);
        console.start();
        var queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime(1_000);
        queue.addAppender(console);
        queue.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        root.addAppender(queue);
    }

    private static void quiet(LoggerContext context, boolean discreet) {
        if (discreet) {
            INDISCREET.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
            context.getLogger(HALF_DISCREET).setLevel(Level.WARN);
        }
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }
}

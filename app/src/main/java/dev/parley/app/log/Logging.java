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
 * Configures Logback without a configuration file. At first it logs warnings as text on standard error, so that a command prints nothing
 * else; the server then logs to standard output according to its settings.
 *
 * <p>
 * Lines pass through a queue of {@value #QUEUE}, so a logging thread never waits for a slow terminal or pipe. When the queue is full, lines are lost.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final int QUEUE = 8_192;
    /** Libraries whose lines below the level of warnings do not help operators. */
    private static final List<String> VERBOSE = List.of("io.netty", "io.vertx");

    /** Warns of each attempt to reconnect; the cluster logs when Redis goes and returns. */
    private static final String RECONNECTS = "io.lettuce";
    /** These log arguments and results of tools, which contain what users say. */
    private static final List<String> LOGS_CONTENT = List.of("io.modelcontextprotocol", "reactor");
    /** This one logs, below the level of warnings, the service's comments on its input. */
    private static final String LOGS_SOME_CONTENT = "software.amazon";

    /** Called by Logback's service loader only. */
    public Logging() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        install(context, new TextLayout(true), Level.WARN, "System.err");
        quiet(context, true);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Configures the log of the server.
     *
     * @param content whether the log may contain speech, prompts, arguments of tools, and messages of exceptions, which may quote them
     */
    public static void forServer(boolean json, String level, boolean content) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        install(context, json ? new JsonLayout(content) : new TextLayout(content), Level.toLevel(level),
                "System.out");
        quiet(context, !content);
    }

    /** Writes the queued lines and stops logging. */
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

    private static void quiet(LoggerContext context, boolean withoutContent) {
        if (withoutContent) {
            LOGS_CONTENT.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
            context.getLogger(LOGS_SOME_CONTENT).setLevel(Level.WARN);
        }
        context.getLogger(RECONNECTS).setLevel(Level.ERROR);
        VERBOSE.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }
}

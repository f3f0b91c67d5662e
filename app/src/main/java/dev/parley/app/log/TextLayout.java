package dev.parley.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/** Formats an event as one line of text: time, level, message, then {@code name=value} pairs. A stack trace follows on separate lines. */
final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final ZoneId zone = ZoneId.systemDefault();
    private final StackTraces traces;

    /** @param messages whether the messages of exceptions are shown */
    TextLayout(boolean messages) {
        traces = new StackTraces(messages);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(120);
        TIME.formatTo(event.getInstant().atZone(zone), line);
        line.append(event.getLevel() == Level.INFO ? "  " : " " + event.getLevel() + " ");
        line.append(oneLine(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair fact : event.getKeyValuePairs()) {
                line.append(' ').append(fact.key).append('=').append(readable(Values.cut(fact.value)));
            }
        }
        line.append('\n');
        if (event.getThrowableProxy() != null) {
            line.append(traces.of(event.getThrowableProxy()));
        }
        return line.toString();
    }

    private static String readable(String value) {
        String line = oneLine(value);
        return line.isEmpty() || line.indexOf(' ') >= 0 ? '"' + line + '"' : line;
    }

    /** Replaces control characters, with which a request could forge log lines or control the terminal. */
    private static String oneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}+", "?");
    }
}

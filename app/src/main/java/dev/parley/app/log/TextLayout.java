package dev.parley.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/** One line for a person: time of day, weight, message, then {@code name=value} for each fact. A stack trace follows on lines of its own. */
final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

    private final ZoneId zone = ZoneId.systemDefault();
    private final Traces traces;

    /** @param messages whether the messages of exceptions are shown */
    TextLayout(boolean messages) {
        traces = new Traces(messages);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(120);
        TIME.formatTo(event.getInstant().atZone(zone), line);
        line.append(event.getLevel() == Level.INFO ? "  " : " " + event.getLevel() + " ");
        line.append(oneLine(event.getFormattedMessage()));
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair fact : event.getKeyValuePairs()) {
                line.append(' ').append(fact.key).append('=').append(readable(String.valueOf(fact.value)));
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

    /** Control characters would let a stranger's request forge lines or repaint the terminal. */
    private static String oneLine(String text) {
        return text.chars().noneMatch(Character::isISOControl) ? text : text.replaceAll("\\p{Cntrl}+", "?");
    }
}

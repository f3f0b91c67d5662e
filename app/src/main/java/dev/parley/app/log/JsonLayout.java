package dev.parley.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.io.StringWriter;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Formats an event as one line of JSON: {@code time}, {@code level}, {@code logger}, {@code message}, then each key-value pair. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private final JsonFactory json = new JsonFactory();
    private final StackTraces traces;

    /** @param messages whether the messages of exceptions are shown */
    JsonLayout(boolean messages) {
        traces = new StackTraces(messages);
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringWriter(200);
        try (JsonGenerator out = json.createGenerator(ObjectWriteContext.empty(), line)) {
            out.writeStartObject();
            out.writeStringProperty("time", event.getInstant().toString());
            out.writeStringProperty("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
            out.writeStringProperty("logger", event.getLoggerName());
            out.writeStringProperty("message", event.getFormattedMessage());
            if (event.getKeyValuePairs() != null) {
                for (KeyValuePair fact : event.getKeyValuePairs()) {
                    write(out, fact);
                }
            }
            if (event.getThrowableProxy() != null) {
                out.writeStringProperty("exception", traces.of(event.getThrowableProxy()));
            }
            out.writeEndObject();
        }
        return line.append('\n').toString();
    }

    private static void write(JsonGenerator out, KeyValuePair fact) {
        switch (fact.value) {
            case Integer number -> out.writeNumberProperty(fact.key, number);
            case Long number -> out.writeNumberProperty(fact.key, number);
            case Boolean flag -> out.writeBooleanProperty(fact.key, flag);
            case null, default -> out.writeStringProperty(fact.key, Values.cut(fact.value));
        }
    }
}

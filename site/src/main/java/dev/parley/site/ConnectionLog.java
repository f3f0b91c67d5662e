package dev.parley.site;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.ArgumentTypeException;
import dev.parley.server.Handshake;
import dev.parley.server.NotSentException;
import dev.parley.server.ServerListener;
import dev.parley.server.engine.UpgradeFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each connection, upgrade, disconnection and refused request in one line. */
public final class ConnectionLog implements ServerListener {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLog.class);

    /** Names of headers whose values may open a door, or name a page. */
    private static final Pattern SECRET = Pattern.compile(
            "auth|cookie|token|key|secret|password|session|signature|credential|protocol|referer|assertion");

    private final LineLimit lines;

    /** @param lines sums up refusals */
    public ConnectionLog(LineLimit lines) {
        this.lines = lines;
    }

    @Override
    public void opened(String connection, TransportKind transport, Handshake handshake) {
        LOG.atInfo()
                .addKeyValue("connection", connection)
                .addKeyValue("transport", transport.text())
                .addKeyValue("remote", handshake.address())
                .log("connected");
        if (LOG.isDebugEnabled()) {
            var line = LOG.atDebug().addKeyValue("connection", connection);
            for (var header : new TreeMap<>(handshake.headers()).entrySet()) {
                line = line.addKeyValue(header.getKey(),
                        SECRET.matcher(header.getKey()).find() ? "(omitted)" : header.getValue());
            }
            line.log("headers");
        }
    }

    @Override
    public void upgraded(String connection, Duration took) {
        LOG.atInfo()
                .addKeyValue("connection", connection)
                .addKeyValue("transport", TransportKind.WEBSOCKET.text())
                .addKeyValue("ms", took.toMillis())
                .log("upgraded");
    }

    @Override
    public void upgradeFailed(String connection, UpgradeFailure why) {
        LOG.atInfo()
                .addKeyValue("connection", connection)
                .addKeyValue("why", why.name().toLowerCase(Locale.ROOT))
                .log("not upgraded");
    }

    @Override
    public void notConnected(String connection, ConnectFailure why) {
        LOG.atWarn()
                .addKeyValue("connection", connection)
                .addKeyValue("why", why.name().toLowerCase(Locale.ROOT))
                .log("not connected");
    }

    @Override
    public void slowHandler(String socketId, String event, Duration took) {
        LOG.atWarn()
                .addKeyValue("socket", socketId)
                .addKeyValue("event", event)
                .addKeyValue("ms", took.toMillis())
                .log("a handler was slow");
    }

    @Override
    public void closed(String connection, TransportKind transport, CloseReason reason, CloseCause cause,
            Duration lifetime) {
        var line = LOG.atInfo()
                .addKeyValue("connection", connection)
                .addKeyValue("transport", transport.text())
                .addKeyValue("reason", reason.text());
        if (cause != CloseCause.UNSPECIFIED) {
            line = line.addKeyValue("cause", cause.text());
        }
        line.addKeyValue("seconds", lifetime.toSeconds()).log("disconnected");
    }

    @Override
    public void refused(Refusal refusal) {
        if (!lines.passes("refused, " + refusal.error().message() + ": " + refusal.why())) {
            return;
        }
        var line = LOG.atWarn()
                .addKeyValue("code", refusal.error().code())
                .addKeyValue("error", refusal.error().message())
                .addKeyValue("why", refusal.why())
                .addKeyValue("remote", refusal.address());
        if (refusal.error() == EngineError.FORBIDDEN && !refusal.origin().isEmpty()) {
            line.addKeyValue("origin", refusal.origin())
                    .log("refused a page of another origin; to allow it, add it to PARLEY_ALLOWED_ORIGINS");
        } else {
            line.log("refused");
        }
    }

    @Override
    public void handlerFailed(String socketId, String event, Throwable failure) {
        if (failure instanceof ArgumentTypeException || failure instanceof NotSentException) {
            return; // The client caused it, and the server logs it, once per minute and kind.
        }
        LOG.atError()
                .addKeyValue("socket", socketId)
                .addKeyValue("event", event)
                .setCause(failure)
                .log("a handler failed");
    }
}

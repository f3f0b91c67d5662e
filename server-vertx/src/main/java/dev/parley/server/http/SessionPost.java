package dev.parley.server.http;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Jsonp;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.http.response.HttpExchange;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * Receives the body of a POST for a session of this server.
 *
 * @param check whether a body is the one that was signed
 */
record SessionPost(EngineSession session, HttpExchange exchange,
        Predicate<byte[]> check) implements PostBody.Receiver {
    @Override
    public void started(Runnable invite, Runnable discard) {
        session.loop().run(() -> exchange.run(session.postStarted(exchange) ? invite : discard));
    }

    @Override
    public void refuse(EngineError error, String why) {
        exchange.refuse(error, why);
    }

    @Override
    public boolean held(int bytes) {
        session.memory().incoming().add(bytes);
        return true; // the session closes what is too much
    }

    @Override
    public void complete(byte[] body) {
        if (!check.test(body)) {
            exchange.refuse(EngineError.FORBIDDEN, "its body is not the one that was signed");
            session.loop().run(() -> session.postRejected(exchange));
        } else if (isBytes()) {
            session.loop().run(() -> session.postReceived(exchange, body));
        } else {
            String text = exchange.jsonp().isEmpty() ? text(body) : form(text(body));
            session.loop().run(() -> session.postReceived(exchange, text));
        }
    }

    @Override
    public void lost() {
        session.loop().run(() -> session.postLost(exchange));
    }

    @Override
    public void rejected() {
        session.loop().run(() -> session.postRejected(exchange));
    }

    /** Engine.IO v3, "Payload": bytes are sent as such when the client can, and the content type says so. */
    private boolean isBytes() {
        return session.revision() == EngineRevision.V3
                && "application/octet-stream".equals(exchange.request().getHeader("Content-Type"));
    }

    /** Returns the payload in a form; empty, and so invalid, when there is none. */
    private static String form(String body) {
        try {
            return Jsonp.payload(body);
        } catch (MalformedPacketException e) {
            return "";
        }
    }

    /** Returns the body as text; empty, and so invalid, when it is not UTF-8. */
    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }
}

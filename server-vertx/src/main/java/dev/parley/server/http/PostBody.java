package dev.parley.server.http;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Jsonp;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.http.loop.LoopQueue;
import dev.parley.server.http.response.Answers;
import dev.parley.server.http.response.HttpExchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a POST for its session and counts it in the session's memory account. Past the limit the response is 413, past the
 * timeout 408, so that endless bodies hold no memory. The rest of such a body is discarded for a while, so that the client can read the
 * response; then the connection is closed.
 */
record PostBody(int limit, Duration timeout) {
    /** Size of a body, in bytes, above which its packets wait until other sessions have had their turn. */
    private static final int LARGE = 16 * 1024;
    private static final long DISCARD_SECONDS = 5;
    /** Multiple of the limit that is discarded; further bytes are not read until the connection is closed. */
    private static final int DISCARD_BODIES = 32;
    private static final Buffer NONE = Buffer.buffer();

    void read(HttpServerRequest request, EngineSession session, HttpExchange exchange) {
        if (request.isEnded()) {
            exchange.refuse(EngineError.BAD_REQUEST,
                    "its body was read before it came here: mount the handler in front of any that reads bodies");
            return;
        }
        long length = contentLength(request);
        var body = new Reading(request, session, exchange, length);
        request.exceptionHandler(failure -> body.lost());
        request.handler(body::more);
        request.endHandler(end -> body.complete());
        session.loop().run(() -> {
            if (session.postStarted(exchange)) {
                exchange.run(body::invite);
            } else {
                exchange.run(body::discard);
            }
        });
        if (length > limit) {
            body.reject(413);
        }
    }

    private static long contentLength(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        // More digits than a limit can have are too many, whatever they say.
        return length == null || length.length() > 18 || !length.chars().allMatch(Character::isDigit) ? -1
                : Long.parseLong(length);
    }

    private final class Reading {
        private final HttpServerRequest request;
        private final EngineSession session;
        private final HttpExchange exchange;
        private final long length;
        private Buffer body = NONE;
        private boolean pieces;
        private boolean complete;
        private boolean done;
        private long discarded;
        private long held;
        private @Nullable Future<?> deadline;

        Reading(HttpServerRequest request, EngineSession session, HttpExchange exchange, long length) {
            this.length = length;
            this.request = request;
            this.session = session;
            this.exchange = exchange;
        }

        /** Asks a client that waits for consent to send its body. */
        void invite() {
            if (!done && length <= limit) {
                Expectation.proceed(request);
            }
        }

        void more(Buffer chunk) {
            if (done) {
                discarded += chunk.length();
                if (discarded > (long) DISCARD_BODIES * limit) {
                    request.pause(); // closing now would take the answer from who has not read it yet
                }
            } else if (body.length() + (long) chunk.length() > limit) {
                reject(413);
            } else {
                session.memory().incoming().add(chunk.length());
                held += chunk.length();
                // Most bodies come in one piece, which need not be copied.
                body = body.length() == 0 ? chunk : pieces().appendBuffer(chunk);
                if (deadline == null && body.length() != length) {
                    deadline = exchange.eventLoop()
                            .schedule(() -> reject(408), timeout.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }

        private Buffer pieces() {
            if (!pieces) {
                pieces = true;
                body = Buffer.buffer(body.length() * 2).appendBuffer(body);
            }
            return body;
        }

        void complete() {
            if (done) {
                return;
            }
            complete = true;
            cancelDeadline();
            if (body.length() <= LARGE) {
                deliver();
            } else {
                // Reading its packets takes a while, and others come first.
                LoopQueue.of(exchange.eventLoop()).executeRest(this::deliver);
            }
        }

        private void deliver() {
            if (!done) {
                byte[] bytes = body.getBytes();
                body = NONE; // of a large body there are not to be three copies
                if (isBytes()) {
                    discard();
                    session.loop().run(() -> session.postReceived(exchange, bytes));
                } else {
                    String text = exchange.jsonp().isEmpty() ? text(bytes) : form(text(bytes));
                    discard();
                    session.loop().run(() -> session.postReceived(exchange, text));
                }
            }
        }

        /** Engine.IO v3, "Payload": bytes are sent as such when the client can, and the content type says so. */
        private boolean isBytes() {
            return session.revision() == EngineRevision.V3
                    && "application/octet-stream".equals(request.getHeader("Content-Type"));
        }

        void lost() {
            if (!complete) {
                discard();
                session.loop().run(() -> session.postLost(exchange));
            }
        }

        void reject(int status) {
            discard();
            session.loop().run(() -> session.postRejected(exchange));
            if (request.response().headWritten()) {
                return; // the session refused it before
            }
            request.response().putHeader("Connection", "close");
            Answers.status(request.response(), status);
            exchange.eventLoop()
                    .schedule(() -> Answers.ignore(request.connection().close()), DISCARD_SECONDS,
                            TimeUnit.SECONDS)
                    .isDone();
        }

        private void cancelDeadline() {
            if (deadline != null) {
                deadline.cancel(false);
                deadline = null;
            }
        }

        void discard() {
            done = true;
            cancelDeadline();
            body = NONE;
            if (held > 0) {
                session.memory().incoming().add(-held);
                held = 0;
            }
        }
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

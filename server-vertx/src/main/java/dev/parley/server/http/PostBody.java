package dev.parley.server.http;

import dev.parley.protocol.engine.EngineError;
import dev.parley.server.http.loop.LoopQueue;
import dev.parley.server.http.response.Answers;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a POST for its session, or for the server that owns it, and counts it there. Past the limit the response is 413, past the
 * timeout 408, and without room for it 503, so that endless bodies hold no memory. The rest of such a body is discarded for a while, so that the client can read the
 * response; then the connection is closed.
 */
record PostBody(int limit, Duration timeout) {
    /** Size of a body, in bytes, above which its packets wait until other sessions have had their turn. */
    private static final int LARGE = 16 * 1024;
    private static final long DISCARD_SECONDS = 5;
    /** Multiple of the limit that is discarded; further bytes are not read until the connection is closed. */
    private static final int DISCARD_BODIES = 32;
    private static final Buffer NONE = Buffer.buffer();

    /** Receives the body of one POST. Called on the request's event loop. */
    interface Receiver {
        /** The POST has begun. Its receiver calls {@code invite} to have the body, or {@code discard} when it has responded already. */
        void started(Runnable invite, Runnable discard);

        /** The body cannot be read: responds with an error. */
        void refuse(EngineError error, String why);

        /** So many more bytes of the body are held, or fewer if negative. Returns whether there is room for more of them; if not, the response is 503. */
        boolean held(int bytes);

        /** The body is complete. Its bytes no longer count as {@link #held}. */
        void complete(byte[] body);

        /** The connection was lost before the body was complete. */
        void lost();

        /** The body exceeds a limit, and its reader responds. */
        void rejected();
    }

    /** Reads a body for its receiver. Called on the request's event loop. */
    void read(HttpServerRequest request, EventLoop loop, Receiver receiver) {
        if (request.isEnded()) {
            receiver.refuse(EngineError.BAD_REQUEST,
                    "its body was read before it came here: mount the handler in front of any that reads bodies");
            return;
        }
        long length = contentLength(request);
        var body = new Reading(request, loop, receiver, length);
        request.exceptionHandler(failure -> body.lost());
        request.handler(body::more);
        request.endHandler(end -> body.complete());
        receiver.started(body::invite, body::discard);
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
        private final EventLoop loop;
        private final Receiver receiver;
        private final long length;
        private Buffer body = NONE;
        private boolean pieces;
        private boolean complete;
        private boolean done;
        private long discarded;
        private int held;
        private @Nullable Future<?> deadline;

        Reading(HttpServerRequest request, EventLoop loop, Receiver receiver, long length) {
            this.length = length;
            this.request = request;
            this.loop = loop;
            this.receiver = receiver;
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
                held += chunk.length();
                if (!receiver.held(chunk.length())) {
                    reject(503);
                    return;
                }
                // Most bodies come in one piece, which need not be copied.
                body = body.length() == 0 ? chunk : pieces().appendBuffer(chunk);
                if (deadline == null && body.length() != length) {
                    deadline = loop.schedule(() -> reject(408), timeout.toNanos(), TimeUnit.NANOSECONDS);
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
                LoopQueue.of(loop).executeRest(this::deliver);
            }
        }

        private void deliver() {
            if (!done) {
                byte[] bytes = body.getBytes();
                body = NONE; // of a large body there are not to be three copies
                discard();
                receiver.complete(bytes);
            }
        }

        void lost() {
            if (!complete) {
                discard();
                receiver.lost();
            }
        }

        void reject(int status) {
            discard();
            receiver.rejected();
            if (request.response().headWritten()) {
                return; // the session refused it before
            }
            request.response().putHeader("Connection", "close");
            Answers.status(request.response(), status);
            loop.schedule(() -> Answers.ignore(request.connection().close()), DISCARD_SECONDS,
                    TimeUnit.SECONDS).isDone();
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
                receiver.held(-held);
                held = 0;
            }
        }
    }
}

package dev.parley.server.http.node;

import dev.parley.server.engine.Exchange;
import dev.parley.server.engine.NodeRelay;
import dev.parley.server.engine.SessionRouting.Route;
import dev.parley.server.http.response.Answers;
import dev.parley.server.http.response.PollResponseTimeout;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.net.ConnectException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way to the owner of its session, and the response on its way back. Its state belongs to the request's event loop. It has three ends: the
 * client has the response, the client has left, or the owner has gone, which the client is told. A response that does not reach the client ends the session, as it
 * does at the owner: the messages in it are lost.
 */
final class ForeignRequest {
    /** Size of a response, in bytes, up to which it is written at once. Longer ones are passed on as they come. */
    private static final int AT_ONCE = 64 * 1024;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final NodeClient client;
    private final ForwardedRequest forwarded;
    private final ContextInternal context;
    private Runnable cancel = () -> {};
    private Runnable closeTunnel = () -> {};
    private @Nullable Route route;
    private @Nullable Future<?> late;
    private boolean over;

    ForeignRequest(NodeClient client, ForwardedRequest forwarded) {
        this.client = client;
        this.forwarded = forwarded;
        this.context = forwarded.context();
    }

    /** Any thread: a body above some size is complete on the event loop, but in no context. */
    void start() {
        onLoop(() -> {
            client.began(this, forwarded.tag());
            response().closeHandler(closed -> end());
            late = loop().schedule(() -> onLoop(() -> {
                if (!over) {
                    cancel.run();
                    gone();
                }
            }), forwarded.deadline().toMillis(), TimeUnit.MILLISECONDS);
            client.routing().route(forwarded.tag(), found -> onLoop(() -> take(found)));
        });
    }

    /** The owner has left or died: nothing will come from it. Any thread. */
    void ownerGone() {
        onLoop(() -> {
            if (!over && route != null && !response().headWritten()) {
                cancel.run();
                gone();
            }
            closeTunnel.run();
        });
    }

    private void take(Route found) {
        if (over) {
            return;
        }
        route = found;
        switch (found) {
            case Route.Direct direct -> direct(direct);
            case Route.Relayed relayed -> relayed(relayed);
            case Route.Gone gone -> gone();
            case Route.Unknown unknown -> {
                finish();
                forwarded.unknown().run();
            }
        }
    }

    private void direct(Route.Direct owner) {
        client.open(context, owner.host(), owner.port(), forwarded.method(), forwarded.uri(),
                client.signed(forwarded, forwarded.method(), forwarded.body())).onComplete(opened -> {
                    if (opened.succeeded()) {
                        send(opened.result());
                    } else {
                        if (opened.cause() instanceof ConnectException) {
                            client.routing().unreachable(owner.tag());
                        }
                        gone();
                    }
                });
    }

    private void send(HttpClientRequest request) {
        request.exceptionHandler(failure -> {}); // the future of the response reports it
        if (over) {
            Answers.ignore(request.reset());
            return;
        }
        cancel = () -> Answers.ignore(request.reset());
        var answered = forwarded.isUpgrade() ? request.connect()
                : forwarded.body().length == 0 ? request.send()
                        : request.send(Buffer.buffer(forwarded.body()));
        answered.onComplete(response -> {
            if (response.succeeded() && ResponseHead.opensNone(response.result().statusCode(),
                    response.result().headers()::forEach)) {
                gone();
            } else if (response.succeeded() && response.result().statusCode() == NodeListener.MISDIRECTED) {
                client.routing().unreachable(forwarded.tag());
                cancel.run();
                gone();
            } else if (response.succeeded()) {
                answered(response.result());
            } else {
                gone();
            }
        });
    }

    private void answered(HttpClientResponse from) {
        if (over) {
            // The owner had responded when the client left.
            lost(from.statusCode());
            return;
        }
        if (from.statusCode() == SWITCHING_PROTOCOLS) {
            var owner = from.netSocket();
            owner.pause();
            head(from.statusCode(), from.headers()::forEach);
            finish();
            upgrade(socket -> tunnel(socket, owner), () -> Answers.ignore(owner.close()));
            return;
        }
        String length = from.getHeader("Content-Length");
        if (length != null && length.length() < 6 && Integer.parseInt(length) <= AT_ONCE) {
            from.body().onComplete(body -> {
                if (body.failed()) {
                    gone();
                } else if (over) {
                    lost(from.statusCode());
                } else {
                    head(from.statusCode(), from.headers()::forEach);
                    written(response().end(body.result()), from.statusCode(), () -> {});
                }
            });
        } else {
            head(from.statusCode(), from.headers()::forEach);
            if (length == null) {
                response().setChunked(true);
            } else {
                response().putHeader("Content-Length", length);
            }
            written(from.pipe().endOnFailure(false).to(response()), from.statusCode(), () -> {
                from.exceptionHandler(failure -> {}); // it is reset
                cancel.run();
            });
        }
    }

    private void tunnel(NetSocket socket, NetSocket owner) {
        client.began(this, forwarded.tag());
        var tunnel = new Tunnel(socket, owner, forwarded.deadline(), forwarded.responseTimeout().timeout());
        closeTunnel = tunnel::close;
        tunnel.begin(() -> client.ended(this, forwarded.tag()));
    }

    private void relayed(Route.Relayed owner) {
        var relay = client.routing().relay(owner.tag());
        var receiver = new RelayReceiver();
        receiver.call = relay.send(
                new NodeRelay.Request(forwarded.method(), forwarded.uri(),
                        client.signed(forwarded, forwarded.method(), forwarded.body()), forwarded.body()),
                receiver);
        cancel = receiver::end;
    }

    /** Receives the response that was relayed. */
    private final class RelayReceiver implements NodeRelay.Receiver {
        private NodeRelay.@Nullable Call call;
        private @Nullable RelayedStream stream;

        @Override
        public void responded(NodeRelay.Response response) {
            onLoop(() -> {
                if (over) {
                    lost(response.status());
                } else if (ResponseHead.opensNone(response.status(), each -> pass(response, each))) {
                    gone();
                } else if (response.status() == SWITCHING_PROTOCOLS) {
                    var begun = new RelayedStream(call(), forwarded.responseTimeout().timeout());
                    stream = begun;
                    head(response.status(), each -> pass(response, each));
                    finish();
                    upgrade(begun::attach, begun::end);
                } else {
                    head(response.status(), each -> pass(response, each));
                    written(response().end(Buffer.buffer(response.body())), response.status(), () -> {});
                }
            });
        }

        private void pass(NodeRelay.Response response, BiConsumer<String, String> to) {
            response.headers().forEach(header -> to.accept(header.name(), header.value()));
        }

        @Override
        public void data(byte[] bytes) {
            onLoop(() -> {
                if (stream != null) {
                    stream.data(bytes);
                }
            });
        }

        @Override
        public void consumed(int bytes) {
            onLoop(() -> {
                if (stream != null) {
                    stream.consumed(bytes);
                }
            });
        }

        @Override
        public void ended() {
            onLoop(() -> {
                if (stream != null) {
                    stream.ended();
                } else if (!over) {
                    cancel.run();
                    gone();
                }
            });
        }

        void end() {
            if (call != null) {
                call.end();
            }
        }

        private NodeRelay.Call call() {
            if (call == null) {
                throw new IllegalStateException("a response came before its request was sent");
            }
            return call;
        }
    }

    /** Lets the client's connection go, whose bytes are passed on from now on. */
    private void upgrade(Consumer<NetSocket> then, Runnable failed) {
        try {
            forwarded.request().toNetSocket().onSuccess(then::accept).onFailure(failure -> failed.run());
        } catch (RuntimeException e) {
            failed.run();
        }
    }

    /** Passes status and headers on. */
    private void head(int status, Consumer<BiConsumer<String, String>> headers) {
        ResponseHead.copy(status, headers, response(), forwarded.sessionUnknown());
    }

    /** @param stop gives the owner's connection back, of which a client that does not read has left something unread */
    private void written(io.vertx.core.Future<Void> outcome, int status, Runnable stop) {
        finish();
        forwarded.responseTimeout().watch(forwarded.request(), loop(), outcome, what -> {
            if (what == Exchange.Outcome.LOST) {
                onLoop(() -> {
                    // If the owner broke off, the client waits for the rest.
                    PollResponseTimeout.cut(forwarded.request());
                    stop.run();
                    lost(status);
                });
            }
        });
    }

    /** The client has left, or its response was written. */
    private void end() {
        if (!over) {
            finish();
            cancel.run();
            lost();
        }
    }

    private void gone() {
        if (!over) {
            finish();
            if (response().headWritten()) {
                Answers.ignore(response().reset());
            } else {
                forwarded.gone().run();
            }
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        if (late != null) {
            late.cancel(false); // it would hold the body until then
        }
        forwarded.released().run();
        client.ended(this, forwarded.tag());
    }

    private void lost(int status) {
        if (status == 200) {
            lost();
        }
    }

    /** Tells the owner that a poll was cancelled, or its response did not reach the client: either ends the session. */
    private void lost() {
        if (!forwarded.isPoll()) {
            return;
        }
        tell(NodeListener.LOST);
    }

    /** Asks the owner to respond to a pending poll now: the client then polls at another server. Any thread. */
    void release() {
        onLoop(() -> {
            if (!over && forwarded.isPoll()) {
                tell(NodeListener.RELEASE);
            }
        });
    }

    /** Sends the owner a request about the session, without waiting for the response. */
    private void tell(String method) {
        byte[] none = new byte[0];
        switch (route) {
            case Route.Direct owner -> client
                    .open(context, owner.host(), owner.port(), method, forwarded.uri(),
                            client.signed(forwarded, method, none))
                    .onSuccess(request -> {
                        request.exceptionHandler(failure -> {});
                        Answers.ignore(request.send());
                    });
            case Route.Relayed owner -> {
                var call = client.routing()
                        .relay(owner.tag())
                        .send(new NodeRelay.Request(method, forwarded.uri(),
                                client.signed(forwarded, method, none), none), NoReceiver.INSTANCE);
                loop().schedule(call::end, forwarded.deadline().toMillis(), TimeUnit.MILLISECONDS).isDone();
            }
            case null, default -> {}
        }
    }

    private HttpServerResponse response() {
        return forwarded.request().response();
    }

    private EventLoop loop() {
        return context.nettyEventLoop();
    }

    /** Runs a task in the request's context, which the client of HTTP needs: at once on its event loop, where timers and other sessions have no context. */
    private void onLoop(Runnable task) {
        if (loop().inEventLoop()) {
            context.dispatch(task);
        } else {
            context.runOnContext(run -> task.run());
        }
    }
}

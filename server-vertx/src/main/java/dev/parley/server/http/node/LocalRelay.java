package dev.parley.server.http.node;

import dev.parley.server.engine.NodeRelay;
import dev.parley.server.engine.SessionRouting;
import dev.parley.server.http.response.Answers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests that were relayed to this server on to its own listener, which treats them as those that come over the network. Safe from any thread. Limit:
 * {@value #MAX_CONNECTIONS} requests at one time; further ones end at once.
 */
final class LocalRelay implements NodeRelay {
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient client;
    private final Context context;
    private final String host;
    private final int port;

    LocalRelay(Vertx vertx, SessionRouting.Listener listener, int port) {
        this.client = vertx.createHttpClient(NodeClient.options(listener),
                new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(0));
        this.context = vertx.getOrCreateContext();
        this.host = listener.host().equals("0.0.0.0") ? "127.0.0.1"
                : listener.host().equals("::") ? "::1" : listener.host();
        this.port = port;
    }

    @Override
    public Call send(Request request, Receiver receiver) {
        var call = new LocalCall(receiver);
        context.runOnContext(run -> call.start(request));
        return call;
    }

    /** One request. Its state belongs to the event loop of the context. */
    private final class LocalCall implements Call {
        private final Receiver receiver;
        private @Nullable HttpClientRequest sent;
        private @Nullable RelayedStream stream;
        private boolean over;

        LocalCall(Receiver receiver) {
            this.receiver = receiver;
        }

        void start(Request request) {
            if (over) {
                return;
            }
            var options = new RequestOptions().setHost(host)
                    .setPort(port)
                    .setMethod(HttpMethod.valueOf(request.method()))
                    .setURI(request.uri());
            boolean upgrade = false;
            for (Header header : request.headers()) {
                upgrade |= header.name().equals("Upgrade");
                options.addHeader(header.name(), header.value());
            }
            boolean switching = upgrade;
            client.request(options).compose(opened -> {
                sent = opened;
                opened.exceptionHandler(failure -> {}); // the future of the response reports it
                if (over) {
                    return opened.reset()
                            .compose(reset -> Future.<HttpClientResponse>failedFuture("the client has left"));
                }
                return switching ? opened.connect()
                        : request.body().length == 0 ? opened.send()
                                : opened.send(Buffer.buffer(request.body()));
            }).onSuccess(this::answered).onFailure(failure -> ended());
        }

        private void answered(HttpClientResponse response) {
            if (response.statusCode() == SWITCHING_PROTOCOLS) {
                var socket = response.netSocket();
                receiver.responded(new Response(SWITCHING_PROTOCOLS, headers(response), new byte[0]));
                var begun = new RelayedStream(new Call() {
                    @Override
                    public void write(byte[] bytes) {
                        receiver.data(bytes);
                    }

                    @Override
                    public void consumed(int bytes) {
                        receiver.consumed(bytes);
                    }

                    @Override
                    public void end() {
                        ended();
                    }
                }, CLOSE_TIMEOUT);
                stream = begun;
                begun.attach(socket);
                return;
            }
            response.body().onSuccess(body -> {
                if (!over) {
                    over = true;
                    receiver.responded(
                            new Response(response.statusCode(), headers(response), body.getBytes()));
                }
            }).onFailure(failure -> ended());
        }

        private static List<Header> headers(HttpClientResponse response) {
            var headers = new ArrayList<Header>();
            response.headers().forEach((name, value) -> headers.add(new Header(name, value)));
            return headers;
        }

        private void ended() {
            if (!over) {
                over = true;
                receiver.ended();
            }
        }

        @Override
        public void write(byte[] bytes) {
            context.runOnContext(run -> {
                if (stream != null) {
                    stream.data(bytes);
                }
            });
        }

        @Override
        public void consumed(int bytes) {
            context.runOnContext(run -> {
                if (stream != null) {
                    stream.consumed(bytes);
                }
            });
        }

        @Override
        public void end() {
            context.runOnContext(run -> {
                over = true;
                if (stream != null) {
                    stream.ended();
                } else if (sent != null) {
                    Answers.ignore(sent.reset());
                }
            });
        }
    }
}

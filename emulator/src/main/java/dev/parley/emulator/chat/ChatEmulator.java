package dev.parley.emulator.chat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Emulates a service with an OpenAI-compatible endpoint on a port: {@code POST …/chat/completions} and {@code GET …/models}, under any path.
 * Thread-safe. Keeps the last {@value #KEPT} requests.
 *
 * <p>
 * Rejects a request as the service does: 401 without the key, 404 for an unknown model or path, 400 for a body that is no request, 413 for
 * one of more than 8 MB.
 */
public final class ChatEmulator implements AutoCloseable {

    static final int KEPT = 1_000;
    private static final int MAX_BODY = 8_000_000;
    private static final long SECONDS = 10;

    private final ChatEmulatorOptions options;
    private final ChatScript script;
    private final Vertx vertx;
    private final HttpServer server;
    private final ArrayDeque<ChatRequest> requests = new ArrayDeque<>();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private volatile List<ChatFault> faults;

    private ChatEmulator(ChatEmulatorOptions options, ChatScript script) {
        this.options = options;
        this.script = script;
        faults = options.faults();
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
        server = vertx.createHttpServer()
                .connectionHandler(_connection -> connected.incrementAndGet())
                .requestHandler(this::handle);
    }

    /**
     * Starts the emulator; returns once it listens.
     *
     * @throws IllegalStateException if it cannot listen, for example because the port is in use
     */
    public static ChatEmulator start(ChatEmulatorOptions options, ChatScript script) {
        var emulator = new ChatEmulator(options, script);
        try {
            emulator.server.listen(options.port(), options.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
            return emulator;
        } catch (ExecutionException | TimeoutException failed) {
            emulator.close();
            throw new IllegalStateException("Cannot listen on " + options.host() + " port " + options.port()
                    + ". Choose another with --port.");
        } catch (InterruptedException _interrupted) {
            emulator.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting");
        }
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Returns the base of its addresses, to which {@code /chat/completions} is added. */
    public String url() {
        return "http://" + options.host() + ":" + port() + "/v1";
    }

    /** Returns the last requests for completions, oldest first, those that were refused included. */
    public List<ChatRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** Returns the number of responses that have begun and not ended. */
    public int open() {
        return open.get();
    }

    /** Returns the number of responses that ended because the client left. */
    public int abandoned() {
        return abandoned.get();
    }

    /** Returns the number of connections since the start. */
    public int connections() {
        return connected.get();
    }

    /** Replaces the faults to inject from now on; requests are still numbered from the start. */
    public void faults(List<ChatFault> wanted) {
        faults = List.copyOf(wanted);
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _failed) {
            return; // its threads end with the program
        } catch (InterruptedException _interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpServerRequest request) {
        boolean chat = request.path().endsWith("/chat/completions")
                && request.method().equals(HttpMethod.POST);
        if (request.path().endsWith("/models") && request.method().equals(HttpMethod.GET)) {
            json(request.response(), 200, ChatJson.models(List.copyOf(options.models())));
        } else if (!chat) {
            refuse(request.response(), 404, "Unknown request URL.", "unknown_url");
        } else {
            var body = Buffer.buffer();
            request.handler(piece -> {
                if (body.length() <= MAX_BODY) {
                    body.appendBuffer(piece);
                }
            });
            request.endHandler(_end -> {
                if (body.length() > MAX_BODY) {
                    refuse(request.response(), 413, "The request is too large.", "request_too_large");
                } else {
                    String authorization = request.getHeader("authorization");
                    ChatRequest.parse(body.toString(), authorization == null ? "" : authorization)
                            .ifPresentOrElse(parsed -> answer(parsed, request),
                                    () -> refuse(request.response(), 400,
                                            "The body is no request for a completion.", "invalid_body"));
                }
            });
        }
    }

    private void answer(ChatRequest request, HttpServerRequest http) {
        int number = received.incrementAndGet();
        synchronized (requests) {
            if (requests.size() == KEPT) {
                requests.removeFirst();
            }
            requests.add(request);
        }
        List<ChatFault> mine = faults.stream().filter(fault -> fault.hits(number)).toList();
        HttpServerResponse response = http.response();
        if (!options.key().isEmpty() && !request.authorization().equals("Bearer " + options.key())) {
            refuse(response, 401, "Incorrect API key provided.", "invalid_api_key");
        } else if (!options.models().isEmpty() && !options.models().contains(request.model())) {
            refuse(response, 404, "The model `" + request.model() + "` does not exist.", "model_not_found");
        } else if (!refused(mine, request, http)) {
            ChatReply reply = script.reply(request, number);
            var json = new ChatJson("chatcmpl-" + number, request.model(), Instant.now().getEpochSecond());
            if (request.stream()) {
                stream(new ChatStream(vertx, response, options, mine, request, reply, json), response);
            } else {
                json(response, 200, json.whole(request, reply));
            }
        }
    }

    private void stream(ChatStream stream, HttpServerResponse response) {
        open.incrementAndGet();
        var ended = new AtomicBoolean();
        response.endHandler(_end -> {
            if (ended.compareAndSet(false, true)) {
                open.decrementAndGet();
            }
        });
        response.closeHandler(_closed -> {
            if (ended.compareAndSet(false, true)) {
                open.decrementAndGet();
                if (!stream.broken()) {
                    abandoned.incrementAndGet();
                }
            }
        });
        stream.begin();
    }

    /** Performs a fault in place of a response, and returns whether there was one. The error quotes the prompt, as some services do. */
    private static boolean refused(List<ChatFault> faults, ChatRequest request, HttpServerRequest http) {
        Optional<ChatFault> fault = faults.stream()
                .filter(one -> one.kind() == ChatFault.Kind.STATUS || one.kind() == ChatFault.Kind.DROP
                        || one.kind() == ChatFault.Kind.REDIRECT)
                .findFirst();
        fault.ifPresent(one -> {
            HttpServerResponse response = http.response();
            switch (one.kind()) {
                case DROP -> {
                    var unused = http.connection().close();
                }
                case REDIRECT -> {
                    var unused = response.setStatusCode(307).putHeader("location", one.detail()).end();
                }
                case STATUS, CUT, END, STALL, MALFORMED, REPEAT, NO_USAGE -> {
                    if (!one.retryAfter().isEmpty()) {
                        response.putHeader("retry-after", one.retryAfter());
                    }
                    refuse(response, one.status(), "A fault that was asked for, at: " + request.last("user"),
                            code(one.status()));
                }
            }
        });
        return fault.isPresent();
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 404 -> "model_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> status >= 500 ? "server_error" : "invalid_request";
        };
    }

    private static void refuse(HttpServerResponse response, int status, String message, String code) {
        String type = status == 429 ? "requests" : status >= 500 ? "server_error" : "invalid_request_error";
        json(response, status, ChatJson.error(message, type, code));
    }

    private static void json(HttpServerResponse response, int status, String json) {
        var unused = response.setStatusCode(status).putHeader("content-type", "application/json").end(json);
    }
}

package dev.parley.emulator;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Emulates the service on a port. Thread-safe.
 *
 * <p>
 * Rejects a request as the service does: 464 over HTTP/1.1 (the response of its load balancer), 403 without a valid signature, 404 for
 * another path, 429 when too many streams are open.
 */
public final class Emulator implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/model/([^/]+)/invoke-with-bidirectional-stream");
    private static final long SECONDS = 10;
    private static final int CONNECTION_WINDOW = 16 << 20;

    private final EmulatorOptions options;
    private final Mind.Factory minds;
    private final Vertx vertx;
    private final HttpServer server;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger connected = new AtomicInteger();
    private volatile List<Fault> faults;

    private Emulator(EmulatorOptions options, Mind.Factory minds) {
        this.options = options;
        this.minds = minds;
        this.faults = options.faults();
        this.vertx = Vertx.vertx(new VertxOptions().setFileSystemOptions(
                new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.server = vertx.createHttpServer(http(options))
                .connectionHandler(_connection -> connected.incrementAndGet())
                .requestHandler(this::handle);
    }

    /**
     * Starts the emulator; returns once it listens.
     *
     * @throws IllegalStateException if it cannot listen, for example because the port is in use
     */
    public static Emulator start(EmulatorOptions options, Mind.Factory minds) {
        var emulator = new Emulator(options, minds);
        try {
            emulator.server.listen(options.port(), options.host())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
            return emulator;
        } catch (ExecutionException | TimeoutException failed) {
            emulator.close();
            throw new IllegalStateException(failed.getCause() == null ? cannot(options, "it took too long")
                    : why(options, failed.getCause()));
        } catch (InterruptedException _interrupted) {
            emulator.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while starting");
        }
    }

    private static String why(EmulatorOptions options, Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        if (text.contains("in use")) {
            return "Port " + options.port() + " is already in use. Choose another with --port.";
        } else if (text.contains("Permission denied")) {
            return "Port " + options.port()
                    + " is reserved for privileged users. Choose one above 1023 with --port.";
        } else if (cause instanceof UnknownHostException || text.contains("assign requested address")) {
            return "Host \"" + options.host()
                    + "\" is not an address of this machine. Choose another with --host.";
        }
        return cannot(options, text);
    }

    private static String cannot(EmulatorOptions options, String why) {
        return "Cannot listen on " + options.host() + " port " + options.port() + ": " + why;
    }

    private static HttpServerOptions http(EmulatorOptions options) {
        var http = new HttpServerOptions().setHttp2ClearTextEnabled(true)
                .setTcpNoDelay(true)
                // A stream that is not read must not block the other streams of its connection.
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW);
        options.keystore()
                .ifPresent(file -> http.setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(file.toString()).setPassword(options.password())));
        return http;
    }

    /** Returns the port on which it listens. */
    public int port() {
        return server.actualPort();
    }

    /** Returns the number of open streams. */
    public int openStreams() {
        return open.get();
    }

    /** Returns the number of streams since the start. */
    public int streams() {
        return opened.get();
    }

    /** Returns the number of connections since the start. */
    public int connections() {
        return connected.get();
    }

    /** Replaces the faults to inject from now on; streams are still numbered from the start. */
    public void faults(List<Fault> wanted) {
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
        if (request.version() != HttpVersion.HTTP_2) {
            request.response().setStatusCode(464).end();
            return;
        }
        var path = PATH.matcher(request.path());
        if (!path.matches() || !request.method().equals(HttpMethod.POST)) {
            refuse(request, 404, "UnknownOperationException", "");
            return;
        }
        if (URLDecoder.decode(path.group(1), StandardCharsets.UTF_8).isBlank()) {
            refuse(request, 404, "ResourceNotFoundException", "The model is not found.");
            return;
        }
        var checked = Signatures.check(
                new Signatures.Request(request.path(), authority(request),
                        name -> String.join(",", request.headers().getAll(name))),
                options.secrets(), Instant.now());
        if (checked.refusal().isPresent()) {
            var refusal = checked.refusal().get();
            refuse(request, 403, refusal.type(), refusal.message());
            return;
        }
        int number = opened.incrementAndGet();
        List<Fault> mine = faults.stream().filter(fault -> fault.hits(number)).toList();
        Optional<Fault> status = mine.stream().filter(fault -> fault.kind() == Fault.Kind.STATUS).findFirst();
        if (status.isPresent()) {
            int code = Integer.parseInt(status.get().detail());
            refuse(request, code, named(code), "A fault that was asked for.");
        } else if (open.incrementAndGet() > options.maxStreams()) {
            open.decrementAndGet();
            refuse(request, 429, "ThrottlingException",
                    "Too many requests, please wait before trying again.");
        } else {
            new ServiceStream(vertx.getOrCreateContext(), request, checked.signatures().orElseThrow(),
                    options, mine, open::decrementAndGet).begin(minds);
        }
    }

    private static String authority(HttpServerRequest request) {
        var authority = request.authority();
        return authority == null ? "" : authority.toString();
    }

    private static String named(int status) {
        return switch (status) {
            case 400 -> "ValidationException";
            case 403 -> "AccessDeniedException";
            case 404 -> "ResourceNotFoundException";
            case 408 -> "ModelTimeoutException";
            case 424 -> "ModelErrorException";
            case 429 -> "ThrottlingException";
            case 500 -> "InternalServerException";
            case 503 -> "ServiceUnavailableException";
            default -> "";
        };
    }

    private static void refuse(HttpServerRequest request, int status, String type, String message) {
        var answer = request.response().setStatusCode(status).putHeader("content-type", "application/json");
        if (!type.isEmpty()) {
            answer.putHeader("x-amzn-errortype", type);
        }
        var unused = answer.end("{\"message\":\"" + message + "\"}");
    }
}

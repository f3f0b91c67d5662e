package dev.parley.server.http;

import dev.parley.server.http.header.ListHeader;
import dev.parley.server.http.response.Answers;
import dev.parley.server.http.response.Compression;
import dev.parley.server.http.response.PollResponseTimeout;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.Deflater;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the browser's client, which is packed into this jar, from memory, plain or compressed. A file is read and compressed once, at its
 * first request, on a thread of its own. Safe from any event loop.
 */
final class ClientScript {
    private static final Logger LOG = LoggerFactory.getLogger(ClientScript.class);
    private static final Set<String> NAMES = Set.of("socket.io.js", "socket.io.min.js",
            "socket.io.esm.min.js", "socket.io.msgpack.min.js", "socket.io.js.map", "socket.io.min.js.map",
            "socket.io.esm.min.js.map", "socket.io.msgpack.min.js.map");

    private final ConcurrentMap<String, Optional<Script>> scripts = new ConcurrentHashMap<>();
    private final Compression compression;
    private final PollResponseTimeout responseTimeout;

    /**
     * Creates the script handler, which reads no file yet.
     *
     * @param compression     minimum size of a file that is compressed with gzip
     * @param responseTimeout closes connections that do not take a file
     */
    ClientScript(Compression compression, PollResponseTimeout responseTimeout) {
        this.compression = compression;
        this.responseTimeout = responseTimeout;
    }

    /**
     * Responds to a request for one of the files.
     *
     * @param path the rest of the request's path after the server's, with its slash
     * @return false when the request is for none of them
     */
    boolean serve(HttpServerRequest request, String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        if (!reads || !NAMES.contains(name)) {
            return false;
        }
        var known = scripts.get(name);
        if (known != null) {
            send(request, name, known);
        } else {
            var context = Vertx.currentContext();
            Thread.ofVirtual().name("parley-script").start(() -> {
                var loaded = loaded(name);
                try {
                    context.runOnContext(back -> send(request, name, loaded));
                } catch (RejectedExecutionException e) {
                    // The HTTP server has stopped meanwhile, and nobody waits any more.
                    LOG.debug("The client script was read for nobody");
                }
            });
        }
        return true;
    }

    private Optional<Script> loaded(String name) {
        try {
            return scripts.computeIfAbsent(name, ClientScript::load);
        } catch (UncheckedIOException e) {
            LOG.error("The client script could not be read", e);
            return Optional.empty();
        }
    }

    private void send(HttpServerRequest request, String name, Optional<Script> loaded) {
        if (loaded.isEmpty()) {
            Answers.status(request.response(), 404);
            return;
        }
        var script = loaded.get();
        boolean zipped = compression.coding(script.plain().length(),
                ListHeader.joined(request.headers(), "Accept-Encoding")) == Compression.Coding.GZIP;
        var body = zipped ? script.zipped() : script.plain();
        var response = request.response();
        // RFC 9110, section 8.8.3.3: two codings of one file are not the same bytes, and have not the same tag.
        response.putHeader("ETag", "\"" + script.hash() + (zipped ? "-gzip\"" : "\""))
                .putHeader("Cache-Control", "public, max-age=0");
        response.headers().add("Vary", "Accept-Encoding");
        String has = ListHeader.joined(request.headers(), "If-None-Match");
        if (has != null && has.contains(script.hash())) {
            Answers.status(response, 304);
            return;
        }
        if (zipped) {
            response.putHeader("Content-Encoding", Compression.Coding.GZIP.text());
        }
        response.putHeader("Content-Type",
                (name.endsWith(".map") ? "application/json" : "application/javascript") + "; charset=utf-8");
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader("Content-Length", Integer.toString(body.length()));
            Answers.ignore(response.end());
        } else {
            var loop = ((ContextInternal) Vertx.currentContext()).nettyEventLoop();
            responseTimeout.watch(request, loop, response.end(body), outcome -> {});
        }
    }

    private static Optional<Script> load(String name) {
        try (var in = ClientScript.class.getResourceAsStream("/dev/parley/server/browser/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            byte[] zipped = Compression.compress(Compression.Coding.GZIP, bytes, Deflater.BEST_COMPRESSION);
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Optional.of(new Script(Buffer.buffer(bytes), Buffer.buffer(zipped),
                    HexFormat.of().formatHex(digest, 0, 12)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One file. Its buffers are sent to many clients and never changed. */
    private record Script(Buffer plain, Buffer zipped, String hash) {}
}

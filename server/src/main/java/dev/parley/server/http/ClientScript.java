package dev.parley.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Serves the browser's client, packed into our jar, from memory. Safe from any thread. */
final class ClientScript {
    private static final Set<String> NAMES = Set.of("socket.io.js", "socket.io.min.js",
            "socket.io.esm.min.js", "socket.io.msgpack.min.js", "socket.io.js.map", "socket.io.min.js.map",
            "socket.io.esm.min.js.map", "socket.io.msgpack.min.js.map");

    private final ConcurrentMap<String, Optional<Part>> parts = new ConcurrentHashMap<>();

    /**
     * Answers a request for one of the files.
     *
     * @param path what follows the server's path, with its slash
     * @return false when it is for none of them
     */
    boolean serve(HttpServerRequest request, String path) {
        String name = path.startsWith("/") ? path.substring(1) : path;
        boolean reads = HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
        if (!reads || !NAMES.contains(name)) {
            return false;
        }
        var part = parts.computeIfAbsent(name, ClientScript::load);
        if (part.isEmpty()) {
            return false;
        }
        send(request, name, part.get());
        return true;
    }

    private static void send(HttpServerRequest request, String name, Part part) {
        var response = request.response();
        response.putHeader("ETag", part.etag()).putHeader("Cache-Control", "public, max-age=0");
        String known = request.getHeader("If-None-Match");
        if (known != null && known.contains(part.etag())) {
            Answers.status(response, 304);
            return;
        }
        response.putHeader("Content-Type",
                (name.endsWith(".map") ? "application/json" : "application/javascript") + "; charset=utf-8");
        if (HttpMethod.HEAD.equals(request.method())) {
            response.putHeader("Content-Length", Integer.toString(part.body().length()));
            Answers.ignore(response.end());
        } else {
            Answers.ignore(response.end(part.body()));
        }
    }

    private static Optional<Part> load(String name) {
        try (var in = ClientScript.class.getResourceAsStream("/dev/parley/server/browser/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Optional.of(
                    new Part(Buffer.buffer(bytes), "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Part(Buffer body, String etag) {}
}

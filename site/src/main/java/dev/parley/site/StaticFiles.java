package dev.parley.site;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Serves the files of the page from a folder of the class path. Each file is read once and kept in memory. Browsers revalidate at each
 * request and get 304 for an unchanged file. Thread-safe.
 */
final class StaticFiles {

    /** No part of a name begins with a dot, so that no path leaves the folder. */
    private static final Pattern NAME = Pattern.compile("(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}){1,6}");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"), Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"), Map.entry("json", "application/json"),
            Map.entry("map", "application/json"), Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"), Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"), Map.entry("wasm", "application/wasm"),
            Map.entry("woff2", "font/woff2"));

    private final String folder;
    private final Map<String, File> files = new ConcurrentHashMap<>();

    /** @param folder on the class path, without slashes around it */
    StaticFiles(String folder) {
        this.folder = folder;
    }

    /** A file with its content type and entity tag. */
    record File(byte[] content, String type, String tag) {

        void send(HttpServerRequest request) {
            HttpServerResponse response = request.response()
                    .putHeader("ETag", tag)
                    .putHeader("Cache-Control", "no-cache");
            boolean held = request.headers()
                    .getAll("If-None-Match")
                    .stream()
                    .anyMatch(tags -> tags.contains(tag));
            if (held) {
                response.setStatusCode(304).end();
            } else {
                StaticFiles.end(request, response.putHeader("Content-Type", type), content);
            }
        }
    }

    /** Sends the body; for HEAD only its length. */
    static void end(HttpServerRequest request, HttpServerResponse response, byte[] body) {
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length)).end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    Optional<File> find(String path) {
        String name = path.endsWith("/") ? path + "index.html" : path;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        File known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<File> read = read(name, type);
        read.ifPresent(file -> files.put(name, file));
        return read;
    }

    /** Reads a file from the jar. This may run on an event loop: it is a few kilobytes, once per file. */
    private Optional<File> read(String name, String type) {
        try (InputStream in = StaticFiles.class.getClassLoader().getResourceAsStream(folder + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] content = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Optional.of(new File(content, type, '"' + HexFormat.of().formatHex(digest, 0, 12) + '"'));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Headers;
import dev.parley.doctor.wire.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The cookies of one session, as a browser would keep them for one site. Thread-safe. */
final class Jar {
    private static final int LIMIT = 50;

    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    void keep(Headers headers) {
        for (String cookie : headers.all("set-cookie")) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0 && cookies.size() < LIMIT) {
                cookies.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
            }
        }
    }

    Request on(Request request) {
        return cookies.isEmpty() ? request
                : request.with("Cookie",
                        cookies.entrySet()
                                .stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }
}

package dev.parley.doctor.session;

import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.wire.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Stores the cookies of one session, as a browser does for one site: at most {@value #LIMIT}. Thread-safe. */
public final class CookieJar {
    private static final int LIMIT = 50;

    private final Map<String, String> cookies = new ConcurrentHashMap<>();

    public void store(HttpHeaders headers) {
        for (String cookie : headers.all("set-cookie")) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0 && cookies.size() < LIMIT) {
                cookies.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
            }
        }
    }

    public Request addTo(Request request) {
        return cookies.isEmpty() ? request
                : request.with("Cookie",
                        cookies.entrySet()
                                .stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
    }
}

package dev.parley.spring;

import dev.parley.server.ServerListener;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the property that is missing when a page of the application's own host is refused, once for each origin and for at most {@value
 * #MAX_ORIGINS} of them. Thread-safe; called on event loops.
 */
final class MissingOriginLog implements ServerListener {
    static final int MAX_ORIGINS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(MissingOriginLog.class);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    // Strict: the text comes from a client and is logged.
    private static final Pattern ORIGIN = Pattern.compile(
            "(?<scheme>https?)://(?<host>[a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(:(?<port>[0-9]{1,5}))?");

    private final Set<String> allowed;
    private final IntSupplier webPort;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /**
     * Begins with nothing logged.
     *
     * @param allowed origins that are allowed already
     * @param webPort returns the port of the application's web server; negative when it has none
     */
    MissingOriginLog(Set<String> allowed, IntSupplier webPort) {
        this.allowed = allowed;
        this.webPort = webPort;
    }

    @Override
    public void refused(Refusal refusal) {
        warning(refusal).ifPresent(LOG::warn);
    }

    /** Returns the line to log; empty when the page is a stranger's, or its origin was logged before. */
    Optional<String> warning(Refusal refusal) {
        String origin = refusal.origin().toLowerCase(Locale.ROOT);
        if (!refusal.why().equals(Refusal.WRONG_ORIGIN) || logged.size() >= MAX_ORIGINS
                || !isOwn(origin, refusal.host()) || !logged.add(origin)) {
            return Optional.empty();
        }
        var all = new LinkedHashSet<>(allowed);
        all.add(origin);
        return Optional.of("parley.allowed-origins=%s is missing: the page of %s was refused."
                .formatted(String.join(",", all), origin));
    }

    private boolean isOwn(String origin, String requestHost) {
        var parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return false;
        }
        String host = parts.group("host");
        if (host.equals(withoutPort(requestHost.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        int defaultPort = parts.group("scheme").equals("https") ? 443 : 80;
        int port = parts.group("port") == null ? defaultPort : Integer.parseInt(parts.group("port"));
        return LOOPBACK.contains(host) && port == webPort.getAsInt();
    }

    private static String withoutPort(String host) {
        int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
        return end <= 0 ? host : host.substring(0, end);
    }
}

package dev.parley.doctor;

import dev.parley.doctor.session.Target;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.protocol.engine.EngineQuery;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Parses the URL and the options that describe the target. Throws IllegalArgumentException with a message for the user. */
final class TargetParser {
    private static final int HIGHEST_PORT = 65_535;
    /** Headers that the doctor sets itself. */
    private static final Pattern OWN = Pattern
            .compile("(?i)connection|content-length|transfer-encoding|upgrade|sec-websocket-.*");
    private static final Pattern NAMED = Pattern.compile("(?<name>[^@:\\[\\]]+)(?::(?<port>\\d{1,5}))?");
    private static final Pattern NAME = Pattern
            .compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\\.?");
    private static final Set<String> OURS = Set.of(EngineQuery.REVISION, EngineQuery.TRANSPORT,
            EngineQuery.SID, EngineQuery.STAMP, EngineQuery.BASE64);

    /** Paths that are read as the path of Socket.IO. */
    private static final String SERVED = ".*/(socket|engine)\\.io/?";

    private TargetParser() {}

    /** Host and port of a URL. {@link URI} rejects host names with underscores or non-ASCII letters. */
    private record Place(URI url, String host, int port) {}

    /** The options of the command line that describe the target. */
    record Arguments(String url, @Nullable String path, String namespace, List<String> headers,
            @Nullable String origin, @Nullable String auth) {}

    /**
     * The meaning of the arguments.
     *
     * @param other another reading of the same URL
     */
    record Readings(Target first, Optional<Target> other) {}

    /**
     * Returns the target. A path such as {@code /chat} may be a namespace, as in {@code io(url)} of the client, or the path of Socket.IO: then
     * there are two.
     */
    static Readings readings(Arguments typed) {
        Place place = place(typed.url());
        String own = path(place.url());
        boolean ambiguous = typed.path() == null && !own.isEmpty() && !own.matches(SERVED);
        if (!ambiguous) {
            return new Readings(read(typed), Optional.empty());
        }
        var asPath = read(new Arguments(withoutPath(place.url()), own, typed.namespace(), typed.headers(),
                typed.origin(), typed.auth()));
        String namespace = own.replaceFirst("/+$", "");
        if (!typed.namespace().equals("/") || namespace.isEmpty()) {
            return new Readings(asPath, Optional.empty());
        }
        var asNamespace = read(new Arguments(withoutPath(place.url()), null, namespace, typed.headers(),
                typed.origin(), typed.auth()));
        return new Readings(asNamespace, Optional.of(asPath));
    }

    private static String withoutPath(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority()
                + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    }

    private static String path(URI url) {
        // As it is sent: with escapes.
        String path = URI.create(url.toASCIIString()).getRawPath();
        return path == null || path.equals("/") ? "" : path;
    }

    static Target read(Arguments typed) {
        Place place = place(typed.url());
        URI url = place.url();
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https") || scheme.equals("wss");
        int port = place.port() > 0 ? place.port() : tls ? 443 : 80;
        String host = place.host().replaceAll("^\\[|]$", "");
        return new Target(new ServerAddress(host, port, tls), path(url, typed.path()),
                namespace(typed.namespace()), query(url), headers(typed.headers()),
                Optional.ofNullable(typed.origin()).map(TargetParser::origin),
                Optional.ofNullable(typed.auth()).map(TargetParser::auth));
    }

    /** Returns the URL without what is pasted with it: spaces, quotes and brackets around it, a missing slash. */
    static String tidy(String typed) {
        return typed.strip()
                .replaceFirst("^[\"'<\u201c\u2018`]+", "")
                .replaceFirst("[\"'>\u201d\u2019`]+$", "")
                .strip()
                .replaceFirst("(?i)^(https?|wss?):/+(?=[^/])", "$1://")
                .replaceFirst("(?i)^(https?|wss?)//(?=[^/])", "$1://");
    }

    private static Place place(String typed) {
        String text = tidy(typed);
        try {
            var url = new URI(text.contains("://") ? text : "http://" + text);
            var place = place(url);
            boolean port = place.port() == -1 || (place.port() > 0 && place.port() <= HIGHEST_PORT);
            if (!place.host().isEmpty() && url.getScheme().matches("(?i)https?|wss?")
                    && url.getUserInfo() == null && port) {
                return place;
            }
        } catch (URISyntaxException _notOne) {
            // Reported below.
        }
        // Omits possible passwords and tokens.
        String shown = text.replaceFirst("[?#].*", "?…").replaceFirst("^(\\w+://)?[^/@]*@", "$1…@");
        throw new IllegalArgumentException("URL reads like https://talk.example.org, not \"" + shown + "\""
                + (shown.contains("…@")
                        ? "; give a name and a password with --header \"Authorization: Basic …\""
                        : ""));
    }

    private static Place place(URI url) {
        if (url.getHost() != null) {
            return new Place(url, url.getHost(), url.getPort());
        }
        var named = NAMED.matcher(String.valueOf(url.getRawAuthority()));
        if (!named.matches()) {
            return new Place(url, "", -1);
        }
        String port = named.group("port");
        return new Place(url, name(named.group("name")), port == null ? -1 : Integer.parseInt(port));
    }

    /** Returns the name in DNS form; empty if it is invalid. */
    private static String name(String typed) {
        try {
            String name = IDN.toASCII(typed).toLowerCase(Locale.ROOT);
            return NAME.matcher(name).matches() ? name : "";
        } catch (IllegalArgumentException _noName) {
            return "";
        }
    }

    private static String path(URI url, @Nullable String option) {
        String own = path(url);
        if (option != null && !own.isEmpty()) {
            throw new IllegalArgumentException("the URL has a path and --path is set; use one of them");
        }
        String path = option != null ? option : own.isEmpty() ? "/socket.io/" : own;
        if (!path.matches("/[\\x21-\\x7e]*") || path.contains("?") || path.contains("#")) {
            throw new IllegalArgumentException("--path starts with / and is plain, such as /socket.io/");
        }
        return path;
    }

    private static String namespace(String text) {
        if (!text.matches("/[^,?\\s]*")) {
            throw new IllegalArgumentException("--namespace starts with / and has no comma, such as /chat");
        }
        return text;
    }

    private static List<String> query(URI url) {
        var pairs = new ArrayList<String>();
        if (url.getRawQuery() != null) {
            for (String pair : url.getRawQuery().split("&", -1)) {
                if (!pair.isEmpty() && !OURS.contains(pair.replaceFirst("=.*", ""))) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private static Map<String, String> headers(List<String> lines) {
        var headers = new LinkedHashMap<String, String>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            // Omits the line, which may contain a token.
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !value.matches("[\\x20-\\x7e]*")) {
                throw new IllegalArgumentException("--header reads like \"Authorization: Bearer …\"");
            }
            if (OWN.matcher(name).matches()) {
                throw new IllegalArgumentException("--header: " + name + " is set by the doctor");
            }
            if (name.equalsIgnoreCase("Origin")) {
                throw new IllegalArgumentException("--header: give the origin with --origin");
            }
            headers.merge(name, value,
                    (one, other) -> one + (name.equalsIgnoreCase("Cookie") ? "; " : ", ") + other);
        }
        return headers;
    }

    private static String origin(String text) {
        if (!text.matches("(?i)https?://[^/\\s]+")) {
            throw new IllegalArgumentException(
                    "--origin reads like https://your.page, without a path, not \"" + text + "\"");
        }
        return text;
    }

    private static String auth(String text) {
        try (var parser = JsonMapper.shared().createParser(text)) {
            if (JsonMapper.shared().readTree(parser).isObject()) {
                return text;
            }
        } catch (JacksonException _notJson) {
            // Reported below, without the text, which is secret.
        }
        throw new IllegalArgumentException("--auth is a JSON object, such as {\"token\":\"…\"}");
    }
}

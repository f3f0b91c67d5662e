package dev.parley.server.http.websocket;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses one of the subprotocols that a client offers in its WebSocket handshake: RFC 6455, section 4.2.2. Any thread. */
public record Subprotocols(Function<List<String>, Optional<String>> rule) {
    private static final Logger LOG = LoggerFactory.getLogger(Subprotocols.class);
    private static final String HEADER = "Sec-WebSocket-Protocol";
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
    private static final int MAX_OFFERED = 64;

    /** Adds the chosen subprotocol to the response; none if none was offered or chosen, or one that was not offered. */
    void choose(MultiMap request, MultiMap response) {
        var offered = offered(request.getAll(HEADER));
        if (!offered.isEmpty()) {
            chosen(offered).ifPresent(chosen -> response.set(HEADER, chosen));
        }
    }

    /** Returns the offered subprotocols that are tokens. Others are ignored, so that they cannot come back in a response. */
    private static List<String> offered(List<String> lines) {
        List<String> offered = new ArrayList<>(2);
        for (String line : lines) {
            for (String element : line.split(",", -1)) {
                String name = element.strip();
                if (TOKEN.matcher(name).matches() && !offered.contains(name)
                        && offered.size() < MAX_OFFERED) {
                    offered.add(name);
                }
            }
        }
        return List.copyOf(offered);
    }

    private Optional<String> chosen(List<String> offered) {
        try {
            var chosen = rule.apply(offered);
            if (chosen.isPresent() && !offered.contains(chosen.get())) {
                LOG.warn("The application chose a subprotocol that the client did not offer: none is used");
                return Optional.empty();
            }
            return chosen;
        } catch (Throwable e) {
            // Whatever it was: the client would wait for its response for ever.
            LOG.error("The application could not choose a subprotocol: none is used", e);
            return Optional.empty();
        }
    }
}

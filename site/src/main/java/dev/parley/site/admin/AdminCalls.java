package dev.parley.site.admin;

import dev.parley.access.SignedText;
import dev.parley.server.Event;
import dev.parley.server.Namespace;
import dev.parley.server.RefusedException;
import dev.parley.server.SocketIoServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lets the admin page of one server ask another server of the cluster. The calls are events between servers, in a namespace that no client joins;
 * each is signed, and valid for half a minute. Thread-safe; no method blocks.
 */
public final class AdminCalls {

    private static final Logger LOG = LoggerFactory.getLogger(AdminCalls.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMESPACE = "/parley-admin";
    private static final String EVENT = "call";
    private static final Duration VALID = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Namespace namespace;
    private final String self;
    private final SignedText signatures;
    private final InstantSource clock;

    /** The actions that can be asked for. */
    public enum Action {
        /** The state, as JSON. */
        STATE,
        /** To end the connection of the argument. */
        DISCONNECT,
        /** To drain. */
        DRAIN
    }

    /**
     * A call.
     *
     * @param node  the name of the server that is asked; empty for any
     * @param until when it is no longer valid, in milliseconds since 1970
     */
    public record Call(String node, Action action, String argument, long until) {}

    /**
     * Begins to listen to the other servers.
     *
     * @param self    the name of this server
     * @param handler performs a call; returns an empty text if there is nothing to say
     */
    public AdminCalls(SocketIoServer sockets, String self, SignedText signatures, InstantSource clock,
            Function<Call, String> handler) {
        this.self = self;
        this.signatures = signatures;
        this.clock = clock;
        this.namespace = sockets.of(NAMESPACE).use(socket -> {
            throw new RefusedException("servers only");
        }).onServerSide(EVENT, event -> event.ack(called(event, handler)));
    }

    /** Asks other servers, and returns the first that has something to say; empty if none has, or does within ten seconds. */
    public CompletableFuture<Optional<String>> ask(String node, Action action, String argument) {
        var call = new Call(node, action, argument, clock.instant().plus(VALID).toEpochMilli());
        return namespace.serverSideCallAsync(TIMEOUT, EVENT, signatures.sign(JSON.writeValueAsString(call)))
                .thenApply(replies -> replies.values(String.class)
                        .stream()
                        .filter(reply -> !reply.isEmpty())
                        .findFirst());
    }

    private String called(Event event, Function<Call, String> handler) {
        try {
            return signatures.verify(event.text(0))
                    .map(text -> JSON.readValue(text, Call.class))
                    .filter(call -> call.until() >= clock.millis())
                    .filter(call -> call.node().isEmpty() || call.node().equals(self))
                    .map(handler)
                    .orElse("");
        } catch (IllegalArgumentException | JacksonException malformed) {
            LOG.warn(
                    "A call of another server is not understood. Check that all servers have the same cluster-secret and clock.");
            return "";
        }
    }
}

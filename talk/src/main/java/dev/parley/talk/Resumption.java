package dev.parley.talk;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tracks what is needed to go on with a conversation after its connection is lost: the server's token, and the number of events received. Not
 * thread-safe: {@link TalkSession} guards it.
 */
final class Resumption {

    /** Events about the connection itself. */
    private static final Set<String> UNCOUNTED = Set.of("conversationMoved", "audioReceived");

    private String token = "";
    private long received;
    private boolean moved;
    private boolean awaited;
    private JsonNode offer = JsonMapper.shared().createObjectNode();

    /** Returns the argument of {@code initializeConnection}. The server's {@code conversation} is expected from now on. */
    ObjectNode request() {
        awaited = true;
        ObjectNode request = JsonMapper.shared().createObjectNode().put("replay", true);
        return token.isEmpty() ? request.put("resume", true)
                : request.put("resume", token).put("received", received);
    }

    /** Handles an event of the server. */
    void on(String event, JsonNode data) {
        if (event.equals("conversation")) {
            awaited = false;
            offer = data;
            token = data.path("token").asString("");
            received = data.path("from").asLong(0);
        } else if (!UNCOUNTED.contains(event)) {
            received++;
        }
        moved |= event.equals("conversationMoved");
    }

    /** Whether the server has offered a token, and nobody else has used it. */
    boolean isPossible() {
        return !token.isEmpty() && !moved;
    }

    /** Whether {@code conversation} has not arrived since the last request. */
    boolean isAwaited() {
        return awaited;
    }

    /** Returns the last {@code conversation}, or an empty object. */
    JsonNode offer() {
        return offer;
    }
}

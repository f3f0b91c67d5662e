package dev.parley.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.message.ClusterMessage.Broadcast;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.SocketDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** Any value that clients and applications can send is carried to other servers, or left out of its message. */
class HostileValuesTest {
    private static final String NAME = "x".repeat(50_001);

    private final PubSubFormat pubSub = new PubSubFormat("me", "/", MessageLimits.defaults());
    private final ClusterFormat cluster = new ClusterFormat("me", "/", MessageLimits.defaults());
    private final ClusterFormat other = new ClusterFormat("other", "/", MessageLimits.defaults());

    static Stream<String> objects() {
        return Stream.of("{\"" + NAME + "\":1}", "{\"\\ud800\":1}", "{\"a\":\"\\udc00\"}",
                "{\"\ud800\":\"\ud800\"}");
    }

    private static SocketDescription socket(String auth) {
        var handshake = JsonNodeFactory.instance.objectNode().put("auth", auth);
        return new SocketDescription("id", Values.jsonText(handshake), Set.of("id"), Map.of());
    }

    private static String auth(Optional<? extends ClusterMessage> message) {
        var sockets = ((ClusterMessage.Sockets) message.orElseThrow()).sockets();
        return Values.own(sockets.getFirst().handshake()).path("auth").asString();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("objects")
    void anAuthObjectOfAClientDoesNotEndTheResponse(String object) {
        var message = new ClusterMessage.Sockets("r", List.of(socket(object)));
        var read = Values.own(object);
        assertThat(Values.own(auth(pubSub.response(pubSub.response(message))))).isEqualTo(read);
        assertThat(
                Values.own(auth(other.decode(cluster.encode(message).orElseThrow()).map(Received::message))))
                .isEqualTo(read);
        assertThat(other.decode(cluster.messagePack(message).orElseThrow())).isPresent();
    }

    @Test
    void anAuthObjectThatCannotBeReadIsLeftOut() {
        var message = new ClusterMessage.Sockets("r", List.of(socket("{"), socket("{\"a\":1}")));
        var sockets = (ClusterMessage.Sockets) pubSub.response(pubSub.response(message)).orElseThrow();
        assertThat(sockets.sockets()).hasSize(2);
        assertThat(auth(Optional.of(sockets))).isEqualTo("{}");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("objects")
    void broadcastsOfAnyTextAreCarried(String object) {
        var event = new Broadcast(Arguments.of("[\"e\"," + object + "]"), BroadcastOptions.ALL);
        var tree = Values.own("[\"e\"," + object + "]");
        assertThat(event(other.decode(cluster.encode(event).orElseThrow()))).isEqualTo(tree);
        assertThat(event(other.decode(cluster.fields(event).orElseThrow()))).isEqualTo(tree);
        assertThat(pubSub.broadcast(pubSub.encode(event))).isPresent();
        var request = new ClusterMessage.ServerEvent(Arguments.of("[\"e\"," + object + "]"));
        var read = (ClusterMessage.ServerEvent) pubSub.request(pubSub.request(request).orElseThrow())
                .message();
        assertThat(Values.own(read.event().json())).isEqualTo(tree);
    }

    private static Object event(Optional<Received> received) {
        return Values.own(((Broadcast) received.orElseThrow().message()).event().json());
    }
}

package dev.parley.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The client's session against the server's, in memory: each effect of one side is an input of the other. */
class BothSidesTest {
    private static final SessionOptions OPTIONS = SessionOptions.defaults();

    private final Session server = new Session("s", TransportKind.POLLING, OPTIONS);
    private final ClientSession client = new ClientSession(new ClientSessionOptions(EngineRevision.V4,
            TransportKind.POLLING, true, Duration.ofSeconds(20), Duration.ofSeconds(1), 100));
    private final Queue<Runnable> network = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private int requests;

    @Test
    void handshakeMessagesUpgradeAndClose() {
        start();
        clientSends("one");
        serverSends("two");
        assertThat(seen).containsExactly("server got one", "client got two");
        assertThat(client.transport()).isEqualTo(TransportKind.POLLING);

        feed(new ClientInput.WebSocketOpened());
        deliverAll();
        assertThat(seen).endsWith("client upgraded", "server upgraded");
        assertThat(client.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(server.transport()).isEqualTo(TransportKind.WEBSOCKET);
        clientSends("three");
        serverSends("four");
        assertThat(seen).endsWith("server got three", "client got four");

        feed(new ClientInput.CloseRequested());
        deliverAll();
        assertThat(seen).endsWith("client closed io client disconnect", "server closed TRANSPORT_CLOSE");
    }

    @Test
    void heartbeatKeepsBothSidesOpen() {
        start();
        for (int i = 0; i < 100; i++) {
            now = now.plusSeconds(5);
            feed(new SessionInput.Tick());
            feed(new ClientInput.Tick());
            deliverAll();
        }
        clientSends("still here");
        // The WebSocket was never opened, so that its upgrade timed out.
        assertThat(seen).containsExactly("client failed to upgrade", "server got still here");
    }

    @Test
    void packetsSentDuringTheUpgradeArriveInOrder() {
        start();
        feed(new ClientInput.WebSocketOpened());
        var expected = new ArrayList<String>();
        for (int i = 0; i < 40; i++) {
            feed(new ClientInput.Send(List.of(new EnginePacket.Message("c" + i))));
            feed(new SessionInput.Send(List.of(new EnginePacket.Message("s" + i))));
            expected.add("server got c" + i);
            if (!network.isEmpty()) {
                network.remove().run();
            }
        }
        deliverAll();
        assertThat(seen).contains("client upgraded")
                .filteredOn(line -> line.startsWith("server got"))
                .isEqualTo(expected);
        assertThat(seen).filteredOn(line -> line.startsWith("client got"))
                .isEqualTo(
                        expected.stream().map(line -> line.replace("server got c", "client got s")).toList());
    }

    @Test
    void closeOfTheServerEndsTheClient() {
        start();
        feed(new SessionInput.CloseRequested(CloseReason.FORCED_CLOSE));
        deliverAll();
        assertThat(seen).containsExactly("server closed FORCED_CLOSE", "client failed to upgrade",
                "client closed transport close");
    }

    private void start() {
        feed(new SessionInput.Opened());
        feed(new ClientInput.Started());
        deliverAll();
    }

    private void clientSends(String text) {
        feed(new ClientInput.Send(List.of(new EnginePacket.Message(text))));
        deliverAll();
    }

    private void serverSends(String text) {
        feed(new SessionInput.Send(List.of(new EnginePacket.Message(text))));
        deliverAll();
    }

    private void deliverAll() {
        for (int steps = 0; !network.isEmpty(); steps++) {
            assertThat(steps).as("the two sides come to rest").isLessThan(10_000);
            network.remove().run();
        }
    }

    private void feed(ClientInput input) {
        client.on(input, now).forEach(this::perform);
    }

    private void feed(SessionInput input) {
        server.on(input, now).forEach(this::perform);
    }

    private void perform(ClientEffect effect) {
        switch (effect) {
            case ClientEffect.Poll poll -> {
                var request = new NamedRequest("poll " + requests++);
                network.add(() -> feed(new SessionInput.Polled(request)));
            }
            case ClientEffect.Post post -> {
                var request = new NamedRequest("post " + requests++);
                network.add(() -> {
                    feed(new SessionInput.PostStarted(request));
                    feed(new SessionInput.PostReceived(request, EngineCodec.encodePayload(post.packets())));
                });
            }
            case ClientEffect.OpenWebSocket open ->
                network.add(() -> feed(new SessionInput.WebSocketOffered(NamedRequest.UPGRADE)));
            case ClientEffect.Write write -> network.add(() -> {
                write.packets()
                        .forEach(packet -> feed(new SessionInput.TextReceived(EngineCodec.encode(packet))));
                feed(new ClientInput.Written());
            });
            case ClientEffect.CloseWebSocket close ->
                network.add(() -> feed(new SessionInput.WebSocketLost()));
            case ClientEffect.AbortWebSocket abort ->
                network.add(() -> feed(new SessionInput.WebSocketLost()));
            case ClientEffect.AbortPolling abort -> {}
            case ClientEffect.Opened opened -> {}
            case ClientEffect.Deliver deliver ->
                seen.add("client got " + ((EnginePacket.Message) deliver.packet()).text());
            case ClientEffect.Upgraded upgraded -> seen.add("client upgraded");
            case ClientEffect.UpgradeFailed failed -> seen.add("client failed to upgrade");
            case ClientEffect.Closed closed -> seen.add("client closed " + closed.why().reason());
            case ClientEffect.Wake wake -> {}
        }
    }

    private void perform(SessionEffect effect) {
        switch (effect) {
            case SessionEffect.RespondToPoll response -> {
                network.add(() -> feed(new SessionInput.ResponseSent(response.weight())));
                network.add(() -> feed(
                        new ClientInput.PollReceived(EngineCodec.encodePayload(response.packets()))));
            }
            case SessionEffect.RespondToPost response -> network.add(() -> feed(new ClientInput.PostSent()));
            case SessionEffect.RefusePoll refuse ->
                network.add(() -> feed(new ClientInput.PollFailed(new Lost(refuse.error().message()))));
            case SessionEffect.RefusePost refuse ->
                network.add(() -> feed(new ClientInput.PostFailed(new Lost(refuse.error().message()))));
            case SessionEffect.AcceptWebSocket accept -> {}
            case SessionEffect.TurnWebSocketAway turn ->
                network.add(() -> feed(new ClientInput.WebSocketLost(new Lost("turned away"))));
            case SessionEffect.RefuseWebSocket refuse ->
                network.add(() -> feed(new ClientInput.WebSocketLost(new Lost(refuse.error().message()))));
            case SessionEffect.Write write -> write.packets()
                    .forEach(packet -> network
                            .add(() -> feed(new ClientInput.TextReceived(EngineCodec.encode(packet)))));
            case SessionEffect.CloseWebSocket close ->
                network.add(() -> feed(new ClientInput.WebSocketLost(new Lost("transport close"))));
            case SessionEffect.Deliver deliver ->
                seen.add("server got " + ((EnginePacket.Message) deliver.packet()).text());
            case SessionEffect.Upgraded upgraded -> seen.add("server upgraded");
            case SessionEffect.Closed closed -> seen.add("server closed " + closed.reason());
            default -> {}
        }
    }

    private record Lost(String reason) implements ClientFailure.Transport {}
}

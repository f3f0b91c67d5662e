package dev.parley.cluster;

import dev.parley.client.ClientOptions;
import dev.parley.client.ReceivedEvent;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that joins rooms and keeps what it receives. It acknowledges with its name. */
final class TestClient implements AutoCloseable {
    final String id;
    private final SocketClient client;
    private final BlockingQueue<ReceivedEvent> events = new LinkedBlockingQueue<>();

    TestClient(URI server, String name, String... rooms) {
        client = new SocketClient(server, ClientOptions.defaults().withMode(TransportMode.WEBSOCKET));
        client.onAny(event -> {
            events.add(event);
            if (event.wantsAck() && !event.name().equals("silent")) {
                event.ack(name);
            }
        });
        client.connect();
        id = client.call("join", Duration.ofSeconds(60), List.of(rooms)).text(0);
    }

    /** The events that came before one of this name, as text. */
    List<String> until(String last) throws InterruptedException {
        var got = new ArrayList<String>();
        for (String next = next(); !next.startsWith(last); next = next()) {
            got.add(next);
        }
        return got;
    }

    /** The next event: its name and values, and its bytes in hexadecimal. */
    String next() throws InterruptedException {
        var event = events.poll(60, TimeUnit.SECONDS);
        if (event == null) {
            throw new IllegalStateException("no event came");
        }
        var text = new StringBuilder(event.name());
        for (int i = 0; i < event.values().size(); i++) {
            byte[] bytes = event.values().bytes(i);
            text.append(' ')
                    .append(bytes.length > 0 ? HexFormat.of().formatHex(bytes) : event.values().json(i));
        }
        return text.toString();
    }

    boolean connected() {
        return client.connected();
    }

    @Override
    public void close() {
        client.close();
    }

    static List<String> ids(TestClient... clients) {
        return Arrays.stream(clients).map(client -> client.id).toList();
    }
}

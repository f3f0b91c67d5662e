package dev.parley.bench.attack;

import dev.parley.bench.packet.PacketTexts;
import dev.parley.protocol.engine.EngineCodec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Large transfers by a client, or to a handler, that is slow: all must arrive, in order. */
public final class Transfer {
    private static final int PIECES = 100;
    private static final int DOWN = 1_000_000;
    private static final int UP = 64 * 1024;
    private static final long DOWN_PER_SECOND = 2_000_000;

    private Transfer() {}

    /** 100 events of 1 MB to a client that reads 2 MB a second; an empty string, or what was wrong. */
    public static String down(int port, boolean webSocket) {
        try (var client = new RawClient(port, 64 * 1024)) {
            String sid = webSocket ? "" : client.join();
            String ask = PacketTexts.event("[\"down\"," + PIECES + "," + DOWN + "]");
            if (webSocket) {
                client.joinWebSocket();
                client.send(ask);
            } else {
                client.post(RawClient.session(sid), ask);
            }
            int next = 0;
            long received = 0;
            long begun = System.nanoTime();
            while (next < PIECES) {
                String heard = webSocket ? client.frame() : client.get(RawClient.session(sid)).body();
                for (String packet : List.of(heard.split(String.valueOf(EngineCodec.SEPARATOR)))) {
                    if (packet.equals(PacketTexts.PING)) {
                        client.post(RawClient.session(sid), PacketTexts.PONG);
                        continue;
                    }
                    String expected = PacketTexts.EVENT + "[\"piece\"," + next + ",";
                    if (!packet.startsWith(expected) || packet.length() < DOWN) {
                        return "piece " + next + " did not come, but "
                                + packet.substring(0, Math.min(40, packet.length()));
                    }
                    next++;
                }
                received += heard.length();
                TimeUnit.NANOSECONDS
                        .sleep(begun + received * 1_000 / (DOWN_PER_SECOND / 1_000_000) - System.nanoTime());
            }
            return "";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** 100 events of 64 KB to a handler that takes 10 ms for each; an empty string, or what was wrong. */
    public static String up(int port, boolean webSocket) {
        try (var client = new RawClient(port, 0)) {
            String sid = webSocket ? "" : client.join();
            if (webSocket) {
                client.joinWebSocket();
            }
            for (int i = 0; i <= PIECES; i++) {
                // The last one asks for the number of events that came in order.
                String event = i < PIECES
                        ? PacketTexts.event("[\"slow\"," + i + ",\"" + "x".repeat(UP) + "\"]")
                        : PacketTexts.event(0, "[\"slow-report\"]");
                if (webSocket) {
                    client.send(event);
                } else if (client.post(RawClient.session(sid), event).status() != 200) {
                    return "a POST was refused";
                }
            }
            while (true) {
                String heard = webSocket ? client.frame() : client.get(RawClient.session(sid)).body();
                if (heard.equals(PacketTexts.ack(0, "[" + PIECES + "]"))) {
                    return "";
                } else if (!heard.equals(PacketTexts.PING)) {
                    return "the handler got, in order: " + heard;
                } else if (!webSocket) {
                    client.post(RawClient.session(sid), PacketTexts.PONG);
                }
            }
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}

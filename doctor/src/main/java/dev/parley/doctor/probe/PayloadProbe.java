package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.CookieJar;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.PacketCodec;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.socket.SocketEncoder;
import java.util.List;
import java.util.Optional;

/**
 * Sends a body of the announced maximum size and one that is a byte larger, up to the limit of the plan. The body is a CONNECT to an unknown
 * namespace, so no application receives it. If it is refused, the probe tries smaller bodies.
 */
public record PayloadProbe(EngineHandshake handshake) implements Probe {
    /** The smallest body that holds the packet around the padding. */
    private static final long SMALLEST = 64;
    private static final List<Long> SMALLER = List.of(1_000_000L, 500_000L, 100_000L, 60_000L, 10_000L);

    @Override
    public String title() {
        return "Sizes of bodies";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        long announced = handshake.maxPayload().orElse(0);
        if (announced > 0 && announced < SMALLEST) {
            return List.of(new Evidence.Skipped("sizes of bodies", "the server announces a limit of "
                    + announced + " bytes, which is smaller than a message of the doctor"));
        }
        long limit = client.plan().largestBody();
        long tried = Math.min(announced == 0 ? EngineHandshake.DEFAULT_MAX_PAYLOAD : announced, limit);
        boolean whole = announced > 0 && announced <= limit;
        var below = send(client, tried);
        long passes = below.hasStatus(200) ? tried
                : SMALLER.stream()
                        .filter(smaller -> smaller < tried && send(client, smaller).hasStatus(200))
                        .findFirst()
                        .orElse(0L);
        Optional<Outcome> above = whole && below.hasStatus(200) ? Optional.of(send(client, announced + 1))
                : Optional.empty();
        return List.of(new Evidence.Payload(announced, tried, below, above, passes));
    }

    private static Outcome send(ProbeClient client, long size) {
        var jar = new CookieJar();
        var opened = client.send(Request.get(client.handshakeTarget()), client.responseTimeout());
        var open = opened.response().flatMap(response -> PacketCodec.anyHandshake(response.body()));
        if (open.isEmpty()) {
            return opened;
        }
        opened.response().map(Response::headers).ifPresent(jar::store);
        var sent = client.send(
                jar.addTo(Request.post(client.pollingTarget(open.get().sid()), body(client, (int) size))),
                client.responseTimeout());
        PollingProbe.closeSession(client, open.get());
        return sent;
    }

    /** Returns a body of exactly this size, all of it ASCII. */
    private static String body(ProbeClient client, int size) {
        int frame = padded(client, "").length();
        return padded(client, "x".repeat(size - frame));
    }

    private static String padded(ProbeClient client, String padding) {
        return client.codec().payload(SocketEncoder.encode(EchoMessages.request(0, "padding", padding)));
    }
}

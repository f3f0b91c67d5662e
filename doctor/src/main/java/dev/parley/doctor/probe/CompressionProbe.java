package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.PacketCodec;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Checks whether a small response is compressed when the client accepts gzip. */
public final class CompressionProbe implements Probe {
    private static final int LIMIT = 64 * 1024;

    @Override
    public String title() {
        return "Compression";
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        var request = Request.get(client.handshakeTarget()).with("Accept-Encoding", "gzip");
        return client.send(request, client.responseTimeout())
                .response()
                .filter(response -> response.status() == 200)
                .map(response -> evaluate(client, response))
                .orElse(List.of());
    }

    private static List<Evidence> evaluate(ProbeClient client, Response response) {
        String encoding = response.headers().first("content-encoding").orElse("");
        byte[] plain = encoding.isEmpty() ? response.body() : unzip(response.body());
        var handshake = PacketCodec.anyHandshake(plain);
        handshake.ifPresent(open -> PollingProbe.closeSession(client, open));
        return List.of(new Evidence.Compression(encoding, response.headers().first("content-type").orElse(""),
                response.body().length, plain.length, handshake.isPresent()));
    }

    private static byte[] unzip(byte[] body) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(LIMIT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}

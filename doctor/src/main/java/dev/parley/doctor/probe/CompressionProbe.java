package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.wire.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Whether even a tiny answer is compressed when the client says that it could read that. */
public final class CompressionProbe implements Probe {
    private static final int LIMIT = 64 * 1024;

    @Override
    public String title() {
        return "Compression";
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        var request = Request.get(caller.target().target(caller.revision(), "polling", Optional.empty()))
                .with("Accept-Encoding", "gzip");
        return caller.call(request, caller.answer())
                .answer()
                .filter(answer -> answer.status() == 200)
                .map(answer -> judge(caller, answer))
                .orElse(List.of());
    }

    private static List<Evidence> judge(Caller caller, Answer answer) {
        String encoding = answer.headers().first("content-encoding").orElse("");
        byte[] plain = encoding.isEmpty() ? answer.body() : unzip(answer.body());
        var handshake = Handshake.read(new String(plain, StandardCharsets.UTF_8));
        handshake.ifPresent(open -> PollingProbe.end(caller, open));
        return List.of(new Evidence.Compression(encoding, answer.headers().first("content-type").orElse(""),
                answer.body().length, plain.length, handshake.isPresent()));
    }

    private static byte[] unzip(byte[] body) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readNBytes(LIMIT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}

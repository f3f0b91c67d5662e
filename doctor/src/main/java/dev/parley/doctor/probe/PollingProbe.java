package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.HandshakeData;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.session.PollingPayloads;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Opens a session by long polling on a new connection. If that fails, tries similar paths. */
public record PollingProbe(int revision) implements Probe {
    /** Longest wait for the response to a close packet. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    @Override
    public String title() {
        return "Handshake by polling, Engine.IO " + revision;
    }

    @Override
    public List<Evidence> examine(ProbeClient client) {
        var target = client.target();
        var outcome = handshake(client, target.path());
        var handshake = read(revision, outcome);
        handshake.ifPresent(open -> closeSession(client.withRevision(revision), open));
        List<String> elsewhere = handshake.isPresent() || revision == 3 || outcome.response().isEmpty()
                ? List.of()
                : candidatePaths(target.path()).stream()
                        .filter(path -> read(revision, handshake(client, path)).isPresent())
                        .toList();
        return List.of(new Evidence.Polling(revision, target.path(), outcome, handshake, elsewhere));
    }

    private Outcome handshake(ProbeClient client, String path) {
        return client.send(
                Request.get(client.target().requestTarget(path, revision, "polling", Optional.empty())),
                client.responseTimeout());
    }

    private static Optional<HandshakeData> read(int revision, Outcome outcome) {
        return outcome.response()
                .filter(response -> response.status() == 200)
                .flatMap(response -> HandshakeData.read(revision, response.text()));
    }

    /** Sends a close packet, so that the session does not stay on the server until its timeout. */
    static void closeSession(ProbeClient client, HandshakeData open) {
        var unused = client.send(
                Request.post(
                        client.target().requestTarget(client.revision(), "polling", Optional.of(open.sid())),
                        PollingPayloads.write(client.revision(), new EnginePacket.Close())),
                ProbeClient.shorterOf(CLOSE_TIMEOUT, client.responseTimeout()));
    }

    static List<String> candidatePaths(String path) {
        var paths = new LinkedHashSet<String>();
        String bare = path.replaceFirst("/+$", "");
        paths.add(bare + "/");
        if (!bare.isEmpty()) {
            paths.add(bare);
        }
        int slash = bare.lastIndexOf('/');
        if (slash > 0) {
            paths.add(bare.substring(slash) + "/");
        }
        paths.add("/socket.io/");
        paths.add("/engine.io/");
        paths.remove(path);
        return List.copyOf(paths);
    }
}

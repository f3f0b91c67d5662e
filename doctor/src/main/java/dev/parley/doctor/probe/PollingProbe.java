package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.session.PacketCodec;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.wire.Request;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Opens a session by long polling on a new connection. If that fails, tries similar paths. */
public record PollingProbe(EngineRevision revision) implements Probe {
    /** Longest wait for the response to a close packet. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    /** One response of a proxy in place of its server proves nothing. */
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(300);

    @Override
    public String title() {
        return "Handshake by polling, Engine.IO " + revision.text();
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        var target = client.target();
        var outcome = handshake(client, target.path());
        var failed = new ArrayList<Outcome>();
        while (isOfProxy(outcome) && failed.size() + 1 < ATTEMPTS && !client.load().waitLeft().isPositive()
                && client.timeLeft().compareTo(PAUSE) > 0) {
            failed.add(outcome);
            Thread.sleep(PAUSE);
            outcome = handshake(client, target.path());
        }
        return evaluate(client, outcome, failed);
    }

    private List<Evidence> evaluate(ProbeClient client, Outcome outcome, List<Outcome> failed) {
        var target = client.target();
        var handshake = read(revision, outcome);
        handshake.ifPresent(open -> closeSession(client.withRevision(revision), open));
        List<String> elsewhere = handshake.isPresent() || revision == EngineRevision.V3
                || outcome.response().filter(Response::isNoAnswerOfSocketIo).isEmpty()
                        ? List.of()
                        : candidatePaths(target.path()).stream()
                                .filter(path -> read(revision, handshake(client, path)).isPresent())
                                .toList();
        return List.of(new Evidence.Polling(revision.number(), target.path(), outcome, handshake, elsewhere,
                failed));
    }

    /** Returns whether a proxy answered that its server does not, or a connection was closed without a response. */
    private static boolean isOfProxy(Outcome outcome) {
        return outcome.response().filter(response -> response.isOfProxy()).isPresent()
                || outcome.failure().filter(why -> why.kind() == ConnectionFailure.Kind.CLOSED).isPresent();
    }

    private Outcome handshake(ProbeClient client, String path) {
        return client.send(
                Request.get(client.target()
                        .requestTarget(path, revision, TransportKind.POLLING, Optional.empty())),
                client.responseTimeout());
    }

    private static Optional<EngineHandshake> read(EngineRevision revision, Outcome outcome) {
        return outcome.response()
                .filter(response -> response.status() == 200)
                .flatMap(response -> new PacketCodec(revision).handshake(response.body()));
    }

    /** Returns whether a handshake brings a session, or an error of Engine.IO. */
    public static boolean isSocketIo(ProbeClient client) {
        var response = client.send(Request.get(client.handshakeTarget()), client.responseTimeout())
                .response();
        var open = response.flatMap(seen -> PacketCodec.anyHandshake(seen.body()));
        open.ifPresent(handshake -> closeSession(client, handshake));
        return open.isPresent() || response.filter(seen -> seen.engineCode().isPresent()).isPresent();
    }

    /** Sends a close packet, so that the session does not stay on the server until its timeout. */
    static void closeSession(ProbeClient client, EngineHandshake open) {
        var unused = client.send(
                Request.post(client.pollingTarget(open.sid()),
                        client.codec().payload(new EnginePacket.Close())),
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

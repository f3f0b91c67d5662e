package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.EchoMethod;
import dev.parley.doctor.evidence.Evidence.Hindrance;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.ProbeClient;
import dev.parley.doctor.session.ProbeSession;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Measures round trips of audio frames, sent at the pace of speech, on one transport. With an echo, also compares binary data. */
public record AudioProbe(boolean webSocket) implements Probe {

    @Override
    public String title() {
        return "Audio over " + (webSocket ? "WebSocket" : "polling");
    }

    @Override
    public List<Evidence> examine(ProbeClient client) throws InterruptedException {
        String transport = webSocket ? TransportKind.WEBSOCKET.text() : TransportKind.POLLING.text();
        try (ProbeSession session = ProbeSession.open(client, webSocket)) {
            var method = EchoMessages.join(session, client);
            var binary = method == EchoMethod.ECHO ? Optional.of(binary(client, session))
                    : Optional.<Evidence>empty();
            if (!webSocket && client.revision() == EngineRevision.V4) {
                // Servers close a session that joins no namespace; a refusal has no effect here.
                session.send(client.target().connectPacket());
            }
            var length = ProbeClient.shorterOf(client.plan().audio(),
                    client.timeLeft().minus(AudioRun.LAST_ANSWERS));
            if (length.toSeconds() < 2) {
                return List.of(new Evidence.Unfinished(title(), Hindrance.OUT_OF_TIME));
            }
            Evidence cadence = new AudioRun(session, method, length).run();
            return binary.map(seen -> List.of(seen, cadence)).orElse(List.of(cadence));
        } catch (SessionEndedException e) {
            return List.of(new Evidence.Skipped(title(),
                    "the session over " + transport + " ended before it began: " + e.description()));
        }
    }

    /** Sends all byte values, so that any text conversion becomes visible. */
    private static Evidence binary(ProbeClient client, ProbeSession session)
            throws SessionEndedException, InterruptedException {
        byte[] sent = new byte[2_048];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 7 + (i >> 8));
        }
        session.send(EchoMessages.binary(sent));
        long end = System.nanoTime() + client.responseTimeout().toNanos();
        while (true) {
            var packet = session.next(Duration.ofNanos(end - System.nanoTime()));
            if (packet == null) {
                return new Evidence.Binary(session.transport(), false, sent.length,
                        "no echo within " + client.responseTimeout().toMillis() + " ms", true);
            }
            if (packet instanceof EnginePacket.Binary back) {
                int at = Arrays.mismatch(sent, back.data());
                return new Evidence.Binary(session.transport(), at < 0, sent.length,
                        at < 0 ? "" : back.data().length + " bytes came back, the first difference at " + at,
                        false);
            }
        }
    }

    /** Returns 512 samples of 16 bits as base64, as browsers send them: 1 368 characters. Noise cannot be compressed. */
    static String audio() {
        byte[] samples = new byte[1_024];
        new Random(1).nextBytes(samples);
        return Base64.getEncoder().encodeToString(samples);
    }
}

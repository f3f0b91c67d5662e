package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.Method;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Sends audio frames at the pace of speech over one transport and measures their round trips; where there is an echo, binary too. */
public record CadenceProbe(boolean webSocket) implements Probe {

    @Override
    public String title() {
        return "Audio over " + (webSocket ? "WebSocket" : "polling");
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        String transport = webSocket ? "websocket" : "polling";
        try (Session session = Session.open(caller, webSocket)) {
            var method = Echo.join(session, caller);
            var binary = method == Method.ECHO ? Optional.of(binary(caller, session))
                    : Optional.<Evidence>empty();
            if (!webSocket && caller.revision() == 4) {
                // Servers end a session that joins no namespace after a while; a refusal here changes nothing.
                session.say(caller.target().connect());
            }
            var length = Caller.shorter(caller.plan().cadence(), caller.left().minus(Cadence.LAST_ANSWERS));
            if (length.toSeconds() < 2) {
                return List.of(new Evidence.Skipped(title(), "there was no time left for it"));
            }
            Evidence cadence = new Cadence(session, method, length).run();
            return binary.map(seen -> List.of(seen, cadence)).orElse(List.of(cadence));
        } catch (SessionEnded e) {
            return List.of(new Evidence.Skipped(title(),
                    "the session over " + transport + " ended before it began: " + e.words()));
        }
    }

    /** All byte values, so that whatever touches text shows. */
    private static Evidence binary(Caller caller, Session session) throws SessionEnded, InterruptedException {
        byte[] sent = new byte[2_048];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 7 + (i >> 8));
        }
        session.send(List.of(
                new EnginePacket.Message(
                        "51-" + Echo.NAMESPACE + ",1[\"echo\",{\"_placeholder\":true,\"num\":0}]"),
                new EnginePacket.Binary(sent)));
        long end = System.nanoTime() + caller.answer().toNanos();
        while (true) {
            var packet = session.next(Duration.ofNanos(end - System.nanoTime()));
            if (packet == null) {
                return new Evidence.Binary(session.transport(), false, sent.length,
                        "nothing came back within " + caller.answer().toMillis() + " ms");
            }
            if (packet instanceof EnginePacket.Binary back) {
                int at = Arrays.mismatch(sent, back.data());
                return new Evidence.Binary(session.transport(), at < 0, sent.length,
                        at < 0 ? "" : back.data().length + " bytes came back, the first difference at " + at);
            }
        }
    }

    /** 512 samples of 16 bits as base64, as browsers send them: 1 368 characters. Noise, because nothing shrinks it. */
    static String audio() {
        byte[] samples = new byte[1_024];
        new Random(1).nextBytes(samples);
        return Base64.getEncoder().encodeToString(samples);
    }
}

package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Request;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** A handshake by long polling, on a fresh connection; where that fails, the paths that people mean are tried too. */
public record PollingProbe(int revision) implements Probe {
    /** A farewell that is not answered costs no more than this of the time for everything else. */
    private static final Duration GOOD_BYE = Duration.ofSeconds(1);

    @Override
    public String title() {
        return "Handshake by polling, Engine.IO " + revision;
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        var target = caller.target();
        var outcome = shake(caller, target.path());
        var handshake = read(revision, outcome);
        handshake.ifPresent(open -> end(caller.speaking(revision), open));
        List<String> elsewhere = handshake.isPresent() || revision == 3 || outcome.answer().isEmpty()
                ? List.of()
                : nearBy(target.path()).stream()
                        .filter(path -> read(revision, shake(caller, path)).isPresent())
                        .toList();
        return List.of(new Evidence.Polling(revision, target.path(), outcome, handshake, elsewhere));
    }

    private Outcome shake(Caller caller, String path) {
        return caller.call(Request.get(caller.target().target(path, revision, "polling", Optional.empty())),
                caller.answer());
    }

    private static Optional<Handshake> read(int revision, Outcome outcome) {
        return outcome.answer()
                .filter(answer -> answer.status() == 200)
                .flatMap(answer -> Handshake.read(revision, answer.text()));
    }

    /** Says that the session is over, so that it does not wait for its timeout on the server. */
    static void end(Caller caller, Handshake open) {
        var unused = caller.call(
                Request.post(caller.target().target(caller.revision(), "polling", Optional.of(open.sid())),
                        Packets.write(caller.revision(), new EnginePacket.Close())),
                Caller.shorter(GOOD_BYE, caller.answer()));
    }

    static List<String> nearBy(String path) {
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

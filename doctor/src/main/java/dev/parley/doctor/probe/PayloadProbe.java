package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Request;
import java.util.List;
import java.util.Optional;

/**
 * Sends a body of just the size that the server announces to take, and one byte more; up to the plan's largest. What is sent is the
 * CONNECT to a namespace that nobody serves, so that no application sees it. Where it does not pass, smaller ones are tried.
 */
public record PayloadProbe(Handshake handshake) implements Probe {
    /** What engine.io takes when nothing is set, for servers that do not say. */
    private static final long USUAL = 1_000_000;
    /** Below this, what frames the padding does not fit. */
    private static final long SMALLEST = 64;
    private static final List<Long> SMALLER = List.of(1_000_000L, 500_000L, 100_000L, 60_000L, 10_000L);

    @Override
    public String title() {
        return "Sizes of bodies";
    }

    @Override
    public List<Evidence> examine(Caller caller) {
        long announced = handshake.maxPayload().orElse(0);
        if (announced > 0 && announced < SMALLEST) {
            return List.of(new Evidence.Skipped("sizes of bodies", "the server announces to take " + announced
                    + " bytes, which is less than a message of the doctor's"));
        }
        long limit = caller.plan().largestBody();
        long tried = Math.min(announced == 0 ? USUAL : announced, limit);
        boolean whole = announced > 0 && announced <= limit;
        var below = send(caller, tried - (whole ? 1 : 0));
        long size = tried - (whole ? 1 : 0);
        long passes = below.hasStatus(200) ? size
                : SMALLER.stream()
                        .filter(smaller -> smaller < size && send(caller, smaller).hasStatus(200))
                        .findFirst()
                        .orElse(0L);
        Optional<Outcome> above = whole && below.hasStatus(200) ? Optional.of(send(caller, announced + 1))
                : Optional.empty();
        return List.of(new Evidence.Payload(announced, size, below, above, passes));
    }

    private static Outcome send(Caller caller, long size) {
        var jar = new Jar();
        var opened = caller.call(Request.get(caller.target().target(4, "polling", Optional.empty())),
                caller.answer());
        var open = opened.answer().flatMap(answer -> Handshake.read(answer.text()));
        if (open.isEmpty()) {
            return opened;
        }
        opened.answer().map(Answer::headers).ifPresent(jar::keep);
        String head = "4" + Echo.question(0) + "{\"padding\":\"";
        String body = head + "x".repeat((int) size - head.length() - 2) + "\"}";
        var sent = caller.call(jar
                .on(Request.post(caller.target().target(4, "polling", Optional.of(open.get().sid())), body)),
                caller.answer());
        PollingProbe.end(caller, open.get());
        return sent;
    }
}

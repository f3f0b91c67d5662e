package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.Evidence.AudioTimings;
import dev.parley.doctor.evidence.Evidence.RoundTrip;
import dev.parley.doctor.evidence.EvidenceLog;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Concludes whether a conversation is possible. */
public final class VoiceRules {
    private static final double GOOD = 250;
    private static final double BEARABLE = 600;
    private static final int SOME_GAPS = 5;
    private static final int MANY_GAPS = 25;
    /** With a larger delay in sending, the measurement is unreliable, unless round trips take four times as long. */
    private static final Duration BUSY = Duration.ofMillis(25);

    /** With a larger delay in sending, this machine may have caused the end of a connection. */
    private static final Duration STALLED = Duration.ofMillis(250);

    private VoiceRules() {}

    /**
     * Voice quality on one transport, in milliseconds.
     *
     * @param cushion playback buffer that the player needs: over polling the 99th percentile plus 60 ms, over WebSocket the spread plus 60 ms; in steps of 20
     */
    public record VoiceQuality(String transport, Grade grade, double p50, double p95, double p99, int sent,
            int answered, int gaps, long cushion, boolean sure) {
        public String description() {
            return String.format(Locale.ROOT, "p50 %s, p95 %s, p99 %s, cushion %d ms", Quantities.millis(p50),
                    Quantities.millis(p95), Quantities.millis(p99), cushion);
        }
    }

    public enum Grade {
        GOOD,
        MARGINAL,
        NO;

        public String description() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static VoiceQuality voice(AudioTimings seen) {
        var times = seen.roundTrips().stream().map(RoundTrip::millis).toList();
        double p50 = Quantities.percentile(times, 50);
        double p95 = Quantities.percentile(times, 95);
        double p99 = Quantities.percentile(times, 99);
        double least = times.stream().min(Double::compare).orElse(0.0);
        int lost = seen.sent() - times.size();
        double hold = seen.transport().equals("polling") ? p99 + 60 : p99 - least + 60;
        long cushion = (long) Math.ceil(hold / 20) * 20;
        boolean mostArrived = lost * 20 <= seen.sent();
        Grade grade = times.isEmpty() || lost * 4 > seen.sent() || p99 > BEARABLE
                || seen.gaps().size() > MANY_GAPS ? Grade.NO
                        : p99 > GOOD || seen.gaps().size() > SOME_GAPS || !mostArrived ? Grade.MARGINAL
                                : Grade.GOOD;
        return new VoiceQuality(seen.transport(), grade, p50, p95, p99, seen.sent(), times.size(),
                seen.gaps().size(), cushion,
                seen.late().compareTo(BUSY) < 0 || seen.late().toNanos() / 1e6 * 4 < p50);
    }

    static List<Finding> evaluate(EvidenceLog log) {
        return log.all(AudioTimings.class).map(VoiceRules::evaluate).toList();
    }

    private static Finding evaluate(AudioTimings seen) {
        var voice = voice(seen);
        String[] shown = {voice.description(),
                voice.answered() + " of " + voice.sent() + " frames answered, "
                        + Quantities.count(voice.gaps(), "gap") + " of over 120 ms"
                        + seen.gaps()
                                .stream()
                                .max(Long::compare)
                                .map(most -> " (the longest " + Quantities.millis(most) + ")")
                                .orElse(""),
                seen.method().description(),
                "this machine sent up to " + Quantities.time(seen.late()) + " late"};
        String over = " over " + seen.transport();
        if (seen.ended().isPresent() && seen.late().compareTo(STALLED) < 0) {
            return Finding.broken(Cause.CUT_WHILE_BUSY, "A busy connection" + over + " is cut",
                    "It carried traffic until it was closed, by a limit on the duration of connections or requests, or by a server that cannot keep up with speech.",
                    "ended: " + seen.ended().get(), shown[0], shown[1])
                    .fix("Find the limit on the duration of requests or connections (nginx and HAProxy have none on WebSocket; platforms do) and raise it to several minutes.")
                    .with(Confidence.LIKELY);
        }
        if (voice.grade() == Grade.GOOD) {
            return Finding.ok(Cause.VOICE_GOOD, "Voice" + over + " is good", shown);
        }
        if (!voice.sure() || seen.ended().isPresent()) {
            return Finding.note(Cause.NOT_EXAMINED, "Voice" + over + " could not be assessed",
                    "This machine was too busy to send at the pace of speech. Run the doctor again on an idle machine.",
                    shown);
        }
        boolean none = voice.grade() == Grade.NO;
        return Finding.impaired(none ? Cause.VOICE_BAD : Cause.VOICE_MARGINAL,
                "Voice" + over + (none ? " is not possible" : " is marginal"),
                none ? "Frames arrive too late, too irregularly or not at all. A conversation is not possible."
                        : "People can talk, with noticeable pauses before replies and occasional gaps in them.",
                shown)
                .fix("Use a region near the users, avoid buffering, and set the cushion of the player to "
                        + voice.cushion() + " ms.");
    }
}

package dev.parley.doctor.rule;

import dev.parley.doctor.evidence.CaseFile;
import dev.parley.doctor.evidence.Evidence.Cadence;
import dev.parley.doctor.evidence.Evidence.RoundTrip;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Whether one can talk over it. */
public final class VoiceRules {
    private static final double GOOD = 250;
    private static final double BEARABLE = 600;
    private static final int SOME_GAPS = 5;
    private static final int MANY_GAPS = 25;
    /** Above this, the doctor's own machine was too busy for its figures to say anything, unless the way itself takes four times as long. */
    private static final Duration BUSY = Duration.ofMillis(25);

    /** Above this, even the end of a connection may be this machine's doing. */
    private static final Duration STALLED = Duration.ofMillis(250);

    private VoiceRules() {}

    /**
     * Audio on one transport in figures, in milliseconds.
     *
     * @param cushion how much the player has to hold back: the 99th percentile and 60 ms over polling, the spread and 60 ms over WebSocket; in steps of 20
     */
    public record Voice(String transport, Grade grade, double p50, double p95, double p99, int sent,
            int answered, int gaps, long cushion, boolean sure) {
        public String words() {
            return String.format(Locale.ROOT, "p50 %s, p95 %s, p99 %s, cushion %d ms", Numbers.millis(p50),
                    Numbers.millis(p95), Numbers.millis(p99), cushion);
        }
    }

    public enum Grade {
        GOOD,
        MARGINAL,
        NO;

        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Voice voice(Cadence seen) {
        var times = seen.roundTrips().stream().map(RoundTrip::millis).toList();
        double p50 = Numbers.percentile(times, 50);
        double p95 = Numbers.percentile(times, 95);
        double p99 = Numbers.percentile(times, 99);
        double least = times.stream().min(Double::compare).orElse(0.0);
        int lost = seen.sent() - times.size();
        double hold = seen.transport().equals("polling") ? p99 + 60 : p99 - least + 60;
        long cushion = (long) Math.ceil(hold / 20) * 20;
        boolean mostArrived = lost * 20 <= seen.sent();
        Grade grade = times.isEmpty() || lost * 4 > seen.sent() || p99 > BEARABLE
                || seen.gaps().size() > MANY_GAPS ? Grade.NO
                        : p99 > GOOD || seen.gaps().size() > SOME_GAPS || !mostArrived ? Grade.MARGINAL
                                : Grade.GOOD;
        return new Voice(seen.transport(), grade, p50, p95, p99, seen.sent(), times.size(),
                seen.gaps().size(), cushion,
                seen.late().compareTo(BUSY) < 0 || seen.late().toNanos() / 1e6 * 4 < p50);
    }

    static List<Finding> judge(CaseFile file) {
        return file.all(Cadence.class).map(VoiceRules::judge).toList();
    }

    private static Finding judge(Cadence seen) {
        var voice = voice(seen);
        String[] shown = {voice.words(),
                voice.answered() + " of " + voice.sent() + " frames answered, "
                        + Numbers.count(voice.gaps(), "gap") + " of over 120 ms"
                        + seen.gaps()
                                .stream()
                                .max(Long::compare)
                                .map(most -> " (the longest " + Numbers.millis(most) + ")")
                                .orElse(""),
                seen.method().words(), "this machine sent up to " + Numbers.time(seen.late()) + " late"};
        String over = " over " + seen.transport();
        if (seen.ended().isPresent() && seen.late().compareTo(STALLED) < 0) {
            return Finding.broken(Cause.CUT_WHILE_BUSY, "A busy connection" + over + " is cut",
                    "It carried traffic until it was ended: a limit on the whole life of a connection or request, or a server that cannot take the pace of speech.",
                    "ended: " + seen.ended().get(), shown[0], shown[1])
                    .fix("Find the limit on the duration of requests or connections (nginx and HAProxy have none on WebSocket; platforms do) and raise it above some minutes.")
                    .but(Confidence.LIKELY);
        }
        if (voice.grade() == Grade.GOOD) {
            return Finding.fine(Cause.VOICE_GOOD, "Voice" + over + " is good", shown);
        }
        if (!voice.sure() || seen.ended().isPresent()) {
            return Finding.note(Cause.NOT_EXAMINED, "Voice" + over + " could not be judged",
                    "The machine that runs the doctor was too busy to keep the pace of speech; run it again on one that is idle.",
                    shown);
        }
        boolean none = voice.grade() == Grade.NO;
        return Finding.impaired(none ? Cause.VOICE_BAD : Cause.VOICE_MARGINAL,
                "Voice" + over + (none ? " is not possible" : " is marginal"),
                none ? "Frames come too late, too unevenly or not at all: a conversation breaks down."
                        : "People can talk, with noticeable pauses before answers and now and then a hole in them.",
                shown)
                .fix("Shorten the way (a region near the users), avoid what buffers, and let the player hold back "
                        + voice.cushion() + " ms.");
    }
}

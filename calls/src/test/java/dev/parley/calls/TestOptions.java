package dev.parley.calls;

import dev.parley.calls.CallOptions.Defaults;
import dev.parley.calls.CallOptions.Limits;
import dev.parley.calls.CallOptions.Times;
import dev.parley.calls.CallOptions.TranscriptOptions;
import dev.parley.calls.admission.SpendingLimits;
import dev.parley.calls.admission.SpendingLimits.Day;
import dev.parley.calls.admission.VisitorLimits;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Builds options of calls for tests: two conversations, two in the queue, and no limit of spending. */
final class TestOptions {

    private final Path folder;
    private Limits limits = new Limits(2, 2, 20, 4);
    private Times times = new Times(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofMinutes(1),
            Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ofMinutes(2));
    private SpendingLimits spending = new SpendingLimits(0, Day.UNLIMITED, Optional.empty(), Optional.empty(),
            tokens -> 0);
    private VisitorLimits visitors = VisitorLimits.NONE;
    private Optional<TranscriptOptions> transcripts = Optional.empty();

    private TestOptions(Path folder) {
        this.folder = folder;
    }

    /** Begins with the folder for the file of spending. */
    static TestOptions in(Path folder) {
        return new TestOptions(folder);
    }

    TestOptions limits(int conversations, int streamQuota, int renewalHeadroom) {
        limits = new Limits(conversations, limits.waiting(), streamQuota, renewalHeadroom);
        return this;
    }

    TestOptions resume(Duration wait) {
        times = new Times(times.inactivity(), times.longest(), wait, times.tool(), times.audioAhead(),
                times.keep());
        return this;
    }

    TestOptions tool(Duration timeout) {
        times = new Times(times.inactivity(), times.longest(), times.resume(), timeout, times.audioAhead(),
                times.keep());
        return this;
    }

    TestOptions audioAhead(Duration most) {
        times = new Times(times.inactivity(), times.longest(), times.resume(), times.tool(), most,
                times.keep());
        return this;
    }

    TestOptions keep(Duration lifetime) {
        times = new Times(times.inactivity(), times.longest(), times.resume(), times.tool(),
                times.audioAhead(), lifetime);
        return this;
    }

    TestOptions tokens(long perConversation, long perDay) {
        spending = new SpendingLimits(perConversation, new Day(perDay, 0, false), Optional.empty(),
                Optional.empty(), tokens -> 0);
        return this;
    }

    TestOptions day(Day limits) {
        spending = new SpendingLimits(0, limits, Optional.empty(), Optional.empty(), tokens -> 0);
        return this;
    }

    TestOptions visitors(VisitorLimits of) {
        visitors = of;
        return this;
    }

    TestOptions limits(int conversations, int waiting) {
        limits = new Limits(conversations, waiting, limits.streamQuota(), limits.renewalHeadroom());
        return this;
    }

    TestOptions cost(double perConversation, double perDay, ToDoubleFunction<Usage> price) {
        spending = new SpendingLimits(0, Day.UNLIMITED, Optional.of(perConversation), Optional.of(perDay),
                price);
        return this;
    }

    TestOptions transcripts(Path to) {
        transcripts = Optional.of(new TranscriptOptions(to, 30));
        return this;
    }

    CallOptions build() {
        return new CallOptions(limits, visitors, times,
                new Defaults(Optional.empty(), Optional.empty(), Inference.defaults(), Sensitivity.MEDIUM),
                spending, folder.resolve("spent.json"), ZoneOffset.UTC, transcripts, false);
    }
}

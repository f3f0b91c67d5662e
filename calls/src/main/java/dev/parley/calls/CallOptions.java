package dev.parley.calls;

import dev.parley.calls.admission.SpendingLimits;
import dev.parley.calls.admission.VisitorLimits;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The options of all calls of a server. Immutable.
 *
 * @param limits       maximum numbers of calls and streams
 * @param visitors     limits of one user and of one address
 * @param times        timeouts
 * @param defaults     used if a browser asks for nothing else
 * @param spending     limits of spending
 * @param spent        file that keeps the spending of the day
 * @param zone         time zone of days and of the user
 * @param transcripts  empty if none are kept
 * @param logContent   whether the log may contain the content of calls
 */
public record CallOptions(Limits limits, VisitorLimits visitors, Times times, Defaults defaults,
        SpendingLimits spending, Path spent, ZoneId zone, Optional<TranscriptOptions> transcripts,
        boolean logContent) {

    /**
     * Maximum numbers.
     *
     * @param conversations    open streams, and calls that wait for their browser
     * @param waiting          calls that wait for a stream
     * @param streamQuota      streams that the provider of a model that renews its streams allows
     * @param renewalHeadroom  streams of the quota that are kept free for renewals
     */
    public record Limits(int conversations, int waiting, int streamQuota, int renewalHeadroom) {}

    /**
     * Timeouts.
     *
     * @param inactivity a conversation in which nothing is said and typed for this long is closed
     * @param longest    a conversation is closed after it; zero is without limit
     * @param resume     how long a call waits for its browser; zero is not at all
     * @param tool       time after which a tool is interrupted
     * @param audioAhead how far the sound of a call may be ahead of real time; zero is without limit
     * @param keep       how long the state of a call is kept for other servers after the last sign of its own; zero is not at all
     */
    public record Times(Duration inactivity, Duration longest, Duration resume, Duration tool,
            Duration audioAhead, Duration keep) {}

    /**
     * Defaults of conversations.
     *
     * @param voice        id of the default voice; the model's if empty
     * @param systemPrompt the prompt of the first persona; its own if empty
     */
    public record Defaults(Optional<String> voice, Optional<String> systemPrompt, Inference inference,
            Sensitivity sensitivity) {}

    /**
     * The place of transcripts.
     *
     * @param days number of days after which a transcript is removed
     */
    public record TranscriptOptions(Path folder, int days) {}
}

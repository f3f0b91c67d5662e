package dev.parley.bedrock;

import dev.parley.voice.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of the streams of one conversation: each must be connected in time, and be over in time once it is finished. The second
 * replaces the first. Calls {@code overdue} with the number of the stream, on the alarm's thread. Not thread-safe otherwise.
 */
final class StreamDeadlines {

    private final Alarm alarm;
    private final IntConsumer overdue;
    private final Map<Integer, Deadline> pending = new HashMap<>();

    private record Deadline(boolean ofFinish, Runnable cancel) {}

    StreamDeadlines(Alarm alarm, IntConsumer overdue) {
        this.alarm = alarm;
        this.overdue = overdue;
    }

    /** Notes that the stream is being opened, which may take this long. */
    void opening(int stream, Duration wait) {
        begin(stream, false, wait);
    }

    /** Notes that the service has responded. A stream that is finished already still has to be over in time. */
    void connected(int stream) {
        Deadline deadline = pending.get(stream);
        if (deadline != null && !deadline.ofFinish()) {
            over(stream);
        }
    }

    /** Notes that our side of the stream ends. The service may take this long to end its own. */
    void finishing(int stream, Duration wait) {
        begin(stream, true, wait);
    }

    /** Notes that the stream is over. */
    void over(int stream) {
        cancel(pending.remove(stream));
    }

    /** Cancels all deadlines. */
    void close() {
        pending.values().forEach(StreamDeadlines::cancel);
        pending.clear();
    }

    private void begin(int stream, boolean ofFinish, Duration wait) {
        over(stream);
        pending.put(stream, new Deadline(ofFinish, alarm.in(wait, () -> overdue.accept(stream))));
    }

    private static void cancel(@Nullable Deadline deadline) {
        if (deadline != null) {
            deadline.cancel().run();
        }
    }
}

package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Usage;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the tokens of one model stream and adds them to the spending of the day. Between the model's reports, and after the last one, it estimates
 * them from the sound and the text that pass: a stream that is hung up before its first report has cost as much. A report replaces the estimate.
 * What was added to the day is not taken back when a report says less; it is counted against what follows. Thread-safe.
 */
final class StreamMeter {

    /** Bytes of a token of the user's speech, 16 kHz, and of the assistant's, 24 kHz: 25 tokens a second, as the model reports them. */
    static final int HEARD_BYTES = 1_280;
    static final int SAID_BYTES = 1_920;
    /** Characters of a token of text: fewer than in English, so that other languages are not counted too low. */
    private static final int TEXT_CHARACTERS = 3;
    /** Tokens that pass before the day is told: a second of speech. */
    private static final int STEP = 25;

    private final Spending spending;
    private final Visitor visitor;
    private final Usage carried;
    private final ReentrantLock lock = new ReentrantLock();
    private Usage reported = new Usage(0, 0, 0, 0);
    /** What has passed since the last report: bytes of speech, characters of text. */
    private long heard;
    private long read;
    private long said;
    private long written;
    /** What the day was told of this stream. */
    private Spent told = Spent.NOTHING;
    private long toldTokens;
    private boolean over;

    /** @param carried tokens that the conversation has used at another server, which has counted them for its day */
    StreamMeter(Spending spending, Visitor visitor, Usage carried) {
        this.spending = spending;
        this.visitor = visitor;
        this.carried = carried;
    }

    /** Counts a command that the stream was sent. Returns the message for the user if a limit is reached, once. */
    Optional<String> sent(ModelCommand command) {
        lock.lock();
        try {
            switch (command) {
                case ModelCommand.Audio(byte[] pcm) -> heard += pcm.length;
                case ModelCommand.SystemPrompt(String text) -> read += text.length();
                case ModelCommand.Text(String content) -> read += content.length();
                case ModelCommand.ToolResult(var _id, String json) -> read += json.length();
                case ModelCommand.Notice(String text) -> read += text.length();
                case ModelCommand.Close _close -> settle();
            }
            return passed();
        } finally {
            lock.unlock();
        }
    }

    /** Counts an event that the stream sent. Returns the message for the user if a limit is reached, once. */
    Optional<String> received(ModelEvent event) {
        lock.lock();
        try {
            switch (event) {
                case Usage total -> {
                    reported = total;
                    heard = 0;
                    read = 0;
                    said = 0;
                    written = 0;
                    settle();
                    return limit();
                }
                case ModelEvent.Audio(var _block, byte[] pcm) -> said += pcm.length;
                case ModelEvent.AssistantText text ->
                    written += text.stage() == ModelEvent.Stage.FINAL ? text.text().length() : 0;
                case ModelEvent.ToolCall call -> written += call.arguments().length();
                case ModelEvent.Ended _end -> settle();
                case ModelEvent.Failed _failure -> settle();
                case ModelEvent.UserText _any -> {}
                case ModelEvent.AudioEnd _any -> {}
                case ModelEvent.Interrupted _any -> {}
                case ModelEvent.Paused _any -> {}
                case ModelEvent.Resumed _any -> {}
                case ModelEvent.SelfHeard _any -> {}
                case ModelEvent.Superseded _any -> {}
                case ModelEvent.QuestionLost _any -> {}
                case ModelEvent.Snapshot _any -> {}
                case ModelEvent.Moved _any -> {}
            }
            return passed();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the tokens of the stream, and of the one before it at another server. */
    Usage total() {
        lock.lock();
        try {
            return plus(carried, now());
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> passed() {
        if (tokens(now()) - toldTokens < STEP) {
            return Optional.empty();
        }
        settle();
        return limit();
    }

    /** Tells the day what it does not know yet. */
    private void settle() {
        Usage now = now();
        Spent spent = spending.spent(now);
        toldTokens = Math.max(toldTokens, tokens(now));
        spending.spend(visitor, spent.minus(told));
        told = told.plus(spent.minus(told));
    }

    private Optional<String> limit() {
        Optional<String> reached = over ? Optional.empty()
                : spending.reached(visitor, spending.spent(plus(carried, now())));
        over |= reached.isPresent();
        return reached;
    }

    private Usage now() {
        return plus(reported, new Usage(up(heard, HEARD_BYTES), up(read, TEXT_CHARACTERS),
                up(said, SAID_BYTES), up(written, TEXT_CHARACTERS)));
    }

    private static int up(long amount, int token) {
        return (int) Math.min(Integer.MAX_VALUE / 8, (amount + token - 1) / token);
    }

    private static long tokens(Usage usage) {
        return (long) usage.inputSpeech() + usage.inputText() + usage.outputSpeech() + usage.outputText();
    }

    private static Usage plus(Usage a, Usage b) {
        return new Usage(a.inputSpeech() + b.inputSpeech(), a.inputText() + b.inputText(),
                a.outputSpeech() + b.outputSpeech(), a.outputText() + b.outputText());
    }
}

package dev.parley.calls;

import dev.parley.calls.admission.AudioPace;
import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.browser.BrowserLink;
import dev.parley.voice.Mailbox;
import dev.parley.voice.contract.BrowserCommand;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The audio that a browser sends to a call, before the call's owner has it. Audio that is faster than {@link AudioPace} allows is dropped, and so
 * is audio that finds no room in the mailbox. Thread-safe, and never waits.
 */
final class IncomingAudio {

    private static final String TOO_FAST = "Speech arrives faster than anybody speaks; what is more than real time is dropped.";

    private final AudioPace pace;
    private final Mailbox<CallMessage> mailbox;
    private final BrowserLink link;
    private final CallListener listener;
    private final LongAdder drops = new LongAdder();
    private final AtomicInteger waiting = new AtomicInteger();

    IncomingAudio(AudioPace pace, Mailbox<CallMessage> mailbox, BrowserLink link, CallListener listener) {
        this.pace = pace;
        this.mailbox = mailbox;
        this.link = link;
        this.listener = listener;
    }

    /** Posts a message with audio, or drops it. */
    void post(CallMessage.Asked message, int bytes) {
        if (!pace.takes(bytes)) {
            dropped(message.from());
            if (pace.isFirstTime()) {
                mailbox.post(
                        new CallMessage.Asked(message.from(),
                                new BrowserCommand.Rejected("audioInput", TOO_FAST), false, answer -> {}),
                        Call.ROOM);
            }
        } else if (waiting.addAndGet(bytes) > Call.AUDIO_BYTES || !mailbox.post(message, Call.AUDIO_ROOM)) {
            waiting.addAndGet(-bytes);
            dropped(message.from());
        }
    }

    /** A command of the mailbox is handled: if it is audio, it waits no longer. */
    void taken(BrowserCommand command) {
        if (command instanceof BrowserCommand.Audio(byte[] pcm)) {
            waiting.addAndGet(-pcm.length);
        }
    }

    /** Counts a piece of audio that was dropped. */
    void dropped(BrowserConnection from) {
        drops.increment();
        link.audioDropped(from);
        listener.audioDropped();
    }

    /** Whether a piece of silence in place of the browser's sound is in time. */
    boolean takesSilence() {
        return pace.takes(BrowserLink.SILENCE_BYTES);
    }

    /** Returns the number of pieces that were dropped. */
    long drops() {
        return drops.sum();
    }
}

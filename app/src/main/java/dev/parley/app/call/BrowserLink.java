package dev.parley.app.call;

import dev.parley.app.call.SentEvents.Sent;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.EncodedEvent;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where a call's browser is, and what it has been sent. A browser that asked for it may be away for a while: then a new line takes the place
 * of the lost one, and gets what was missed. Belongs to the call's owner, but for {@link #line}, {@link #isAway}, {@link #claim} and {@link #closeUnlessClaimed}.
 */
final class BrowserLink {

    /** The disconnect reasons of Socket.IO that nobody wished for. */
    private static final Set<String> LOSSES = Set.of("transport close", "transport error", "ping timeout");

    /** How much silence is said at once for a browser that is away. */
    static final Duration SILENCE = Duration.ofMillis(200);

    private static final int BYTES_PER_MILLI = 32;

    private final Call call;
    private final ResumableCalls comebacks;
    private volatile BrowserConnection line;
    private @Nullable String token;
    private @Nullable SentEvents sent;
    private volatile @Nullable Instant until;

    private final ReentrantLock lock = new ReentrantLock();
    private int claims;
    private boolean closed;

    BrowserLink(Call call, BrowserConnection line, ResumableCalls comebacks) {
        this.call = call;
        this.line = line;
        this.comebacks = comebacks;
    }

    /** The line in use, or the last one. From any thread. */
    BrowserConnection line() {
        return line;
    }

    @Nullable String token() {
        return token;
    }

    /** Whether the browser is there, and on this line. */
    boolean isOn(BrowserConnection other) {
        return !isAway() && line.id().equals(other.id());
    }

    Input silence() {
        var pcm = new byte[(int) SILENCE.toMillis() * BYTES_PER_MILLI];
        return new Input.FromBrowser(new BrowserCommand.Audio(pcm), false);
    }

    boolean isAway() {
        return until != null;
    }

    /** Whether the browser has been away for too long. */
    boolean isLate(Instant now) {
        return until != null && !now.isBefore(until);
    }

    void emit(BrowserEvent event) {
        EncodedEvent encoded = BrowserCodec.encode(event);
        if (sent != null) {
            sent.add(encoded);
        }
        line.emit(encoded);
    }

    /** The browser was typed into. */
    void typed(String content) {
        if (sent != null) {
            sent.typed(content);
        }
    }

    /** Tells the browser by which token it finds the call again; resumed is that it has found it already, and asks once more. */
    void offer(ResumeRequest asked) {
        if (comebacks.patience().isZero()) {
            return;
        }
        if (token == null || sent == null) {
            token = comebacks.offer(call);
            sent = new SentEvents();
        }
        tell(token.equals(asked.token()), sent.count());
    }

    /** The line is lost; answers whether it is worth waiting for another. */
    boolean lose(String reason, Instant now) {
        if (token == null || !LOSSES.contains(reason)) {
            return false;
        }
        until = now.plus(comebacks.patience());
        comebacks.away(call);
        return true;
    }

    /** Another line takes over, and gets what was missed. Whoever is on the present one is told so. */
    void moveTo(BrowserConnection other, ResumeRequest resume) {
        if (!isAway()) {
            line.emit(BrowserCodec.encode(new BrowserEvent.ConversationMoved()));
            line.disconnect();
        }
        comebacks.back(call);
        until = null;
        line = other;
        List<Sent> missed = sent == null ? List.of() : sent.after(resume.received());
        tell(true, sent == null ? 0 : sent.count() - missed.size());
        missed.forEach(event -> other.emit(event.event()));
    }

    /** Somebody is about to take over; false when it is too late for that. From any thread. */
    boolean claim() {
        lock.lock();
        try {
            if (!closed) {
                claims++;
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever claimed it has it, or did not get so far. */
    void settle() {
        lock.lock();
        try {
            claims--;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody take over from now on, unless somebody already does: then the answer is false. */
    boolean closeUnlessClaimed() {
        lock.lock();
        try {
            closed |= claims == 0;
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** @param from how many events the browser shall count as received */
    private void tell(boolean resumed, long from) {
        if (token != null) {
            line.emit(BrowserCodec.encode(new BrowserEvent.ConversationOffered(token, resumed, from)));
        }
    }
}

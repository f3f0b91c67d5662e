package dev.parley.calls.browser;

import dev.parley.calls.browser.SentEvents.Sent;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.EncodedEvent;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.conversation.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A call's link to its browser, and the events that were sent to it. A browser that asked for it may be away for a while: then a new
 * connection takes the place of the lost one, and gets the events that were missed. Audio is counted, and confirmed to a browser that sends
 * again what was lost. Belongs to the call's owner, except {@link #connection}, {@link #isAway}, {@link #audioDropped}, {@link #claim} and
 * {@link #closeUnlessClaimed}.
 */
public final class BrowserLink {

    /** The disconnect reasons of Socket.IO that neither side intended. */
    private static final Set<String> LOSSES = Set.of("transport close", "transport error", "ping timeout");

    /** The length of the silence that is sent at once for a browser that is away. */
    public static final Duration SILENCE = Duration.ofMillis(200);

    /**
     * Time without audio that counts as silence, if the browser sends again what was lost. It keeps 15 s of audio, and a model may end a
     * stream after 55 s without.
     */
    public static final Duration GAP = Duration.ofSeconds(20);

    private static final int BYTES_PER_MILLI = 32;

    /** Bytes of that silence. */
    public static final int SILENCE_BYTES = (int) SILENCE.toMillis() * BYTES_PER_MILLI;

    private final ResumableCalls.Place place;
    private volatile BrowserConnection connection;
    private @Nullable String token;
    private @Nullable SentEvents sent;
    private boolean listening;
    private boolean replay;
    private Instant heardAt = Instant.MIN;
    private final ReceivedAudio audio = new ReceivedAudio();
    private volatile @Nullable Instant until;

    private final ReentrantLock lock = new ReentrantLock();
    private int claims;
    private boolean closed;

    public BrowserLink(BrowserConnection connection, ResumableCalls.Place place) {
        this.connection = connection;
        this.place = place;
    }

    /** The connection in use, or the last one. From any thread. */
    public BrowserConnection connection() {
        return connection;
    }

    /** Whether the browser is there, and on this connection. */
    public boolean isOn(BrowserConnection other) {
        return !isAway() && connection.id().equals(other.id());
    }

    /** Whether a command from this connection belongs to the call: the browser is on no other one. */
    public boolean carries(BrowserConnection other) {
        return connection.id().equals(other.id());
    }

    public boolean isAway() {
        return until != null;
    }

    /** Whether the browser has been away for too long. */
    public boolean isLate(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** Returns how long to wait for the next silence. */
    public Duration untilSilence(Instant now) {
        if (!gap(now) || until == null) {
            return SILENCE;
        }
        Instant due = heardAt.plus(GAP);
        return Duration.between(now, due.isBefore(until) ? due : until);
    }

    /** Returns whether sound that is missing now may still come. */
    private boolean gap(Instant now) {
        return replay && now.isBefore(heardAt.plus(GAP));
    }

    /** Returns silence in place of the browser's sound, if it has begun to send sound, and none is to come that was recorded by now. */
    public Optional<Input> silence(Instant now) {
        var pcm = new byte[SILENCE_BYTES];
        return listening && !gap(now)
                ? Optional.of(new Input.FromBrowser(new BrowserCommand.Audio(pcm), false))
                : Optional.empty();
    }

    /** Takes notice of a command that goes to the conversation. */
    public void received(BrowserCommand command, Instant now) {
        listening |= command instanceof BrowserCommand.AudioStart;
        if (command instanceof BrowserCommand.Initialize(var config, var asked)) {
            configured(config);
            if (asked != null) {
                offer(asked);
            }
        } else if (command instanceof BrowserCommand.NewChat(var config)) {
            configured(config);
        } else if (command instanceof BrowserCommand.Text(String content) && sent != null) {
            sent.typed(content);
        } else if (command instanceof BrowserCommand.Audio
                || (command instanceof BrowserCommand.Rejected(String event, var _why)
                        && event.equals("audioInput"))) {
            heard(now);
        }
    }

    private void configured(SessionConfig config) {
        if (config.replay() != null) {
            replay = config.replay();
        }
    }

    private void heard(Instant now) {
        heardAt = now;
        Optional<BrowserEvent.AudioReceived> due = audio.add(now);
        if (replay && due.isPresent()) {
            connection.emit(BrowserCodec.encode(due.get()));
        }
    }

    /** There was no room for audio from this connection. From any thread. */
    public void audioDropped(BrowserConnection from) {
        if (carries(from)) {
            audio.drop();
        }
    }

    public void emit(BrowserEvent event) {
        EncodedEvent encoded = BrowserCodec.encode(event);
        if (sent != null) {
            sent.add(encoded);
        }
        connection.emit(encoded);
    }

    /** Tells the browser the token by which it finds the call again; resumed means that it has found it already, and asks once more. */
    private void offer(ResumeRequest asked) {
        if (place.timeout().isZero()) {
            return;
        }
        if (token == null || sent == null) {
            token = place.offer();
            sent = new SentEvents();
        }
        tell(token, token.equals(asked.token()), sent.count());
    }

    /** The token by which the browser finds the call again; empty if it has none. */
    public Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** Returns what another server has to know. */
    public LinkState state() {
        return sent == null ? new LinkState(0, List.of()) : sent.state();
    }

    /**
     * Goes on with the link that another server had, and sends the browser what it missed. Its audio is counted anew.
     *
     * @param listens whether the browser has begun to send sound
     */
    public void restore(LinkState state, boolean listens, BrowserCommand.Initialize asked,
            ResumeRequest resume) {
        String known = Objects.requireNonNull(resume.token());
        var events = new SentEvents();
        events.restore(state, resume.received());
        place.adopt(known);
        token = known;
        sent = events;
        listening = listens;
        replay = Boolean.TRUE.equals(asked.config().replay());
        List<Sent> missed = events.after(resume.received());
        connection.emit(BrowserCodec.encode(new BrowserEvent.ConversationOffered(known, true,
                events.count() - missed.size(), replay ? audio.total() : null, replay)));
        missed.forEach(event -> connection.emit(event.event()));
    }

    /** The browser went on with the call at another server. */
    public void movedAway() {
        connection.emit(BrowserCodec.encode(new BrowserEvent.ConversationMoved()));
        connection.disconnect();
    }

    /** The connection is lost. Returns whether the call waits for another one. */
    public boolean lose(String reason, Instant now) {
        if (token == null || !LOSSES.contains(reason)) {
            return false;
        }
        until = now.plus(place.timeout());
        place.away();
        return true;
    }

    /** Another connection takes over, and gets the events that were missed. The present one is told so and is closed. */
    public void moveTo(BrowserConnection other, BrowserCommand.Initialize asked, ResumeRequest resume) {
        if (!isAway()) {
            connection.emit(BrowserCodec.encode(new BrowserEvent.ConversationMoved()));
            connection.disconnect();
        }
        place.back();
        until = null;
        connection = other;
        replay = Boolean.TRUE.equals(asked.config().replay());
        if (token != null && sent != null) {
            List<Sent> missed = sent.after(resume.received());
            tell(token, true, sent.count() - missed.size());
            missed.forEach(event -> other.emit(event.event()));
        }
    }

    /** @param from number of events that the browser counts as received */
    private void tell(String to, boolean resumed, long from) {
        connection.emit(BrowserCodec.encode(
                new BrowserEvent.ConversationOffered(to, resumed, from, replay ? audio.total() : null)));
    }

    /** Announces that another connection is about to take over; false when it is too late for that. From any thread. */
    public boolean claim() {
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

    /** A connection that claimed the link has it. */
    public void settle() {
        lock.lock();
        try {
            claims--;
        } finally {
            lock.unlock();
        }
    }

    /** Lets no other connection take over from now on. Returns false if one is about to. From any thread. */
    public boolean closeUnlessClaimed() {
        lock.lock();
        try {
            closed |= claims == 0;
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The call is over. */
    public void over() {
        closeUnlessClaimed();
        place.over();
    }
}

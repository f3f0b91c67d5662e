package dev.parley.calls.browser;

import dev.parley.calls.browser.LinkState.KeptEvent;
import dev.parley.voice.contract.BrowserCodec;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.EncodedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The latest events that were sent to a browser, numbered from 1, so that one that comes back gets what it missed. At most
 * {@value #SPEECH_BYTES} bytes of speech are kept, about twenty seconds, and {@value #OTHER_BYTES} of anything else; the oldest of each are
 * forgotten first, so that speech never pushes out text. Belongs to the call's owner.
 */
final class SentEvents {

    static final int SPEECH_BYTES = 1 << 20;
    static final int OTHER_BYTES = 1 << 18;
    static final int STATE_CHARS = 48 * 1024;

    /** Comes from the browser, and is told to one that was opened afresh. */
    private static final String TYPED = "textInput";

    /** The events that a transcript consists of. */
    private static final Set<String> TEXT = Set.of(TYPED, "contentStart", "textOutput", "contentEnd",
            "toolUse", "toolResult", "turnSuperseded");

    private final Shelf speech = new Shelf(SPEECH_BYTES);
    private final Shelf other = new Shelf(OTHER_BYTES);
    private long count;

    record Sent(long number, EncodedEvent event) {

        private int bytes() {
            int bytes = event.json().length();
            for (byte[] attachment : event.attachments()) {
                bytes += attachment.length;
            }
            return bytes;
        }

        private boolean is(String name) {
            return event.name().equals(name);
        }
    }

    void add(EncodedEvent event) {
        var sent = new Sent(++count, event);
        (sent.is("audioOutput") ? speech : other).add(sent);
    }

    /** Text that was typed, which the browser that typed it need not be sent. */
    void typed(String content) {
        other.add(new Sent(count, BrowserCodec.encode(new BrowserEvent.TypedText(content))));
    }

    /** Returns the latest events that are no speech, at most {@value #STATE_CHARS} characters of JSON. */
    LinkState state() {
        var events = new ArrayDeque<KeptEvent>();
        int chars = 0;
        for (Sent sent : other.kept.reversed()) {
            chars += sent.event.json().length();
            if (chars > STATE_CHARS) {
                break;
            }
            events.addFirst(new KeptEvent(sent.number, sent.event.name(), sent.event.json()));
        }
        return new LinkState(count, List.copyOf(events));
    }

    /**
     * Takes the events that another server has sent.
     *
     * @param received number of events that the browser has received, which can be more; null in a page that was opened afresh
     */
    void restore(LinkState state, @Nullable Long received) {
        for (KeptEvent event : state.events()) {
            other.add(new Sent(event.number(), new EncodedEvent(event.name(), event.json(), List.of())));
        }
        count = received == null ? state.count() : Math.max(state.count(), received);
    }

    /** The number of events so far. */
    long count() {
        return count;
    }

    /**
     * Returns the kept events that a browser has not received, in their order.
     *
     * @param received number of events that it has received; null is a page that was opened afresh, which gets the kept transcript
     */
    List<Sent> after(@Nullable Long received) {
        var missed = new ArrayList<Sent>(other.kept);
        if (received == null) {
            missed.removeIf(sent -> !TEXT.contains(sent.event.name()));
        } else {
            missed.addAll(speech.kept);
            missed.removeIf(sent -> sent.number <= received || sent.is(TYPED));
        }
        missed.sort(Comparator.comparingLong(Sent::number));
        return missed;
    }

    private static final class Shelf {
        private final ArrayDeque<Sent> kept = new ArrayDeque<>();
        private final int most;
        private int bytes;

        Shelf(int most) {
            this.most = most;
        }

        void add(Sent sent) {
            kept.add(sent);
            bytes += sent.bytes();
            while (bytes > most) {
                bytes -= kept.removeFirst().bytes();
            }
        }
    }
}

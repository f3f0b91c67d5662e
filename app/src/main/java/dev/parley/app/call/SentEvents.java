package dev.parley.app.call;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The latest events that were sent to a browser, numbered from 1, so that one that comes back gets what it missed. At most
 * {@value #SPEECH_BYTES} bytes of speech are kept, about twenty seconds, and {@value #OTHER_BYTES} of anything else; the oldest of each are
 * forgotten first, so that speech never pushes out text. Belongs to the call's owner.
 */
final class SentEvents {

    static final int SPEECH_BYTES = 1 << 20;
    static final int OTHER_BYTES = 1 << 18;

    /** Comes from the browser, and is told to one that was opened afresh. */
    private static final String TYPED = "textInput";

    /** What a transcript is made of. */
    private static final Set<String> TEXT = Set.of(TYPED, "contentStart", "textOutput", "contentEnd",
            "toolUse", "toolResult");

    private final Shelf speech = new Shelf(SPEECH_BYTES);
    private final Shelf other = new Shelf(OTHER_BYTES);
    private long count;

    /** @param json the whole argument array */
    record Sent(long number, String event, String json, List<byte[]> attachments) {

        private int bytes() {
            int bytes = json.length();
            for (byte[] attachment : attachments) {
                bytes += attachment.length;
            }
            return bytes;
        }

        private boolean isSpeech() {
            return event.equals("audioOutput");
        }
    }

    void add(String event, String json, List<byte[]> attachments) {
        var sent = new Sent(++count, event, json, attachments);
        (sent.isSpeech() ? speech : other).add(sent);
    }

    /** Text that was typed, which the browser that typed it need not be sent. */
    void typed(String content) {
        var json = JsonNodeFactory.instance.arrayNode().add(TYPED);
        json.addObject().put("content", content);
        other.add(new Sent(count, TYPED, json.toString(), List.of()));
    }

    /** How many events there have been. */
    long count() {
        return count;
    }

    /**
     * What is kept of the events that a browser has not got, in their order.
     *
     * @param received how many it has got; null is a page that was opened afresh, which gets the transcript as far as it is kept
     */
    List<Sent> after(@Nullable Long received) {
        var missed = new ArrayList<Sent>(other.kept);
        if (received == null) {
            missed.removeIf(sent -> !TEXT.contains(sent.event));
        } else {
            missed.addAll(speech.kept);
            missed.removeIf(sent -> sent.number <= received || sent.event.equals(TYPED));
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

package dev.parley.voice.conversation;

import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What was said, from final texts only. A text is filed under the turn that it belongs to, however late it comes: what the assistant said
 * before it was spoken over stands before the words that did so. Neighbours of one side are one turn. Bounded in turns and characters; the
 * oldest is dropped. Not thread-safe.
 */
public final class TurnLog {

    private final int maxTurns;
    private final int maxChars;
    private final ArrayList<Entry> entries = new ArrayList<>();
    private int numbers;
    private int chars;
    private String typed = "";
    private @Nullable Entry latest;
    private boolean answering;

    public TurnLog(ConversationOptions.Limits limits) {
        maxTurns = limits.historyTurns();
        maxChars = limits.historyChars();
    }

    /** The user typed this. A model may repeat it as user text; that is not a second turn. Answers the number of the turn. */
    public int typed(String text) {
        typed = text;
        return add(user(), text);
    }

    /**
     * Takes what the model says.
     *
     * @return the number of the turn, growing with time, that a text was filed under; nothing if there was none to be filed
     */
    public OptionalInt on(ModelEvent event) {
        return switch (event) {
            case ModelEvent.UserText heard -> heard(heard.text());
            case ModelEvent.AssistantText said when said.stage() == Stage.SPECULATIVE -> {
                answer().announced(said.text());
                yield OptionalInt.empty();
            }
            case ModelEvent.AssistantText said -> {
                Entry turn = turnOf(said.text());
                answering &= turn != latest || !over(said.stop());
                yield OptionalInt.of(add(turn, said.text()));
            }
            case ModelEvent.AudioEnd end -> {
                if (latest != null && answering) {
                    latest.sounded = true;
                    answering = !over(end.stop());
                }
                yield OptionalInt.empty();
            }
            case ModelEvent.Interrupted _any -> {
                if (latest != null) {
                    latest.cut = true;
                }
                answering = false;
                yield OptionalInt.empty();
            }
            case ModelEvent.Ended _any -> {
                over();
                yield OptionalInt.empty();
            }
            case ModelEvent.Failed _any -> {
                over();
                yield OptionalInt.empty();
            }
            case ModelEvent.Audio _any -> OptionalInt.empty();
            case ModelEvent.ToolCall _any -> OptionalInt.empty();
            case ModelEvent.Usage _any -> OptionalInt.empty();
            case ModelEvent.Moved _any -> OptionalInt.empty();
        };
    }

    /** Oldest first. */
    public List<Turn> turns() {
        var turns = new ArrayList<Turn>();
        for (Entry entry : entries) {
            if (entry.texts.isEmpty()) {
                continue;
            }
            String text = String.join(" ", entry.texts);
            if (!turns.isEmpty() && turns.getLast().role() == entry.role) {
                text = turns.removeLast().text() + " " + text;
            }
            turns.add(new Turn(entry.role, text));
        }
        return turns;
    }

    /** The answer that was being given is over, and nothing typed waits for one. */
    void over() {
        answering = false;
        typed = "";
    }

    void clear() {
        entries.clear();
        chars = 0;
        typed = "";
        latest = null;
        answering = false;
    }

    /** What is recognised while the answer to something typed has not begun was spoken before that was typed. */
    private OptionalInt heard(String text) {
        if (text.equals(typed)) {
            typed = "";
            return OptionalInt.empty();
        }
        Entry turn = user();
        int at = typed.isEmpty() ? turn.texts.size() : Math.max(0, turn.texts.size() - 1);
        return OptionalInt.of(add(turn, at, text));
    }

    /** The user's turn that goes on, or a new one. */
    private Entry user() {
        return !entries.isEmpty() && entries.getLast().role == Role.USER ? entries.getLast()
                : begin(Role.USER);
    }

    /** The answer that goes on, or a new one. */
    private Entry answer() {
        Entry now = latest;
        if (now == null || !answering) {
            now = begin(Role.ASSISTANT);
            latest = now;
            answering = true;
            typed = "";
        }
        return now;
    }

    private Entry begin(Role role) {
        var entry = new Entry(++numbers, role);
        entries.add(entry);
        trim();
        return entry;
    }

    private static boolean over(StopReason stop) {
        return stop == StopReason.END_TURN || stop == StopReason.INTERRUPTED;
    }

    /**
     * Whose final text it is: of the answer that announced it, else of the last one of which something has sounded. The answer before comes
     * first, unless it was cut off: then sentences that it announced were never said.
     */
    private Entry turnOf(String text) {
        Entry now = latest;
        boolean unannounced = now != null && !answering && !now.hasAnnounced && entries.getLast() != now;
        if (now == null || unannounced) {
            return answer();
        }
        List<Entry> before = before(now);
        return before.stream()
                .filter(entry -> !entry.cut && entry.says(text))
                .findFirst()
                .or(() -> Optional.of(now).filter(entry -> entry.says(text)))
                .or(() -> before.stream().filter(entry -> entry.says(text)).findFirst())
                .or(() -> before.stream().filter(any -> !now.sounded).reduce((one, last) -> last))
                .orElse(now);
    }

    /** The answers to the user's turn before the one that is being answered. */
    private List<Entry> before(Entry now) {
        var before = new ArrayList<Entry>();
        int asked = 0;
        for (Entry entry : entries.subList(0, Math.max(0, entries.indexOf(now))).reversed()) {
            asked += entry.role == Role.USER ? 1 : 0;
            if (asked > 1) {
                break;
            }
            if (asked == 1 && entry.role == Role.ASSISTANT) {
                before.addFirst(entry);
            }
        }
        return before;
    }

    private int add(Entry turn, String text) {
        return add(turn, turn.texts.size(), text);
    }

    private int add(Entry turn, int at, String text) {
        if (!text.isEmpty() && entries.contains(turn)) {
            String kept = text.length() > maxChars ? text.substring(0, maxChars) : text;
            turn.texts.add(at, kept);
            chars += kept.length() + 1;
            trim();
        }
        return turn.number;
    }

    private void trim() {
        while (entries.size() > maxTurns) {
            forget(entries.removeFirst());
        }
        while (chars - 1 > maxChars) {
            Entry oldest = entries.getFirst();
            if (oldest.texts.size() > 1 && entries.size() == 1) {
                chars -= oldest.texts.removeFirst().length() + 1;
            } else {
                forget(entries.removeFirst());
            }
        }
    }

    private void forget(Entry entry) {
        entry.texts.forEach(text -> chars -= text.length() + 1);
        if (entry == latest) {
            latest = null;
            answering = false;
        }
    }

    private static final class Entry {
        private static final int MAX_ANNOUNCED = 256;

        private final int number;
        private final Role role;
        private final List<String> texts = new ArrayList<>();
        private final List<String> announced = new ArrayList<>();
        private boolean hasAnnounced;
        private boolean sounded;
        private boolean cut;

        private Entry(int number, Role role) {
            this.number = number;
            this.role = role;
        }

        private void announced(String sentence) {
            hasAnnounced = true;
            if (announced.size() < MAX_ANNOUNCED) {
                announced.add(sentence);
            }
        }

        /** Whether it had announced this, whole or what of it was spoken before an interruption; it no longer has. */
        private boolean says(String text) {
            for (String sentence : announced) {
                if (!text.isBlank() && sentence.startsWith(text)) {
                    announced.remove(sentence);
                    return true;
                }
            }
            return false;
        }
    }
}

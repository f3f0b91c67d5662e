package dev.parley.voice.conversation;

import dev.parley.voice.conversation.ConversationState.Sentence;
import dev.parley.voice.conversation.ConversationState.SpokenTurn;
import dev.parley.voice.conversation.Turn.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The turns of a conversation with their texts. Bounded in turns and characters; the oldest are dropped. Not thread-safe. */
final class TurnHistory {

    private final int maxTurns;
    private final int maxChars;
    private final ArrayList<Entry> entries = new ArrayList<>();
    private int numbers;
    private int chars;

    TurnHistory(ConversationOptions.Limits limits) {
        maxTurns = limits.historyTurns();
        maxChars = limits.historyChars();
    }

    /** Returns the final texts, oldest turn first. Adjacent turns of one side are merged into one. */
    List<Turn> turns() {
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

    /** Returns the turns, for another server. */
    List<SpokenTurn> state() {
        return entries.stream()
                .map(entry -> new SpokenTurn(entry.number, entry.role, entry.texts,
                        entry.cut ? List.of() : entry.sounded(), entry.cut))
                .toList();
    }

    /** Takes the turns of another server, and the number of the last one. */
    void restore(List<SpokenTurn> turns, int last) {
        numbers = last;
        for (SpokenTurn turn : turns) {
            var entry = new Entry(turn.number(), turn.role());
            entries.add(entry);
            turn.texts().forEach(text -> add(entry, text));
            turn.owed().forEach(sentence -> entry.restore(sentence));
            entry.cut = turn.cut();
        }
        trim();
    }

    /** Returns the last number of a turn. */
    int numbers() {
        return numbers;
    }

    /** Returns the last turn of a side. */
    @Nullable Entry last(Role role) {
        return entries.reversed().stream().filter(entry -> entry.role == role).findFirst().orElse(null);
    }

    /** Returns all turns, oldest first. */
    List<Entry> all() {
        return List.copyOf(entries);
    }

    /** Begins a turn. */
    Entry begin(Role role) {
        var entry = new Entry(++numbers, role);
        entries.add(entry);
        trim();
        return entry;
    }

    /** Returns the user's turn if it is the last one, or begins one. */
    Entry userTurn() {
        return !entries.isEmpty() && entries.getLast().role == Role.USER ? entries.getLast()
                : begin(Role.USER);
    }

    boolean isLast(Entry turn) {
        return !entries.isEmpty() && entries.getLast() == turn;
    }

    /** Returns the turn, unless it was dropped. */
    @Nullable Entry held(@Nullable Entry turn) {
        return entries.contains(turn) ? turn : null;
    }

    /** Returns the assistant's turns between the user's last two turns before this one, oldest first. */
    List<Entry> answersBefore(Entry now) {
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

    /** Adds a text to a turn. */
    void add(Entry turn, String text) {
        add(turn, turn.texts.size(), text);
    }

    /** Adds a text to a turn, before its last text. */
    void addBeforeLast(Entry turn, String text) {
        add(turn, Math.max(0, turn.texts.size() - 1), text);
    }

    private void add(Entry turn, int at, String text) {
        if (!text.isEmpty() && entries.contains(turn)) {
            String kept = text.length() > maxChars ? text.substring(0, maxChars) : text;
            turn.texts.add(at, kept);
            chars += kept.length() + 1;
            trim();
        }
    }

    /**
     * Removes the user's last text and the assistant's turns after it. Earlier texts of the same turn stay.
     *
     * @return the number of the user's turn; 0 if there is none
     */
    int removeLastExchange() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry turn = entries.get(i);
            if (turn.role == Role.USER) {
                var removed = entries.subList(turn.texts.size() > 1 ? i + 1 : i, entries.size());
                removed.forEach(this::forget);
                removed.clear();
                if (turn.texts.size() > 1) {
                    chars -= turn.texts.removeLast().length() + 1;
                }
                return turn.number;
            }
        }
        return 0;
    }

    /** Returns the texts of the turn with this number; empty if it was removed or dropped. */
    List<String> texts(int number) {
        return entries.stream()
                .filter(entry -> entry.number == number)
                .findFirst()
                .map(entry -> List.copyOf(entry.texts))
                .orElse(List.of());
    }

    /** Drops all turns; the next one has the number 1. */
    void clear() {
        entries.clear();
        chars = 0;
        numbers = 0;
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
    }

    /** A turn. An answer also stores the sentences that were announced, and how far it came. */
    static final class Entry {
        private static final int MAX_ANNOUNCED = 256;

        private final int number;
        private final Role role;
        private final List<String> texts = new ArrayList<>();
        private final List<Sentence> announced = new ArrayList<>();
        /** Number of the announced sentences, from the first, whose speech is complete. */
        private int complete;
        private boolean hasAnnounced;
        private boolean sounded;
        private boolean cut;

        private Entry(int number, Role role) {
            this.number = number;
            this.role = role;
        }

        int number() {
            return number;
        }

        Role role() {
            return role;
        }

        List<String> texts() {
            return List.copyOf(texts);
        }

        void announce(String block, String sentence) {
            hasAnnounced = true;
            if (announced.size() < MAX_ANNOUNCED) {
                announced.add(new Sentence(block, sentence));
            }
        }

        private void restore(Sentence sentence) {
            announce(sentence.block(), sentence.text());
            sound();
        }

        /** Returns the announced sentences whose speech is complete, and whose final text has not come. */
        List<Sentence> sounded() {
            return List.copyOf(announced.subList(0, complete));
        }

        boolean hasAnnounced() {
            return hasAnnounced;
        }

        /** Records that the speech of one of its sentences is complete. */
        void sound() {
            sounded = true;
            complete = Math.min(complete + 1, announced.size());
        }

        boolean hasSounded() {
            return sounded;
        }

        /** Records that the user spoke over it. */
        void cut() {
            cut = true;
        }

        boolean isCut() {
            return cut;
        }

        /** Removes an announced sentence that begins with this text, and returns whether there was one. */
        boolean takeAnnounced(String text) {
            for (int i = 0; i < announced.size(); i++) {
                if (!text.isBlank() && announced.get(i).text().startsWith(text)) {
                    announced.remove(i);
                    complete -= i < complete ? 1 : 0;
                    return true;
                }
            }
            return false;
        }
    }
}

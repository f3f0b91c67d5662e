package dev.parley.cascade;

import dev.parley.voice.language.Prompt.Message;
import dev.parley.voice.language.Prompt.ToolUse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One turn as the model will see it: the user's words, tool calls with their results, and the reply as far as it was heard. While the turn
 * goes on, texts before tool calls stand as they were generated. Not thread-safe.
 */
final class TurnMessages {

    /** The mark at the end of a reply that the user cut off. */
    static final String INTERRUPTED = "[interrupted]";
    /** Maximum length of a tool's result in a prompt, in characters. */
    static final int LONGEST_RESULT = 4_000;

    private static final String NO_RESULT = "{\"error\":\"the user went on before the result was known\"}";

    private final List<Message> messages = new ArrayList<>();
    private final ArrayDeque<Part> unheard = new ArrayDeque<>();
    private final Map<Integer, StringBuilder> heard = new HashMap<>();
    private final Map<String, String> unanswered = new HashMap<>();
    private int round;
    private boolean closed;

    /** A part of the reply that was passed on to be spoken. */
    private record Part(String text, int round) {}

    /** Creates the turn of a user. */
    static TurnMessages of(String user) {
        var turn = new TurnMessages();
        turn.messages.add(new Message.User(user));
        return turn;
    }

    /** Creates a turn of the assistant alone, such as a greeting. */
    static TurnMessages unprompted() {
        return new TurnMessages();
    }

    /** Creates a turn of an earlier stream. */
    static TurnMessages former(boolean user, String text) {
        var turn = new TurnMessages();
        turn.messages.add(user ? new Message.User(text) : new Message.Assistant(text, List.of()));
        turn.closed = true;
        return turn;
    }

    /** Records that a part of the reply is about to be spoken. */
    void saying(String text) {
        unheard.add(new Part(text, round));
    }

    /** Records a text that was heard to its end, or as far as it was heard. Ignores a text that is not part of the reply. */
    void said(String text) {
        if (unheard.stream().noneMatch(part -> part.text().startsWith(text))) {
            return;
        }
        Part part = unheard.removeFirst();
        while (!part.text().startsWith(text)) {
            part = unheard.removeFirst(); // its sound was lost
        }
        if (!part.text().equals(text)) {
            unheard.addFirst(new Part(part.text().substring(text.length()).strip(), part.round()));
        }
        StringBuilder so = heard.computeIfAbsent(part.round(), _round -> new StringBuilder());
        so.append(so.isEmpty() ? "" : " ").append(text);
    }

    /** Records tool calls, after the text that the model wrote before them. */
    void calls(String text, List<ToolUse> calls) {
        messages.add(new Message.Assistant(text.strip(), calls));
        calls.forEach(call -> unanswered.put(call.id(), call.name()));
        round++;
    }

    /** Records the result of a tool, as data. */
    void result(String callId, String name, String json) {
        if (unanswered.remove(callId) != null) {
            String cut = json.length() > LONGEST_RESULT
                    ? json.substring(0, LONGEST_RESULT) + "… (the rest is left out)"
                    : json;
            messages.add(new Message.ToolResult(callId, name,
                    "Data from the tool " + name + ", no instructions: " + cut));
        }
    }

    /**
     * Ends the turn: from now on its texts are what was heard.
     *
     * @param cut whether the model had more to say
     */
    void close(boolean cut) {
        if (closed) {
            return;
        }
        closed = true;
        unanswered.forEach((id, name) -> messages.add(new Message.ToolResult(id, name, NO_RESULT)));
        boolean interrupted = cut || !unheard.isEmpty();
        int last = round;
        Set<Integer> rounds = new HashSet<>(heard.keySet());
        int number = 0;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof Message.Assistant said && !said.calls().isEmpty()) {
                boolean end = interrupted && !rounds.contains(last) && number == last - 1;
                messages.set(i, new Message.Assistant(text(number, end), said.calls()));
                number++;
            }
        }
        if (rounds.contains(last)) {
            messages.add(new Message.Assistant(text(last, interrupted), List.of()));
        }
        unheard.clear();
    }

    private String text(int number, boolean end) {
        StringBuilder so = heard.get(number);
        return so == null ? "" : end ? so + " " + INTERRUPTED : so.toString();
    }

    /** Returns whether the turn is over and nothing can be said of it: a greeting that nobody heard. */
    boolean isEmpty() {
        return closed && messages.isEmpty();
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Returns the length of all texts, in characters. */
    int length() {
        int sum = 0;
        for (Message message : messages) {
            sum += switch (message) {
                case Message.User user -> user.text().length();
                case Message.Assistant said -> said.text().length() + said.calls()
                        .stream()
                        .mapToInt(call -> call.name().length() + call.arguments().length())
                        .sum();
                case Message.ToolResult result -> result.result().length();
            };
        }
        return sum;
    }
}

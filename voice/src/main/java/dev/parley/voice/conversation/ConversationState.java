package dev.parley.voice.conversation;

import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.conversation.Turn.Role;
import java.util.List;

/**
 * The state of a {@link Conversation} from which another server can go on with it. Immutable; its size is limited by
 * {@link ConversationOptions.Limits}.
 *
 * @param id       identifies the conversation to the browser
 * @param streams  number of model streams that it has opened
 * @param listens  whether {@code audioStart} was handled
 * @param snapshot the model's own state; "" if it has none
 * @param found    results of tools for the last question, if its answer was not given to its end
 * @param notices  texts to say unprompted, which the model has not begun to say
 */
public record ConversationState(String id, int streams, Settings settings, boolean listens, Turns turns,
        String snapshot, List<ToolResult> found, List<String> notices) {

    public ConversationState {
        found = List.copyOf(found);
        notices = List.copyOf(notices);
    }

    /** The settings of its streams, with the id of its persona. */
    public record Settings(SessionConfig config, String persona, String voice, String prompt) {}

    /**
     * The turns.
     *
     * @param all       oldest first
     * @param last      number of the last turn; numbers are not reused
     * @param asked     whether the user's last turn has no answer yet
     * @param answering whether the last answer was not given to its end
     */
    public record Turns(List<SpokenTurn> all, int last, boolean asked, boolean answering) {
        public Turns {
            all = List.copyOf(all);
        }
    }

    /**
     * A turn of one side.
     *
     * @param texts its final texts
     * @param owed  sentences whose speech the browser was sent whole, and whose final text it was not
     * @param cut   whether the user spoke over it
     */
    public record SpokenTurn(int number, Role role, List<String> texts, List<Sentence> owed, boolean cut) {
        public SpokenTurn {
            texts = List.copyOf(texts);
            owed = List.copyOf(owed);
        }
    }

    /** A sentence of the assistant, and the block in which it was announced. */
    public record Sentence(String block, String text) {}

    /** The result of a tool, a JSON object as text, for these arguments. */
    public record ToolResult(String tool, String arguments, String json) {}
}

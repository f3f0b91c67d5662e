package dev.parley.calls.state;

import dev.parley.calls.browser.LinkState;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.conversation.ConversationState;
import java.util.Optional;

/**
 * The state of a call. Immutable.
 *
 * @param link       what its browser was sent
 * @param transcript id of its transcript; empty if there is none
 * @param used       tokens that its stream has used, and that are counted for the day already
 */
public record CallState(ConversationState conversation, LinkState link, UserItems items,
        Optional<String> transcript, Usage used) {}

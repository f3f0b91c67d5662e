package dev.parley.voice.tool;

import dev.parley.voice.StreamSettings.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something the assistant can do when a model asks for it. Called by whoever runs tools for a conversation, usually through
 * {@link ToolBox#run}; implementations are stateless, safe for any thread, quick, and never block.
 */
public interface Tool {

    /** The name, description and argument schema that a model sees. */
    ToolSpec spec();

    /**
     * Does the work. The result is a small object that a model can speak from; arguments that make no sense are answered with
     * {@code {"error":"one sentence"}} and never with an exception.
     */
    ObjectNode call(ObjectNode arguments, ToolContext context);
}

package dev.parley.voice.tool;

import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something the assistant can do when a model asks for it. Called by whoever runs tools for a conversation, usually through
 * {@link ToolBox#run}, on a thread of its own and with a deadline at which that thread is interrupted: a tool may wait for a network, and
 * then has to end when it is interrupted. Implementations are safe for any thread.
 */
public interface Tool {

    /** The name, description and argument schema that a model sees. */
    ToolSpec spec();

    /**
     * Does the work. The result is a small object that a model can speak from; arguments that make no sense are answered with
     * {@code {"error":"one sentence"}} and never with an exception.
     */
    ObjectNode call(ObjectNode arguments, ToolContext context);

    /** A tool made of its parts; {@code schema} is a JSON schema as text. */
    static Tool of(String name, String description, String schema,
            BiFunction<ObjectNode, ToolContext, ObjectNode> work) {
        var spec = new ToolSpec(name, description, schema);
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public ObjectNode call(ObjectNode arguments, ToolContext context) {
                return work.apply(arguments, context);
            }
        };
    }
}

package dev.parley.assistant.tool;

import dev.parley.voice.StreamSettings.ToolSpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tool that a model may call. {@link #of(String, String, ToolParameters, Work)} creates one; {@link ToolRunner} runs it.
 *
 * <pre>{@code
 * Tool echo = Tool.of("echo", "Repeats a text.",
 *         ToolParameters.none().required("text", ToolParameters.JsonType.STRING, "The text to repeat"),
 *         (arguments, context) -> ToolJson.object().put("text", ToolJson.text(arguments, "text")));
 * }</pre>
 *
 * <p>
 * Thread-safe: conversations share their tools.
 */
public interface Tool {

    /** Returns the name, description and argument schema that a model sees. */
    ToolSpec spec();

    /** Runs the tool; see {@link Work#call}. */
    ObjectNode call(ObjectNode arguments, ToolContext context);

    /** The work of a tool, safe for any thread. */
    @FunctionalInterface
    interface Work {

        /**
         * Does the work and returns a small object from which a model can speak.
         *
         * <p>
         * Called on a thread of its own that is interrupted at a deadline: work that waits for a network ends when it is interrupted. For
         * arguments that make no sense it returns {@link ToolJson#error} and does not throw.
         */
        ObjectNode call(ObjectNode arguments, ToolContext context);
    }

    /** Returns this tool, declared as one whose calls change nothing. */
    default Tool readOnly() {
        return of(spec().asReadOnly(), this::call);
    }

    /** Creates a tool from its parts. */
    static Tool of(String name, String description, ToolParameters parameters, Work work) {
        return of(new ToolSpec(name, description, parameters.schema()), work);
    }

    /** Creates a tool whose declaration comes from elsewhere, such as another server. */
    static Tool of(ToolSpec spec, Work work) {
        return new Tool() {
            @Override
            public ToolSpec spec() {
                return spec;
            }

            @Override
            public ObjectNode call(ObjectNode arguments, ToolContext context) {
                return work.call(arguments, context);
            }
        };
    }
}

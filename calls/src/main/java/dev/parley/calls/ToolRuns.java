package dev.parley.calls;

import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolRunner;
import dev.parley.voice.conversation.Effect.RunTool;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools that one call is running, each on a thread of its own. Each run has one result: of the tool, or an error at its
 * deadline, when the tool is interrupted and its late result is dropped. The conversation limits the number of runs.
 */
final class ToolRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ToolRuns.class);

    /** The beginning of the result of a tool that failed. */
    private static final String ERROR = "{\"error\"";

    private final CallServices services;
    private final ToolContext context;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    ToolRuns(CallServices services, ToolContext context) {
        this.services = services;
        this.context = context;
    }

    /** @param answer called once, from another thread, with a JSON object as text */
    void start(RunTool call, Consumer<String> answer) {
        new Run(call, answer).start();
    }

    /** Interrupts the tools of a stream that is closed. */
    void cancel(int stream) {
        running.stream().filter(run -> run.call.stream() == stream).forEach(Run::abandon);
    }

    /** Interrupts all tools; their results are dropped. */
    @Override
    public void close() {
        running.forEach(Run::abandon);
    }

    private final class Run {
        private final AtomicBoolean answered = new AtomicBoolean();
        private final RunTool call;
        private final Consumer<String> answer;
        private final Instant started = services.clock().instant();
        private final String label;
        private final Thread thread;
        private final Runnable cancelDeadline;

        private Run(RunTool call, Consumer<String> answer) {
            this.call = call;
            this.answer = answer;
            this.label = label(call.name());
            this.thread = services.runtime().tools().newThread(this::work);
            thread.setName("tool-" + call.name());
            this.cancelDeadline = services.alarm().in(services.toolTimeout(), this::tooLate);
        }

        private void start() {
            running.add(this);
            thread.start();
        }

        private void work() {
            try {
                answer(ToolRunner.run(services.tools().get(), call.name(), call.arguments(), context));
            } catch (Throwable broken) { // even a StackOverflowError must not leave the model without an answer
                LOG.atWarn()
                        .addKeyValue("tool", call.name())
                        .addKeyValue("error", broken.getClass().getName())
                        .log("a tool failed");
                answer(ToolJson.error("Something went wrong with that.").toString());
            } finally {
                cancelDeadline.run();
                running.remove(this);
            }
        }

        private void tooLate() {
            LOG.atWarn().addKeyValue("tool", call.name()).log("a tool took too long");
            answer(ToolJson.error("That took too long.").toString());
            abandon();
        }

        private void abandon() {
            answered.set(true);
            cancelDeadline.run();
            thread.interrupt();
            running.remove(this);
        }

        private void answer(String json) {
            if (answered.compareAndSet(false, true)) {
                // First, so that nothing that fails below keeps the result from the model.
                answer.accept(json);
                services.listener()
                        .toolFinished(label, json.startsWith(ERROR),
                                Duration.between(started, services.clock().instant()));
            }
        }
    }

    /** The name of a tool for metrics, which must not contain a name that a model made up. */
    private String label(String name) {
        return services.tools().get().stream().anyMatch(tool -> tool.spec().name().equals(name)) ? name
                : "unknown";
    }
}

package dev.parley.app.call;

import dev.parley.voice.conversation.Effect.RunTool;
import dev.parley.voice.tool.Results;
import dev.parley.voice.tool.Tool;
import dev.parley.voice.tool.ToolBox;
import dev.parley.voice.tool.ToolContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tools that one call is running, each on a virtual thread of its own. Every run is answered once: by the tool, or by its deadline,
 * at which the tool is interrupted and whatever it answers later is dropped. How many run at once is bounded by the conversation.
 */
final class ToolRuns implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ToolRuns.class);

    private final Supplier<List<Tool>> tools;
    private final ToolContext context;
    private final Alarms alarms;
    private final Duration deadline;
    private final Set<Run> running = ConcurrentHashMap.newKeySet();

    ToolRuns(Supplier<List<Tool>> tools, ToolContext context, Alarms alarms, Duration deadline) {
        this.tools = tools;
        this.context = context;
        this.alarms = alarms;
        this.deadline = deadline;
    }

    /** @param answer called once, from another thread, with a JSON object as text */
    void start(RunTool call, Consumer<String> answer) {
        new Run(call, answer).start();
    }

    /** Interrupts what still runs for this stream: whoever asked is no longer there. */
    void cancel(int stream) {
        running.stream().filter(run -> run.call.stream() == stream).forEach(Run::abandon);
    }

    /** Interrupts what still runs; its answers go nowhere. */
    @Override
    public void close() {
        running.forEach(Run::abandon);
    }

    private final class Run {
        private final AtomicBoolean answered = new AtomicBoolean();
        private final RunTool call;
        private final Consumer<String> answer;
        private final Thread thread;
        private final Runnable cancelDeadline;

        private Run(RunTool call, Consumer<String> answer) {
            this.call = call;
            this.answer = answer;
            this.thread = Thread.ofVirtual().name("tool-" + call.name()).unstarted(this::work);
            this.cancelDeadline = alarms.in(deadline, this::tooLate);
        }

        private void start() {
            running.add(this);
            thread.start();
        }

        private void work() {
            try {
                answer(ToolBox.run(tools.get(), call.name(), call.arguments(), context));
            } catch (Throwable broken) { // even a StackOverflowError must not leave the model without an answer
                LOG.atWarn()
                        .addKeyValue("tool", call.name())
                        .addKeyValue("error", broken.getClass().getName())
                        .log("a tool failed");
                answer(Results.error("Something went wrong with that.").toString());
            } finally {
                cancelDeadline.run();
                running.remove(this);
            }
        }

        private void tooLate() {
            LOG.atWarn().addKeyValue("tool", call.name()).log("a tool took too long");
            answer(Results.error("That took too long.").toString());
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
                answer.accept(json);
            }
        }
    }
}

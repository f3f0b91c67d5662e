package dev.parley.calls;

import dev.parley.voice.Alarm;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * The time and the threads of calls. Immutable; its parts are thread-safe.
 *
 * @param alarm closed with the calls
 * @param calls runs the work of calls, which never blocks
 * @param tools makes the thread of one tool, which may block, and is interrupted at the tool's deadline
 */
public record CallRuntime(InstantSource clock, Alarm alarm, Executor calls, ThreadFactory tools) {

    /** Returns a runtime that runs calls and tools on virtual threads. */
    public static CallRuntime onVirtualThreads(InstantSource clock, Alarm alarm) {
        return new CallRuntime(clock, alarm, task -> Thread.ofVirtual().name("call").start(task),
                Thread.ofVirtual().factory());
    }
}

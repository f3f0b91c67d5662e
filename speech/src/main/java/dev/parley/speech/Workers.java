package dev.parley.speech;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The platform threads that all streams share. Recognition and synthesis keep a core busy for tenths of a second, which a virtual thread
 * must not. Idle threads end. A full queue rejects work, and the stream that submitted it fails as busy.
 */
record Workers(ExecutorService decodes, ExecutorService voices) implements AutoCloseable {

    static final int VOICES = 2;
    private static final int QUEUED_PER_STREAM = 4;
    private static final long IDLE_SECONDS = 30;
    private static final long LAST_RUN_SECONDS = 10;

    static Workers start(EmbeddedOptions options) {
        int queued = QUEUED_PER_STREAM * options.maxStreams();
        return new Workers(pool("parley-decode-", options.decoders(), queued),
                pool("parley-voice-", VOICES, queued));
    }

    private static ExecutorService pool(String name, int threads, int queued) {
        var number = new AtomicInteger();
        var pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                work -> Thread.ofPlatform().daemon().name(name + number.incrementAndGet()).unstarted(work));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Ends the threads, after the work that is running. */
    @Override
    public void close() {
        decodes.shutdownNow();
        voices.shutdownNow();
        idle();
    }

    /** Returns whether every thread has ended, after waiting some seconds for it. */
    boolean idle() {
        try {
            return decodes.awaitTermination(LAST_RUN_SECONDS, TimeUnit.SECONDS)
                    && voices.awaitTermination(LAST_RUN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

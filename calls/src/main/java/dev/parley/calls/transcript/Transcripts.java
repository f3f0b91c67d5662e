package dev.parley.calls.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of transcripts with one file for each conversation, written continuously by one thread. Files older than the number of days to
 * keep are removed at the start and every hour; so are the oldest of more than {@value #MOST_FILES}. At most {@value #ROOM} lines wait to
 * be written; when the disk is too slow, further lines are dropped and no caller waits. Thread-safe.
 */
public final class Transcripts implements AutoCloseable {

    static final int ROOM = 1_024;
    static final int MOST_FILES = 10_000;
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Transcripts.class);

    private final Path folder;
    private final Duration keep;
    private final InstantSource clock;
    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(ROOM);
    private final Thread writer;
    private Instant nextSweep = Instant.MIN;
    private volatile boolean failing;

    /** Task of the writer thread. */
    private interface Job {
        void run() throws IOException;
    }

    private Transcripts(Path folder, int days, InstantSource clock) {
        this.folder = folder;
        this.keep = Duration.ofDays(days);
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("transcripts").unstarted(this::work);
    }

    /**
     * Starts to store transcripts.
     *
     * @param folder folder of the files, created with the first line if it does not exist
     * @param days   age in days after which a file is removed
     */
    public static Transcripts in(Path folder, int days, InstantSource clock) {
        var transcripts = new Transcripts(folder, days, clock);
        transcripts.writer.start();
        return transcripts;
    }

    /** For deterministic tests: nothing is written before {@link #writeWaiting}. */
    static Transcripts withoutThread(Path folder, int days, InstantSource clock) {
        return new Transcripts(folder, days, clock);
    }

    /** For deterministic tests: writes the waiting lines on this thread. */
    void writeWaiting() throws IOException {
        sweep();
        for (Job next = jobs.poll(); next != null; next = jobs.poll()) {
            next.run();
        }
    }

    /** Returns the transcript of a new conversation. Its file is created with the first text. */
    public Transcript begin() {
        return new Transcript(this, Transcript.newId(clock.instant()));
    }

    /** Returns the transcript of a conversation that was at another server, under its id; of a new one if the id is not valid. */
    public Transcript resume(String id) {
        return Transcript.isId(id) ? new Transcript(this, id) : begin();
    }

    void write(Transcript transcript, Transcript.Line line) {
        if (!jobs.offer(() -> transcript.append(folder, line))) {
            failed("the disk is too slow");
        }
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                sweep();
                Job next = jobs.poll(SWEEP.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                    failing = false;
                }
            } catch (IOException | RuntimeException unwritable) {
                failed(unwritable.getClass().getSimpleName());
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    /** Logs one line for each series of failures. */
    private void failed(String why) {
        if (!failing) {
            failing = true;
            LOG.atError().addKeyValue("error", why).log("a transcript could not be written");
        }
    }

    private void sweep() throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(nextSweep)) {
            return;
        }
        nextSweep = now.plus(SWEEP);
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (var all = Files.list(folder)) {
            files = all.filter(file -> Transcript.began(file).isPresent()).sorted().toList();
        }
        int tooMany = files.size() - MOST_FILES;
        for (int i = 0; i < files.size(); i++) {
            Instant began = Transcript.began(files.get(i)).orElse(now);
            if (i < tooMany || began.isBefore(now.minus(keep))) {
                Files.deleteIfExists(files.get(i));
            }
        }
    }

    /** Writes the waiting lines, for at most one second, and stops. */
    @Override
    public void close() {
        if (!jobs.offer(writer::interrupt)) {
            writer.interrupt();
        }
        try {
            if (!writer.join(CLOSING)) {
                writer.interrupt();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

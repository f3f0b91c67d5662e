package dev.parley.talk;

import dev.parley.client.ClientException;
import dev.parley.client.SocketClient;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends audio in real time, as a browser does with a microphone: a chunk every 32 ms, and silence between recordings. After a delay, sends the
 * overdue chunks at once.
 *
 * <p>
 * One virtual thread sends; {@link #enqueue} may be called from any thread.
 */
final class AudioSender implements AutoCloseable {
    private static final byte[] SILENCE = new byte[Recording.CHUNK_BYTES];

    private final SocketClient client;
    private final boolean binary;
    private final Consumer<String> onFailure;
    private final AtomicReference<@Nullable QueuedRecording> next = new AtomicReference<>();
    private volatile @Nullable Thread thread;

    /** Receives the progress of a recording. Called on the sending thread; must not block. */
    interface Listener {

        /** The last chunk with speech is sent; {@code nanos} of {@link System#nanoTime} is the end of speech in real time. */
        void endOfSpeech(long nanos);

        void spoken(int chunks);
    }

    private record QueuedRecording(Recording recording, Listener listener) {}

    AudioSender(SocketClient client, boolean binary, Consumer<String> onFailure) {
        this.client = client;
        this.binary = binary;
        this.onFailure = onFailure;
    }

    void open() {
        thread = Thread.ofVirtual().name("parley-talk-sender").start(this::run);
    }

    /** Sends a recording from the next chunk on. */
    void enqueue(Recording recording, Listener listener) {
        next.set(new QueuedRecording(recording, listener));
    }

    @Override
    public void close() {
        var sender = thread;
        if (sender != null) {
            sender.interrupt();
        }
    }

    private void run() {
        long chunkNanos = Recording.CHUNK.toNanos();
        long captured = System.nanoTime();
        try {
            while (true) {
                var track = next.getAndSet(null);
                int chunks = track == null ? 1 : track.recording().chunks();
                long begun = captured;
                for (int i = 0; i < chunks; i++) {
                    captured += chunkNanos;
                    sleepUntil(captured);
                    send(track == null ? SILENCE : track.recording().chunk(i));
                    if (track != null) {
                        report(track, i, begun);
                    }
                }
            }
        } catch (ClientException e) {
            onFailure.accept(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void report(QueuedRecording track, int chunk, long begun) {
        int end = track.recording().endOfSpeech();
        if ((end - 1) / Recording.CHUNK_SAMPLES == chunk) {
            track.listener().endOfSpeech(begun + end * 1_000_000_000L / Recording.RATE);
        }
        track.listener().spoken(chunk + 1);
    }

    private void send(byte[] pcm) {
        Object sound = binary ? pcm : Base64.getEncoder().encodeToString(pcm);
        client.emit("audioInput", sound);
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        long left = nanos - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}

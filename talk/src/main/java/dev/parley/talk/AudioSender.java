package dev.parley.talk;

import dev.parley.client.ClientException;
import dev.parley.client.SocketClient;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sends audio in real time, as a browser does with a microphone: a chunk every 32 ms, and silence between recordings. After a delay, sends the
 * overdue chunks at once. While there is no connection, and until the server confirms them, chunks are kept in {@link UnconfirmedAudio}.
 *
 * <p>
 * One virtual thread sends; {@link #enqueue}, {@link #connected} and {@link #confirmed} may be called from any thread.
 */
final class AudioSender implements AutoCloseable {
    private static final byte[] SILENCE = new byte[Recording.CHUNK_BYTES];

    private final boolean binary;
    private final BiConsumer<SocketClient, String> onFailure;
    private final UnconfirmedAudio audio = new UnconfirmedAudio();
    /** Held while audio is sent, so that nothing goes to a new connection before the server has said what it lacks. */
    private final ReentrantLock sending = new ReentrantLock();
    private @Nullable SocketClient client;
    private final AtomicReference<@Nullable QueuedRecording> next = new AtomicReference<>();
    private volatile @Nullable Thread thread;

    /** Receives the progress of a recording. Called on the sending thread; must not block. */
    interface Listener {

        /** The last chunk with speech is sent; {@code nanos} of {@link System#nanoTime} is the end of speech in real time. */
        void endOfSpeech(long nanos);

        void spoken(int chunks);
    }

    private record QueuedRecording(Recording recording, Listener listener) {}

    /** @param onFailure called with the connection that failed, and the reason, on the sending thread */
    AudioSender(boolean binary, BiConsumer<SocketClient, String> onFailure) {
        this.binary = binary;
        this.onFailure = onFailure;
    }

    void open() {
        thread = Thread.ofVirtual().name("parley-talk-sender").start(this::run);
    }

    /**
     * Sends to this connection from now on, beginning with what the server has not received. Waits until the one before it has failed.
     *
     * @param conversation the argument of the server's {@code conversation}, or an empty object
     */
    void connected(SocketClient to, JsonNode conversation) {
        sending.lock();
        try {
            audio.offered(conversation);
            client = to;
        } finally {
            sending.unlock();
        }
    }

    /** The server has received so many chunks. */
    void confirmed(long count) {
        audio.confirmed(count);
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
                    audio.add(track == null ? SILENCE : track.recording().chunk(i));
                    send();
                    if (track != null) {
                        report(track, i, begun);
                    }
                }
            }
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

    /** Sends the chunks that wait. After a failure, the next ones wait for another connection. */
    private void send() throws InterruptedException {
        sending.lockInterruptibly();
        try {
            SocketClient to = client;
            if (to == null) {
                return;
            }
            try {
                for (var next = audio.next(); next.isPresent(); next = audio.next()) {
                    emit(to, next.get());
                }
            } catch (ClientException e) {
                client = null;
                onFailure.accept(to, String.valueOf(e.getMessage()));
            }
        } finally {
            sending.unlock();
        }
    }

    private void emit(SocketClient to, UnconfirmedAudio.Chunk chunk) {
        Object sound = binary ? chunk.pcm() : Base64.getEncoder().encodeToString(chunk.pcm());
        if (chunk.replayed()) {
            to.emit("audioInput", sound, Map.of("replayed", true));
        } else {
            to.emit("audioInput", sound);
        }
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

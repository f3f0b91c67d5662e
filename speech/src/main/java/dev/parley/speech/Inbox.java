package dev.parley.speech;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent.Failed.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Queues a stream's pending messages, in order. Sound is droppable: past 30 s the oldest is dropped, and if some of it could be heard, {@link
 * Message.SoundLost} is the next message, once until the stream has caught up. Other messages are not droppable: past {@value #MAX_COMMANDS}
 * commands the stream receives {@link Message.Broken}. Thread-safe.
 */
final class Inbox {

    static final int MAX_AUDIO_BYTES = 30 * 16_000 * 2;
    static final int MAX_COMMANDS = 512;
    /** Peak of sound that may be speech: −50 dBFS, the quietest speech that is heard. */
    static final int AUDIBLE = 104;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private int audioBytes;
    private int commands;
    /** Whether the stream was told of lost sound and has not caught up. */
    private boolean lossTold;
    private boolean closed;

    /** Adds a message, unless the stream has ended. */
    void add(Message message) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (message instanceof Message.Command(ModelCommand.Audio audio)) {
                addAudio(message, audio.pcm().length);
            } else if (!(message instanceof Message.Command) || ++commands <= MAX_COMMANDS) {
                messages.add(message);
            } else if (commands == MAX_COMMANDS + 1) {
                messages.addFirst(new Message.Broken(Kind.RECOVERABLE, "Too much was asked for at once."));
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void addAudio(Message message, int bytes) {
        if (bytes > MAX_AUDIO_BYTES) {
            return;
        }
        messages.add(message);
        audioBytes += bytes;
        boolean lost = false;
        for (Iterator<Message> oldest = messages.iterator(); audioBytes > MAX_AUDIO_BYTES;) {
            if (oldest.next() instanceof Message.Command(ModelCommand.Audio audio)) {
                audioBytes -= audio.pcm().length;
                oldest.remove();
                lost |= !lossTold && isAudible(audio.pcm());
            }
        }
        if (lost) {
            lossTold = true;
            messages.addFirst(new Message.SoundLost());
        }
    }

    private static boolean isAudible(byte[] pcm) {
        for (int i = 0; i + 1 < pcm.length; i += 2) {
            if (Math.abs((short) ((pcm[i] & 0xff) | (pcm[i + 1] << 8))) >= AUDIBLE) {
                return true;
            }
        }
        return false;
    }

    /** Returns the next message, or empty when the timeout expires. */
    Optional<Message> take(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = wait.toNanos();
            while (messages.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            Message message = messages.poll();
            if (message instanceof Message.Command(ModelCommand.Audio audio)) {
                audioBytes -= audio.pcm().length;
                lossTold &= audioBytes > MAX_AUDIO_BYTES / 2;
            } else if (message instanceof Message.Command) {
                commands--;
            }
            return Optional.ofNullable(message);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for {@link Message.Loaded} or an end and removes it ahead of its turn. Returns empty when the timeout expires. */
    Optional<Message> awaitLoaded(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = wait.toNanos();
            Optional<Message> found = messages.stream().filter(Inbox::endsWaiting).findFirst();
            while (found.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
                found = messages.stream().filter(Inbox::endsWaiting).findFirst();
            }
            found.ifPresent(messages::remove);
            return found;
        } finally {
            lock.unlock();
        }
    }

    private static boolean endsWaiting(Message message) {
        return switch (message) {
            case Message.Loaded loaded -> true;
            case Message.Broken broken -> true;
            case Message.Stop stop -> true;
            case Message.Command(ModelCommand.Close close) -> true;
            case Message.Command command -> false;
            case Message.Decoded decoded -> false;
            case Message.Spoken spoken -> false;
            case Message.Work work -> false;
            case Message.SoundLost lost -> false;
        };
    }

    /** Drops all messages, present and later ones. */
    void close() {
        lock.lock();
        try {
            closed = true;
            messages.clear();
        } finally {
            lock.unlock();
        }
    }
}

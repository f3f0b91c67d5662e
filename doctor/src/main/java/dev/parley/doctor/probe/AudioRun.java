package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Evidence.EchoMethod;
import dev.parley.doctor.evidence.Evidence.RoundTrip;
import dev.parley.doctor.session.EchoMessages;
import dev.parley.doctor.session.ProbeSession;
import dev.parley.doctor.session.SessionEndedException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.SocketEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One measurement with audio frames, on three threads: the caller keeps the pace, one thread sends the queued frames (over polling all in one
 * request, as clients do), and one receives the answers. At most {@value #WAITING} frames are queued; then the oldest is dropped.
 */
final class AudioRun {
    private static final long PACE = Duration.ofMillis(32).toNanos();
    private static final int WAITING = 32;
    private static final long GAP = 120;
    static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

    private final ProbeSession session;
    private final EchoMethod method;
    private final int frames;
    private final String audio = AudioProbe.audio();
    private final BlockingQueue<Integer> waiting = new LinkedBlockingQueue<>(WAITING);
    private final AtomicLongArray asked;
    private final AtomicLongArray answered;
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private volatile boolean done;

    AudioRun(ProbeSession session, EchoMethod method, Duration length) {
        this.session = session;
        this.method = method;
        this.frames = (int) (length.toNanos() / PACE);
        this.asked = new AtomicLongArray(frames + 1);
        this.answered = new AtomicLongArray(frames + 1);
    }

    Evidence run() throws InterruptedException {
        var sender = Thread.ofVirtual().name("doctor-audio-up").start(this::send);
        var taker = Thread.ofVirtual().name("doctor-audio-down").start(this::take);
        var late = new ArrayList<Double>();
        long begun = System.nanoTime();
        int sent = 0;
        for (int i = 1; i <= frames && ended.get() == null; i++) {
            long due = begun + i * PACE;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            late.add((System.nanoTime() - due) / 1e6);
            asked.set(i, System.nanoTime());
            sent++;
            while (!waiting.offer(i)) {
                waiting.poll();
            }
        }
        long last = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (ended.get() == null && answers() < sent && System.nanoTime() < last) {
            Thread.sleep(10);
        }
        // The interrupts below must not count as the end of the connection.
        String end = ended.get();
        done = true;
        sender.interrupt();
        taker.interrupt();
        sender.join();
        taker.join();
        return seen(begun, sent, late, Optional.ofNullable(end));
    }

    private Evidence seen(long begun, int sent, List<Double> late, Optional<String> end) {
        var trips = new ArrayList<RoundTrip>();
        var arrivals = new ArrayList<Long>();
        for (int i = 1; i <= sent; i++) {
            if (answered.get(i) != 0) {
                trips.add(new RoundTrip((asked.get(i) - begun) / 1_000_000,
                        (answered.get(i) - asked.get(i)) / 1e6));
                arrivals.add(answered.get(i));
            }
        }
        arrivals.sort(Comparator.naturalOrder());
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < arrivals.size(); i++) {
            long pause = TimeUnit.NANOSECONDS.toMillis(arrivals.get(i) - arrivals.get(i - 1));
            if (pause > GAP) {
                gaps.add(pause);
            }
        }
        late.sort(Comparator.naturalOrder());
        double p99 = late.isEmpty() ? 0 : late.get((int) Math.ceil(late.size() * 0.99) - 1);
        return new Evidence.AudioTimings(session.transport(), method, sent, trips, gaps,
                Duration.ofNanos((long) (p99 * 1e6)), end);
    }

    private int answers() {
        int count = 0;
        for (int i = 1; i <= frames; i++) {
            count += answered.get(i) == 0 ? 0 : 1;
        }
        return count;
    }

    private void send() {
        var batch = new ArrayList<Integer>();
        try {
            while (!done) {
                batch.add(waiting.take());
                waiting.drainTo(batch);
                session.send(batch.stream()
                        .flatMap(frame -> SocketEncoder.encode(EchoMessages.audio(method, frame, audio))
                                .stream())
                        .toList());
                batch.clear();
            }
        } catch (SessionEndedException e) {
            ended.compareAndSet(null, e.description());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take() {
        try {
            while (!done) {
                EnginePacket packet = session.next(Duration.ofMillis(100));
                if (packet != null) {
                    int number = EchoMessages.answeredNumber(packet).orElse(0);
                    if (number > 0 && number <= frames) {
                        answered.compareAndSet(number, 0, System.nanoTime());
                    }
                }
            }
        } catch (SessionEndedException e) {
            ended.compareAndSet(null, e.description());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

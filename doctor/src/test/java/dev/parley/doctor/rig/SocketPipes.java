package dev.parley.doctor.rig;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Copies bytes in both directions between two sockets until one of them closes. */
final class SocketPipes {

    private SocketPipes() {}

    /** Changes bytes in transit; may block. */
    interface Change {
        byte[] on(byte[] bytes) throws InterruptedException;
    }

    /** Returns the time of {@link System#nanoTime} at which bytes that arrive now are forwarded. */
    interface Schedule {
        long due(long now);
    }

    record Late(Duration oneWay) implements Schedule {
        @Override
        public long due(long now) {
            return now + oneWay.toNanos();
        }
    }

    /** Each period starts with a pause; bytes that arrive in it are forwarded at its end. */
    record Stalling(Duration every, Duration pause) implements Schedule {
        @Override
        public long due(long now) {
            long into = Math.floorMod(now, every.toNanos());
            return into < pause.toNanos() ? now - into + pause.toNanos() : now;
        }
    }

    private record Held(byte[] bytes, long due) {}

    static void both(Socket client, Socket server, InputStream fromServer, Change down) throws IOException {
        both(client, server, fromServer, bytes -> bytes, down);
    }

    static void both(Socket client, Socket server, InputStream fromServer, Change upwards, Change down)
            throws IOException {
        var up = Thread.ofVirtual().start(() -> copy(client, client, server, upwards));
        copy(fromServer, server, client, down);
        join(up);
    }

    static void both(Socket client, Socket server, Schedule schedule) {
        var up = Thread.ofVirtual().start(() -> later(client, server, schedule));
        later(server, client, schedule);
        join(up);
    }

    private static void copy(Socket from, Socket owner, Socket to, Change change) {
        try {
            copy(from.getInputStream(), owner, to, change);
        } catch (IOException e) {
            close(owner, to);
        }
    }

    private static void copy(InputStream in, Socket owner, Socket to, Change change) {
        var buffer = new byte[65_536];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.getOutputStream().write(change.on(Arrays.copyOf(buffer, read)));
            }
        } catch (IOException e) {
            // The other way ends with this one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(owner, to);
        }
    }

    private static void later(Socket from, Socket to, Schedule schedule) {
        BlockingQueue<Held> queue = new LinkedBlockingQueue<>(4_096);
        var writer = Thread.ofVirtual().start(() -> write(queue, from, to));
        var buffer = new byte[65_536];
        try {
            var in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                queue.put(new Held(Arrays.copyOf(buffer, read), schedule.due(System.nanoTime())));
            }
            queue.put(new Held(new byte[0], schedule.due(System.nanoTime())));
        } catch (IOException e) {
            close(from, to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        join(writer);
    }

    private static void write(BlockingQueue<Held> queue, Socket from, Socket to) {
        try {
            while (true) {
                var next = queue.take();
                long wait = next.due() - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(Duration.ofNanos(wait));
                }
                if (next.bytes().length == 0) {
                    break;
                }
                to.getOutputStream().write(next.bytes());
            }
        } catch (IOException e) {
            // The other way ends with this one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from, to);
        }
    }

    private static void close(Socket one, Socket other) {
        for (Socket socket : new Socket[]{one, other}) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is closed either way.
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(5));
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

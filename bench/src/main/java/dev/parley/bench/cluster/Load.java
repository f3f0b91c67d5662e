package dev.parley.bench.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of the published package socket.io-client, in a few processes. Each sends numbered events and writes down what it receives. Used by
 * one thread.
 */
final class Load implements AutoCloseable {
    private static final int PROCESSES = 2;

    private final List<ChildProcess> processes = new ArrayList<>();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    /**
     * The behaviour of the clients.
     *
     * @param clients   their number, a multiple of eight
     * @param transport {@code polling}, {@code upgrade}, {@code websocket}, or {@code mixed}: half of them polling, half with upgrade
     * @param messages  events of each client; 0 for as many as fit, until it is stopped
     * @param perSecond events of each client in a second; 0 for as many as are acknowledged
     */
    record Shape(int clients, String transport, int messages, double perSecond) {
        /** The members of a channel: {@code rN} is a room of four, {@code cN} and {@code oN} are one client. */
        List<Integer> members(String channel) {
            int number = Integer.parseInt(channel.substring(1));
            if (channel.charAt(0) != 'r') {
                return List.of(number);
            }
            var members = new ArrayList<Integer>();
            for (int client = number; client < clients; client += clients / 4) {
                members.add(client);
            }
            return members;
        }
    }

    Load(Path script, String url, Shape shape, Path logs, RunRecord runRecord) {
        int share = shape.clients() / PROCESSES;
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(ChildProcess.start("clients-" + i,
                    List.of("node", script.toString(), url, Integer.toString(i * share),
                            Integer.toString(share), Integer.toString(shape.clients()), shape.transport(),
                            Integer.toString(shape.messages()), Double.toString(shape.perSecond())),
                    Map.of(), logs, line -> line(line, runRecord)));
        }
    }

    private void line(String line, RunRecord runRecord) {
        switch (line) {
            case "READY" -> ready.incrementAndGet();
            case "DONE" -> done.incrementAndGet();
            default -> runRecord.client(line);
        }
    }

    /** Waits until all clients are connected, and upgraded if they do so. */
    void awaitConnected() throws InterruptedException {
        Await.until("the connection of all clients", Duration.ofSeconds(90),
                () -> ready.get() == PROCESSES || processes.stream().anyMatch(one -> !one.running()));
        Await.until("the connection of all clients", Duration.ofSeconds(1), () -> ready.get() == PROCESSES);
    }

    void start() {
        processes.forEach(process -> process.say("start"));
    }

    /** Lets the clients send nothing more. */
    void stop() {
        processes.forEach(process -> process.say("stop"));
    }

    /** Whether each client has sent all that it had to, and knows of each event whether it was acknowledged. */
    boolean isDone() {
        return done.get() == PROCESSES;
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}

package dev.parley.cluster.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Messages that the published adapters sent, as {@code src/test/js/capture.mjs} has captured them.
 *
 * @param adapter {@code pubsub}, {@code sharded}, {@code streams} or {@code emitter}
 * @param channel where it was published, or {@code stream}
 */
record Captured(String adapter, String name, String channel, byte[] bytes) {
    static List<Captured> of(String adapter) {
        try (var in = Objects.requireNonNull(Captured.class.getResourceAsStream("captured.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .map(line -> line.split("\t"))
                    .filter(parts -> parts[0].equals(adapter))
                    .map(parts -> new Captured(parts[0], parts[1], parts[2],
                            Base64.getDecoder().decode(parts[3])))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message as text, its bytes in hexadecimal, so that two can be compared. */
    static String text(ClusterMessage message) {
        return switch (message) {
            case ClusterMessage.Broadcast sent ->
                "broadcast " + event(sent.event()) + " " + options(sent.options());
            case ClusterMessage.Call call -> "call " + call.requestId() + " " + event(call.event()) + " "
                    + options(call.options()) + " " + call.timeout();
            case ClusterMessage.ServerEvent sent -> "event " + event(sent.event());
            case ClusterMessage.ServerCall call ->
                "server call " + call.requestId() + " " + event(call.event());
            case ClusterMessage.ServerReply reply ->
                "reply " + reply.requestId() + " " + event(reply.reply());
            case ClusterMessage.ClientAck ack -> "ack " + ack.requestId() + " " + event(ack.reply());
            case ClusterMessage.Join join ->
                "join " + options(join.options()) + " " + new java.util.TreeSet<>(join.rooms());
            default -> message.toString();
        };
    }

    private static String options(dev.parley.server.adapter.BroadcastOptions options) {
        return new java.util.TreeSet<>(options.rooms()) + " but " + new java.util.TreeSet<>(options.except())
                + (options.isVolatile() ? " volatile" : "") + (options.compress() ? "" : " plain");
    }

    private static String event(dev.parley.protocol.socket.Arguments event) {
        return event.json() + event.attachments().stream().map(HexFormat.of()::formatHex).toList();
    }

    @Override
    public String toString() {
        return adapter + " " + name + " on " + channel;
    }
}

package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;

/** Checks that a server-side call is told once how many were asked. Not thread-safe. */
final class CheckedReplies implements AckCollector {
    private int told;

    @Override
    public void servers(int count) {
        throw new AssertionError("not told for server-side events");
    }

    @Override
    public void expect(int servers) {
        assertThat(servers).isNotNegative();
        assertThat(++told).as("told once").isOne();
    }

    @Override
    public void answered(Arguments reply) {
        assertThat(reply.json()).isEqualTo("[\"yes\"]");
    }

    @Override
    public void unanswered() {}
}

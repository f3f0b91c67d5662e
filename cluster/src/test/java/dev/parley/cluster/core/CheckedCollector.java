package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import java.util.HashSet;
import java.util.Set;

/** Checks that a collector is never told more than it was promised. Not thread-safe. */
final class CheckedCollector implements AckCollector {
    final Set<String> answers = new HashSet<>();
    int servers = -1;
    int reports;
    int expected;
    int without;

    @Override
    public void servers(int count) {
        assertThat(servers).as("told once").isEqualTo(-1);
        servers = count;
    }

    @Override
    public void expect(int clients) {
        reports++;
        expected += clients;
    }

    @Override
    public void answered(Arguments reply) {
        assertThat(answers.add(reply.json())).as("%s answers once", reply.json()).isTrue();
    }

    @Override
    public void unanswered() {
        without++;
    }

    void check() {
        assertThat(answers.size() + without).as("answers of those asked").isLessThanOrEqualTo(expected);
        if (servers >= 0) {
            assertThat(reports).as("reports of servers that were asked").isLessThanOrEqualTo(servers);
        }
    }

    boolean complete() {
        return servers >= 0 && reports >= servers && answers.size() + without >= expected;
    }
}

package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.VirtualTime;
import dev.parley.server.adapter.RestoredSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client that is lost and comes back as the reference client does: with its private id, and the last offset. Not thread-safe. */
final class SimulatedClient {
    private static final Pattern EVENT = Pattern.compile("\\[\"([^\"]+):([0-9]+)\"(?:,\"([^\"]+)\")?]");

    final String name;
    final Set<String> rooms;
    /** The events since it began anew. */
    final Set<String> received = new HashSet<>();
    /** The last event of each server, from the beginning on. */
    private final Map<String, Integer> lastOf = new HashMap<>();
    private final VirtualTime time;
    private SimulatedServer.@Nullable SimSocket socket;
    @Nullable SimulatedServer server;
    private String pid = "";
    private String offset = "";
    private int connection;
    private int lives;
    int recoveries;
    /** Whether it has been recovered since it began anew. */
    boolean recovered;
    /** Since when the client misses nothing, in milliseconds. */
    long since;

    SimulatedClient(String name, Set<String> rooms, VirtualTime time) {
        this.name = name;
        this.rooms = rooms;
        this.time = time;
    }

    boolean connected() {
        return server != null && server.alive;
    }

    void connect(SimulatedServer to) {
        int now = ++connection;
        server = to;
        if (pid.isEmpty() || offset.isEmpty()) {
            begin(to, now);
            return;
        }
        var restored = new RestoredSession[1];
        var back = new SimulatedServer.SimSocket[1];
        to.adapter.restoreSession(pid, offset, session -> {
            assertThat(restored[0]).as("resumed once").isNull();
            restored[0] = session;
            back[0] = to.connect(session.session().sid(), session.session().pid(), json -> take(json, now));
            back[0].holding = true;
            back[0].enter(session.session().rooms());
        }).whenComplete((recovered, failure) -> {
            assertThat(failure).isNull();
            assertThat(recovered).isEqualTo(restored[0] != null);
            if (recovered && now != connection) {
                to.lost(back[0]);
            } else if (recovered) {
                recoveries++;
                this.recovered = true;
                socket = back[0];
                socket.release(restored[0].missed().stream().map(event -> event.json()).toList());
            } else if (now == connection) {
                begin(to, now);
            }
        });
    }

    /** The reference client keeps its last offset when it begins anew. */
    private void begin(SimulatedServer to, int now) {
        String id = name + "_" + ++lives;
        pid = "p_" + id;
        received.clear();
        since = time.now();
        recovered = false;
        if (!offset.isEmpty()) {
            to.adapter.beginAnew(id, offset);
        }
        socket = to.connect(id, pid, json -> take(json, now));
        socket.enter(rooms);
    }

    private void take(String json, int on) {
        if (on != connection) {
            return; // on its way when the connection was lost
        }
        var event = EVENT.matcher(json);
        assertThat(event.matches()).as(json).isTrue();
        String from = event.group(1);
        int number = Integer.parseInt(event.group(2));
        assertThat(lastOf.getOrDefault(from, -1)).as("%s of %s to %s once and in order", number, from, name)
                .isLessThan(number);
        lastOf.put(from, number);
        received.add(from + ":" + number);
        if (event.group(3) != null) {
            offset = event.group(3);
        }
    }

    /** The connection is lost; the server notices later. */
    void lose(long noticedAfter) {
        var old = socket;
        var at = server;
        connection++;
        server = null;
        socket = null;
        if (old != null && at != null) {
            time.at(time.now() + noticedAfter, () -> at.lost(old));
        }
    }
}

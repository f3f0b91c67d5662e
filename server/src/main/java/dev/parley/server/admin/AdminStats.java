package dev.parley.server.admin;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.Traffic;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the page draws. Thread-safe, except {@link #since}, which one thread calls. */
final class AdminStats {
    private final SocketIoServer server;
    private final AdminOptions options;
    private final LongAdder opened = new LongAdder();
    private final Map<CloseReason, LongAdder> closed;
    private long[] before = new long[4];

    AdminStats(SocketIoServer server, AdminOptions options) {
        this.server = server;
        this.options = options;
        var reasons = new EnumMap<CloseReason, LongAdder>(CloseReason.class);
        for (CloseReason reason : CloseReason.values()) {
            reasons.put(reason, new LongAdder());
        }
        this.closed = Collections.unmodifiableMap(reasons);
    }

    void opened() {
        opened.increment();
    }

    void closed(CloseReason reason) {
        var count = closed.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** Returns the counts since the previous call. */
    List<Map<String, Object>> since() {
        long now = System.currentTimeMillis();
        var events = new ArrayList<Map<String, Object>>();
        add(events, now, "rawConnection", "", opened.sumThenReset());
        closed.forEach(
                (reason, count) -> add(events, now, "rawDisconnection", reason.text(), count.sumThenReset()));
        long[] after = {both(Traffic::messagesIn), both(Traffic::messagesOut), both(Traffic::bytesIn),
                both(Traffic::bytesOut)};
        String[] names = {"packetsIn", "packetsOut", "bytesIn", "bytesOut"};
        for (int i = 0; i < names.length; i++) {
            add(events, now, names[i], "", after[i] - before[i]);
        }
        before = after;
        return events;
    }

    Map<String, Object> now(List<Map<String, Object>> events) {
        var stats = new LinkedHashMap<String, Object>();
        stats.put("serverId", options.serverId());
        stats.put("hostname", options.serverId());
        stats.put("pid", ProcessHandle.current().pid());
        stats.put("uptime", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        stats.put("clientsCount", server.sessions());
        stats.put("pollingClientsCount", server.sessions(TransportKind.POLLING, EngineRevision.V4)
                + server.sessions(TransportKind.POLLING, EngineRevision.V3));
        stats.put("aggregatedEvents", events);
        stats.put("namespaces",
                server.allNamespaces()
                        .stream()
                        .filter(each -> !each.name().equals(options.namespace()))
                        .map(each -> Map.of("name", each.name(), "socketsCount", each.sockets().size()))
                        .toList());
        return stats;
    }

    private long both(Counted counted) {
        long sum = 0;
        for (TransportKind transport : TransportKind.values()) {
            sum += counted.of(server.traffic(), transport);
        }
        return sum;
    }

    private static void add(List<Map<String, Object>> events, long now, String type, String subType,
            long count) {
        if (count > 0) {
            var event = new LinkedHashMap<String, Object>(
                    Map.of("timestamp", now, "type", type, "count", count));
            if (!subType.isEmpty()) {
                event.put("subType", subType);
            }
            events.add(event);
        }
    }

    private interface Counted {
        long of(Traffic traffic, TransportKind transport);
    }
}

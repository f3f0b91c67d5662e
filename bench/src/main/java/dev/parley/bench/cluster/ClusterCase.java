package dev.parley.bench.cluster;

import dev.parley.bench.cluster.Rig.Script;
import dev.parley.bench.cluster.Rig.Setup;
import java.time.Duration;
import java.util.List;

/**
 * One case of the rig: what is started, what happens to it, and what is promised then. The faults happen while clients send two events a
 * second each.
 *
 * @param name  as chosen with {@code --case}
 * @param about one line for {@code --list}
 */
record ClusterCase(String name, String about, Setup setup, Promise promise, Script script) {
    private static final int CLIENTS = 200;
    private static final int MESSAGES = 100_000;
    private static final int MIXED_MESSAGES = 20_000;
    private static final double FAULT_RATE = 2;
    private static final Script SEND_ALL = rig -> rig.awaitSent(Duration.ofMinutes(12));

    static List<ClusterCase> all() {
        return List.of(
                quiet("steady-polling", "three servers, 200 clients that only poll, 100 000 events", "ppp",
                        "streams", "polling", MESSAGES),
                quiet("steady-upgrade", "the same, clients upgrade to WebSocket", "ppp", "streams", "upgrade",
                        MESSAGES),
                quiet("mixed-streams", "two Parley servers and one on Node.js, adapter for streams", "ppn",
                        "streams", "websocket", MIXED_MESSAGES),
                quiet("mixed-pubsub", "the same, adapter for Pub/Sub", "ppn", "pubsub", "websocket",
                        MIXED_MESSAGES),
                quiet("mixed-sharded", "the same, adapter for sharded Pub/Sub", "ppn", "sharded", "websocket",
                        MIXED_MESSAGES),
                fault("kill", "kill -9 of a server; clients are recovered", true, Promise.RECOVERED, rig -> {
                    rig.kill(0);
                    rig.pause(5);
                    rig.replace(0);
                    rig.pause(15);
                }), fault("kill-unrecovered", "kill -9 of a server, without recovery", false,
                        Promise.REFERENCE, rig -> {
                            rig.kill(0);
                            rig.pause(5);
                            rig.replace(0);
                            rig.pause(15);
                        }),
                fault("sigterm", "SIGTERM of a server, and a new one in its place", true, Promise.MOVED,
                        rig -> {
                            rig.terminate(0);
                            rig.replace(0);
                            rig.pause(10);
                        }),
                fault("redis-restart", "Redis restarts, and is away for 3 s", true, Promise.NOTHING_HAPPENS,
                        rig -> {
                            rig.restartRedis(meanwhile -> meanwhile.pause(3));
                            rig.pause(15);
                        }),
                fault("redis-frozen", "Redis is frozen for 10 s", true, Promise.NOTHING_HAPPENS, rig -> {
                    rig.freezeRedis();
                    rig.pause(10);
                    rig.thawRedis();
                    rig.pause(15);
                }),
                fault("cut-off", "a server is cut off from Redis for 25 s", true, Promise.REFERENCE, rig -> {
                    rig.cutOff(0, meanwhile -> meanwhile.pause(25));
                    rig.pause(15);
                }), fault("kill+redis-frozen", "a server is killed while Redis is frozen for 10 s", true,
                        Promise.REFERENCE, rig -> {
                            rig.freezeRedis();
                            rig.pause(2);
                            rig.kill(0);
                            rig.pause(8);
                            rig.thawRedis();
                            rig.pause(5);
                            rig.replace(0);
                            rig.pause(15);
                        }),
                fault("cut-off+sigterm",
                        "a server is cut off from Redis for 25 s, another is stopped meanwhile", true,
                        Promise.REFERENCE, rig -> {
                            rig.cutOff(0, meanwhile -> {
                                meanwhile.pause(5);
                                meanwhile.terminate(1);
                                meanwhile.replace(1);
                                meanwhile.pause(10);
                            });
                            rig.pause(15);
                        }),
                fault("redis-restart+sigterm", "SIGTERM of a server while Redis restarts", true,
                        Promise.REFERENCE, rig -> {
                            rig.restartRedis(meanwhile -> meanwhile.terminate(0));
                            rig.replace(0);
                            rig.pause(15);
                        }),
                new ClusterCase("apart",
                        "three servers that are no cluster: succeeds if the rig finds the faults",
                        new Setup("ppp", "streams", false, false,
                                new Load.Shape(CLIENTS, "websocket", 20, 0)),
                        Promise.NOTHING_HAPPENS, SEND_ALL));
    }

    /** Whether the case is a test of the rig itself: faults are expected. */
    boolean expectsFaults() {
        return !setup.together();
    }

    /** Returns the case with fewer messages in all, if it sends a number of them. */
    ClusterCase withMessages(int messages) {
        var shape = setup.shape();
        return shape.messages() == 0 ? this
                : withShape(new Load.Shape(shape.clients(), shape.transport(),
                        Math.max(4, messages / shape.clients()), shape.perSecond()));
    }

    /** Returns the case with another number of clients. */
    ClusterCase withClients(int clients) {
        var shape = setup.shape();
        return withShape(new Load.Shape(clients, shape.transport(), shape.messages(), shape.perSecond()));
    }

    private ClusterCase withShape(Load.Shape shape) {
        return new ClusterCase(name, about, setup.withShape(shape), promise, script);
    }

    private static ClusterCase quiet(String name, String about, String servers, String adapter,
            String transport, int messages) {
        return new ClusterCase(name, about,
                new Setup(servers, adapter, false, true,
                        new Load.Shape(CLIENTS, transport, messages / CLIENTS, 0)),
                Promise.NOTHING_HAPPENS, SEND_ALL);
    }

    private static ClusterCase fault(String name, String about, boolean recovery, Promise promise,
            Script script) {
        return new ClusterCase(name, about,
                new Setup("ppp", "streams", recovery, true, new Load.Shape(CLIENTS, "mixed", 0, FAULT_RATE)),
                promise, rig -> {
                    rig.pause(5);
                    script.run(rig);
                });
    }
}

package dev.parley.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that is measured. */
enum Subject {
    PARLEY("Parley"),
    /** Another build of it, to see what a change is worth. */
    BEFORE("Parley before"),
    NETTY_SOCKETIO("netty-socketio"),
    REFERENCE("reference (Node 24, bufferutil)"),
    FLOOR("bare Netty");

    /** The heap is laid out and touched whole, so that resident memory grows by what is outside of it only; what it holds is asked for. */
    private static final List<String> JAVA = List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders", "-Xms512m", "-Xmx512m", "-Xmn96m", "-XX:+AlwaysPreTouch",
            "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.tryReflectionSetAccessible=true", "-Dio.netty.leakDetection.level=disabled");

    private final String label;

    Subject(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Bytes of heap that are resident from the start, whether they hold something or not. */
    long touchedHeap() {
        return this == REFERENCE ? 0 : 512L << 20;
    }

    boolean speaksSocketIo() {
        return this != FLOOR;
    }

    /** The command that starts it, in a built folder of the bench. */
    List<String> command(Path home, List<String> extra) {
        return switch (this) {
            case PARLEY, BEFORE ->
                java(home.resolve("target"), "dev.parley.bench.server.ParleyTarget", extra);
            case FLOOR -> java(home.resolve("target"), "dev.parley.bench.server.FloorTarget", extra);
            case NETTY_SOCKETIO -> java(home.resolve("netty-socketio/target"),
                    "dev.parley.bench.peer.NettySocketIoTarget", extra);
            case REFERENCE -> List.of(node(home.resolve("src/main/node")), "--expose-gc",
                    home.resolve("src/main/node/server.mjs").toString());
        };
    }

    /** Node 24 from its npm package, not the one that happens to be installed: an older one is a third slower. */
    private static String node(Path modules) {
        String architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        return modules.resolve("node_modules/node-linux-" + architecture + "/bin/node").toString();
    }

    private static List<String> java(Path target, String main, List<String> extra) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JAVA);
        command.addAll(extra);
        command.addAll(List.of("-cp", target.resolve("classes") + ":" + target.resolve("lib/*"), main));
        return command;
    }
}

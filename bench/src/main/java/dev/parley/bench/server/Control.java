package dev.parley.bench.server;

import io.netty.util.internal.PlatformDependent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** A server's side of the talk with the bench: says its port, answers commands on standard input, ends the process when that ends. */
public final class Control {
    private Control() {}

    /** Says that the server listens, and serves commands until the bench has gone. Never returns. */
    public static void serve(int port) throws IOException {
        System.out.println("PORT " + port);
        try (var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = commands.readLine(); line != null; line = commands.readLine()) {
                if (line.equals("gc")) {
                    // The serial collector compacts all only every fourth time, and leaves fillers otherwise.
                    for (int i = 0; i < 4; i++) {
                        System.gc();
                    }
                }
                System.out.println("HEAP " + heap() + " DIRECT " + direct() + " ALLOCATED " + allocated());
            }
        }
        // Halt would lose a flight recording, exit writes it.
        System.exit(0);
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Direct buffers, as the JVM or Netty counts them, whichever makes them. */
    private static long direct() {
        long known = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
                .stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return Math.max(known, PlatformDependent.usedDirectMemory());
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getTotalThreadAllocatedBytes()
                : -1;
    }
}

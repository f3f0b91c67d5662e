package dev.parley.bedrock;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reports the threads, including virtual ones, and the Netty buffers that a process holds. The SDK and the emulator share Netty's
 * allocator, which must be the pooled one.
 */
final class Remains {

    private static final Pattern THREAD = Pattern.compile("(?m)^#\\d+ \"([^\"]*)\"");
    /** The JDK's own threads, which come and go with its work, and the thread that waits for the test. */
    private static final Pattern OF_THE_JDK = Pattern.compile(
            "ForkJoinPool.*|VirtualThread-unparker|VirtualThread-unblocker|.*Compiler.*|Common-Cleaner|.* GC .*|Attach Listener|awaitility-thread|");

    private Remains() {}

    /** Returns the bytes in buffers that are in use, direct and on the heap. */
    static long bufferBytes() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory()
                + PooledByteBufAllocator.DEFAULT.pinnedHeapMemory();
    }

    /** Returns the names of all threads except the JDK's, without their numbers, sorted. */
    static List<String> threads() {
        try {
            Path folder = Files.createTempDirectory("threads");
            Path dump = folder.resolve("dump");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            String text = Files.readString(dump);
            Files.delete(dump);
            Files.delete(folder);
            return THREAD.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .filter(name -> !OF_THE_JDK.matcher(name).matches())
                    .map(name -> name.replaceAll("\\d+", "N"))
                    .sorted()
                    .toList();
        } catch (IOException noDump) {
            throw new IllegalStateException(noDump);
        }
    }
}

package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that a fault in the middle of a sentence leaves nothing behind. Runs in a process that does nothing else. */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class LeaksIT {

    @Test
    void noFaultLeavesAStreamAThreadOrABufferBehind() throws Exception {
        assertThat(run()).as("output of the process").endsWith("clean").hasSizeGreaterThan(17);
    }

    @Test
    void aBufferThatIsForgottenIsNoticed() throws Exception {
        assertThat(run("--forget")).doesNotContain("clean")
                .anyMatch(line -> line.contains("bytes in buffers"));
    }

    private static List<String> run(String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC", "-Xmx256m", "-Dio.netty.allocator.type=pooled", "-cp",
                        System.getProperty("java.class.path"), FaultRounds.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}

package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainSourcesTest {

    @TempDir
    Path root;

    @Test
    void foldersOfBuildsAndDownloadsAreNotOpened() throws IOException {
        Path source = file("server/src/main/java/dev/Some.java");
        Path nested = file("examples/spring-boot/src/main/java/dev/Other.java");
        file("server/src/test/java/dev/SomeTest.java");
        file("server/src/main/resources/some.txt");
        file("server/target/copy/src/main/java/dev/Copied.java");
        file("e2e/node_modules/one/src/main/java/dev/Downloaded.java");

        assertThat(MainSources.below(root)).containsExactlyInAnyOrder(source, nested);
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}

package dev.parley.app;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds the main sources of all modules. Does not open folders of builds and downloads: other modules are built at the same time, and a file that
 * disappears while {@link Files#walk} looks at it ends the search with an exception.
 */
final class MainSources {
    private static final Set<String> NOT_OPENED = Set.of("target", "node_modules", ".git");

    private MainSources() {}

    /** Returns all {@code .java} files below a folder {@code src/main/java}, with paths that begin with {@code root}. */
    static List<Path> below(Path root) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OPENED.contains(folder.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java") && file.toString().contains("/src/main/java/")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}

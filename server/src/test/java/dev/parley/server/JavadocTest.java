package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything public says what it is. The javadoc tool checks what is written; that something is, it can only ask for together with a tag
 * for each parameter and result, which would make people write what the sentence says already.
 */
class JavadocTest {
    @ParameterizedTest
    @ValueSource(strings = {"../protocol/src/main/java", "../server/src/main/java",
            "../server-vertx/src/main/java"})
    void everythingPublicSaysWhatItIs(String root) throws Exception {
        List<Path> files;
        try (var all = Files.walk(Path.of(root))) {
            files = all.filter(file -> file.toString().endsWith(".java")).filter(JavadocTest::isApi).toList();
        }
        assertThat(files).hasSizeGreaterThan(15);
        assertThat(silent(files)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"public class X { public int a() { return 0; } }",
            "public class X { public X() {} }", "public class X { public static final int A = 0; }",
            "public interface X { void a(); }", "/** D. */ public enum X { A }",
            "/** D. */ public class X { /** @param a b */ public X(int a) {} }"})
    void noticesWhatIsSilent(String source) throws Exception {
        var file = Files.createTempDirectory("javadoc").resolve("X.java");
        Files.writeString(file, source);
        assertThat(silent(List.of(file))).isNotEmpty();
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /** Classes of internal packages are public for one another only. */
    private static boolean isApi(Path file) {
        String path = file.toString();
        return !path.contains("/server/internal/") && !path.matches(".*/server/http/[a-z]+/.*");
    }

    private static List<String> silent(List<Path> files) throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var silent = new ArrayList<String>();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files));
            var docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs, silent).scan(unit, null);
            }
        }
        return silent;
    }

    /** Walks what other code can see: public types and what they declare, and the base classes that lend them methods. */
    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> silent;

        Scanner(DocTrees docs, List<String> silent) {
            this.docs = docs;
            this.silent = silent;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (visible(type.getModifiers())) {
                check(type.getModifiers(), type.getSimpleName().toString());
                return super.visitClass(type, null);
            }
            return type.getModifiers().getFlags().contains(Modifier.ABSTRACT) ? super.visitClass(type, null)
                    : null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            boolean implicit = docs.getSourcePositions()
                    .getStartPosition(getCurrentPath().getCompilationUnit(), method) < 0;
            boolean canonical = method.getReturnType() == null && isRecord()
                    && sameAsComponents(getCurrentPath());
            if (!implicit && !canonical && visible(method.getModifiers())) {
                check(method.getModifiers(), method.getName().toString());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void none) {
            boolean component = isRecord() && !field.getModifiers().getFlags().contains(Modifier.STATIC);
            if (!component && visible(field.getModifiers())) {
                check(field.getModifiers(), field.getName().toString());
            }
            return null;
        }

        private boolean isRecord() {
            return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
        }

        /** A canonical constructor takes its parameters from the record, which describes them. */
        private static boolean sameAsComponents(TreePath path) {
            var record = (ClassTree) path.getParentPath().getLeaf();
            var components = record.getMembers()
                    .stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                    .map(field -> field.getName().toString())
                    .toList();
            var parameters = ((MethodTree) path.getLeaf()).getParameters()
                    .stream()
                    .map(parameter -> parameter.getName().toString())
                    .toList();
            return parameters.equals(components);
        }

        private boolean visible(ModifiersTree modifiers) {
            var flags = modifiers.getFlags();
            boolean inInterface = getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private void check(ModifiersTree modifiers, String name) {
            boolean overrides = modifiers.getAnnotations()
                    .stream()
                    .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
            var comment = docs.getDocCommentTree(getCurrentPath());
            if (!overrides && (comment == null || comment.getFullBody().isEmpty())) {
                var file = Path.of(getCurrentPath().getCompilationUnit().getSourceFile().toUri())
                        .getFileName();
                silent.add(file + ": " + name);
            }
        }
    }
}

package dev.parley.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClusterCaseTest {

    @Test
    void namesAreUniqueAndDocumented() throws IOException {
        String page = Files.readString(Path.of("../docs/cluster.md"));
        assertThat(ClusterCase.all()).extracting(ClusterCase::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> page.contains("`" + name + "`"));
    }

    @Test
    void membersOfARoomAreSpreadOverAllClients() {
        var shape = new Load.Shape(200, "polling", 0, 1);
        assertThat(shape.members("r7")).containsExactly(7, 57, 107, 157);
        assertThat(shape.members("c199")).containsExactly(199);
        assertThat(shape.members("o3")).containsExactly(3);
    }

    @Test
    void messagesAreThoseOfAllClientsTogether() {
        var steady = ClusterCase.all().getFirst();
        assertThat(steady.setup().shape().messages() * steady.setup().shape().clients()).isEqualTo(100_000);
        assertThat(steady.withMessages(2_000).withClients(8).setup().shape())
                .isEqualTo(new Load.Shape(8, "polling", 10, 0));
    }
}

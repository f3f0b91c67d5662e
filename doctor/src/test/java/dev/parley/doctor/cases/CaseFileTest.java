package dev.parley.doctor.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.doctor.rule.Health;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaseFileTest {
    private static final List<Case> CASES = CaseFile.read();

    @Test
    void thereAreAtLeastSixtyCasesAndTwentyQuickOnes() {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(60).extracting(Case::name).doesNotHaveDuplicates();
        assertThat(CASES).filteredOn(Case::isQuick).hasSizeGreaterThanOrEqualTo(20);
    }

    /** A misspelt cause, state or box must not wait for the run. */
    @Test
    void everyNameExists() {
        for (Case played : CASES) {
            var expected = played.causes("cause");
            assertThat(expected.isEmpty()).as(played.name())
                    .isEqualTo(played.state() == Health.HEALTHY || played.state() == Health.UNKNOWN);
            var named = Stream.of("cause", "also", "note", "not")
                    .flatMap(key -> played.causes(key).stream())
                    .toList();
            assertThat(named).as(played.name()).doesNotHaveDuplicates();
            assertThat(played.look()).isNotNull();
            played.path()
                    .stream()
                    .filter(part -> part.kind().equals("box"))
                    .forEach(part -> Boxes.named(part.variant()));
        }
    }

    @Test
    void unknownKeyIsRefused() {
        assertThatThrownBy(() -> CaseFile.read(List.of("case one", "stat healthy")))
                .hasMessageContaining("stat healthy");
    }

    @Test
    void partsHaveVariantsAndCounts() {
        var played = CaseFile.read(List.of("case one", "path nginx > node:4-token*3")).getFirst();

        assertThat(played.path()).containsExactly(new Case.Part("nginx", "", 1),
                new Case.Part("node", "4-token", 3));
    }
}

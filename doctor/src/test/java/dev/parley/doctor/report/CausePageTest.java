package dev.parley.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.rule.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CausePageTest {

    @Test
    void eachCauseHasOnePageAndEachPageACause() throws IOException {
        try (var files = Files.list(Path.of("../docs/doctor"))) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .isEqualTo(Arrays.stream(Cause.values())
                            .map(cause -> cause.code() + ".md")
                            .collect(Collectors.toSet()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pageInTheJarIsThatOfTheSources(Cause cause) throws IOException {
        assertThat(CausePage.of(cause)).startsWith("# " + cause.code() + "\n")
                .contains("**What the doctor saw.**")
                .isEqualTo(Files.readString(Path.of("../docs/doctor", cause.code() + ".md")));
    }

    @ParameterizedTest
    @CsvSource({"no_affinity, NO_AFFINITY", "No-Affinity, NO_AFFINITY", "'idle cut', IDLE_CUT"})
    void causeIsFoundAsPeopleTypeIt(String typed, Cause cause) {
        assertThat(CausePage.cause(typed)).contains(cause);
    }

    @Test
    void unknownCauseIsNotFound() {
        assertThat(CausePage.cause("../../pom")).isEmpty();
    }
}

package dev.parley.doctor.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parley.doctor.rig.Examinations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases that run in each check. build/doctor-cases plays all of them, with more software and with clients. */
@Tag("real-time")
@Execution(ExecutionMode.CONCURRENT)
class DoctorCasesIT {
    @TempDir
    Path folder;

    static Stream<Named<Case>> cases() {
        return CaseFile.read()
                .stream()
                .filter(Case::isInCheck)
                .map(played -> Named.of(played.name(), played));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void doctorIsRight(Case played) throws Exception {
        assumeThat(Site.missing(played)).isEmpty();
        var certificates = new CaseCertificates(Files.createDirectory(folder.resolve("certificates")));
        try (var site = Site.start(played, Files.createDirectory(folder.resolve("site")), certificates)) {
            var report = CaseRun.examine(played, site);

            assertThat(Judge.of(played, report).complaints()).as(Examinations.text(report)).isEmpty();
        }
    }
}

package dev.parley.doctor.cases;

import dev.parley.doctor.rig.Examinations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The command build/doctor-cases. Plays cases, four at a time, prints a line for each, and the counts. Exit code 1 if a case is wrong. */
public final class DoctorCases {
    private static final int AT_ONCE = 4;

    private final PrintStream out;
    private final boolean client;
    private final boolean verbose;
    private final Path folder;
    private final CaseCertificates certificates;

    private enum End {
        RIGHT,
        WRONG,
        SKIPPED
    }

    private record Row(Case played, End end, boolean certainAndWrong) {}

    private DoctorCases(PrintStream out, boolean client, boolean verbose) throws IOException {
        this.out = out;
        this.client = client;
        this.verbose = verbose;
        this.folder = Files.createTempDirectory("doctor-cases");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.certificates = new CaseCertificates(folder);
    }

    public static void main(String[] arguments) throws Exception {
        var names = new ArrayList<String>();
        var given = List.of(arguments);
        for (int i = 0; i + 1 < given.size(); i++) {
            if (given.get(i).equals("--case")) {
                names.add(given.get(i + 1).toLowerCase(Locale.ROOT));
            }
        }
        var cases = CaseFile.read()
                .stream()
                .filter(played -> names.isEmpty()
                        || names.stream().anyMatch(played.name().toLowerCase(Locale.ROOT)::contains))
                .filter(played -> !given.contains("--check") || played.isQuick())
                .toList();
        if (given.contains("--list")) {
            cases.forEach(played -> System.out.println(played.name()));
            return;
        }
        var program = new DoctorCases(System.out, !given.contains("--no-client"),
                given.contains("--verbose"));
        int code;
        try {
            SSLContext.setDefault(program.certificates.trusted().trusting());
            code = program.play(cases);
        } finally {
            program.delete();
        }
        System.exit(code);
    }

    private void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private int play(List<Case> cases) throws InterruptedException, ExecutionException {
        var rows = new ArrayList<>(play(cases.stream().filter(played -> !played.isAlone()), AT_ONCE));
        rows.addAll(play(cases.stream().filter(Case::isAlone), 1));
        long right = count(rows, End.RIGHT);
        long sure = rows.stream().filter(Row::certainAndWrong).count();
        out.printf("%n%d cases: %d right, %d wrong, %d skipped; %d certain and wrong%n", rows.size(), right,
                count(rows, End.WRONG), count(rows, End.SKIPPED), sure);
        return right == rows.size() ? 0 : 1;
    }

    private List<Row> play(Stream<Case> cases, int atOnce) throws InterruptedException, ExecutionException {
        var rows = new ArrayList<Row>();
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var tasks = cases.<Callable<Row>>map(played -> () -> play(played)).toList();
            for (var task : threads.invokeAll(tasks)) {
                rows.add(task.get());
            }
        }
        return rows;
    }

    private static long count(List<Row> rows, End end) {
        return rows.stream().filter(row -> row.end() == end).count();
    }

    private Row play(Case played) throws IOException {
        var missing = Site.missing(played);
        if (!missing.isEmpty()) {
            line(played, "skipped", "not installed: " + missing);
            return new Row(played, End.SKIPPED, false);
        }
        long begun = System.nanoTime();
        Path place = Files.createTempDirectory(folder, "case");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var site = Site.start(played, place, certificates)) {
            var report = CaseRun.examine(played, site);
            var judgement = Judge.of(played, report);
            var complaints = new ArrayList<>(judgement.complaints());
            String experienced = "";
            if (client) {
                var seen = CaseRun.client(played, site, certificates);
                experienced = "; client " + seen;
                seen.against(played).ifPresent(complaints::add);
            }
            String took = " (" + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms)";
            if (complaints.isEmpty()) {
                line(played, "right", report.verdict().health().name().toLowerCase(Locale.ROOT) + " "
                        + played.causes("cause") + experienced + took);
            } else {
                line(played, judgement.certain().isEmpty() ? "WRONG" : "CERTAIN AND WRONG",
                        String.join("; ", complaints) + experienced + took);
            }
            if (verbose) {
                out.println(Examinations.text(report));
            }
            return new Row(played, complaints.isEmpty() ? End.RIGHT : End.WRONG,
                    !judgement.certain().isEmpty());
        } catch (RuntimeException | Error | IOException e) {
            line(played, "WRONG", "could not be played: " + e);
            return new Row(played, End.WRONG, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Row(played, End.WRONG, false);
        }
    }

    private void line(Case played, String end, String why) {
        out.printf("%-18s %-52s %s%n", end, played.name(), why);
    }
}

package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No library on the application's class path is older than {@code build/minimum-versions.tsv} allows. */
class MinimumVersionsTest {
    private static final Path ROWS = Path.of("..", "build", "minimum-versions.tsv");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    record Row(String artifact, String lowest, String reason, String date) {}

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(ROWS)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> {
                String[] cells = line.split("\t", -1);
                assertThat(cells).as(line).hasSize(4);
                return new Row(cells[0], cells[1], cells[2], cells[3]);
            }).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void libraryIsNotOlderThanAllowed(Row row) {
        assertThat(row.reason()).isNotBlank();
        assertThat(row.date()).matches("\\d{4}-\\d\\d-\\d\\d");
        String name = row.artifact().substring(row.artifact().indexOf(':') + 1);
        var versions = versions(name);
        assertThat(versions).as("versions of %s on the class path; a row that names no library goes", name)
                .isNotEmpty()
                .allSatisfy(version -> assertThat(compare(version, row.lowest()))
                        .as("%s %s, but %s needs %s", name, version, row.reason(), row.lowest())
                        .isNotNegative());
    }

    private static List<String> versions(String name) {
        var jar = Pattern.compile(Pattern.quote(name) + "-(\\d[\\w.]*)\\.jar");
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> jar.matcher(Path.of(entry).getFileName().toString()))
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void everyRowNamesAnotherArtifact() throws IOException {
        assertThat(rows()).extracting(Row::artifact).doesNotHaveDuplicates().isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.5.21, 1.5.37, -1", "1.6.7, 1.5.37, 1", "4.2.9.Final, 4.2.10.Final, -1",
            "4.2.18.Final, 4.2.18.Final, 0", "2.10, 2.9, 1", "2.0, 2, 0", "20260101, 1, 1"})
    void numbersOfAVersionAreComparedInOrder(String one, String other, int sign) {
        assertThat(Integer.signum(compare(one, other))).isEqualTo(sign);
    }

    private static int compare(String one, String other) {
        var left = numbers(one);
        var right = numbers(other);
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            int sign = number(left, i).compareTo(number(right, i));
            if (sign != 0) {
                return sign;
            }
        }
        return 0;
    }

    private static BigInteger number(List<BigInteger> numbers, int at) {
        return at < numbers.size() ? numbers.get(at) : BigInteger.ZERO;
    }

    private static List<BigInteger> numbers(String version) {
        return DIGITS.matcher(version).results().map(found -> new BigInteger(found.group())).toList();
    }
}

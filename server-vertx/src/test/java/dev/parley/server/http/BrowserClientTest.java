package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The build has two ways to fetch the browser's client: {@code build/fetch} and Maven alone. Both must fetch the same one. */
class BrowserClientTest {
    @Test
    void mavenAndBuildFetchPinTheSameClient() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        List<String[]> parts = Files.readAllLines(Path.of("../build/parts.tsv"))
                .stream()
                .map(line -> line.split("\t", -1))
                .filter(part -> part.length == 5 && part[4].startsWith("browser/"))
                .toList();
        assertThat(parts).hasSize(8).allSatisfy(part -> {
            assertThat(part[2]).isEqualTo("socket.io-client@" + property(pom, "browser.client.version"));
            assertThat(part[3]).startsWith("dist/socket.io");
        });
        assertThat(parts).filteredOn(part -> part[4].equals("browser/socket.io.js"))
                .singleElement()
                .satisfies(
                        part -> assertThat(part[0]).isEqualTo(property(pom, "browser.client.script.sha256")));
    }

    private static String property(String pom, String name) {
        var found = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(pom);
        assertThat(found.find()).as(name).isTrue();
        return found.group(1);
    }
}

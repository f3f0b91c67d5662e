package dev.parley.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;

/** Reads a vector file: one vector a line, a meaning and a frame with a bar between them. */
public final class Vectors {
    private Vectors() {}

    public static Stream<Arguments> read(String name) {
        try (var in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no vectors called " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.endsWith(" |") ? line + " " : line)
                    .map(line -> line.split(" \\| ", -1))
                    .map(parts -> Arguments.of(parts[0], parts[1]))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

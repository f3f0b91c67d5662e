package dev.parley.doctor.report;

import dev.parley.doctor.rule.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The pages that explain each cause: {@code docs/doctor} in the sources, and the same texts in the jar. Stateless. */
public final class CausePage {

    private CausePage() {}

    /** Returns the cause that a user names; underscores, hyphens and case do not matter. */
    public static Optional<Cause> cause(String typed) {
        String code = typed.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Arrays.stream(Cause.values()).filter(cause -> cause.code().equals(code)).findFirst();
    }

    /** Returns the page in Markdown. */
    public static String of(Cause cause) {
        String name = "/dev/parley/doctor/pages/" + cause.code() + ".md";
        try (var in = CausePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

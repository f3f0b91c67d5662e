package dev.parley.spring;

import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints which {@code parley.…} property is wrong in place of a stack trace. Called by Spring Boot. */
final class InvalidOptionFailureAnalyzer extends AbstractFailureAnalyzer<InvalidOptionException> {
    private static final Pattern OPTION = Pattern.compile("^([a-z]+[a-zA-Z]*)(?: must|:)");

    @Override
    protected FailureAnalysis analyze(Throwable failure, InvalidOptionException cause) {
        String message = String.valueOf(cause.getMessage());
        var option = OPTION.matcher(message);
        String property = option.find() ? "the property parley." + kebab(option.group(1))
                : "the parley properties";
        return new FailureAnalysis("Invalid Socket.IO property: " + message, "Correct " + property + ".",
                cause);
    }

    private static String kebab(String option) {
        return option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

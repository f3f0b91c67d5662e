package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpOptionsTest {
    static Stream<Arguments> faults() {
        var none = Duration.ZERO;
        return Stream.of(fault("httpCompression", () -> HttpOptions.builder().httpCompression(-1)),
                fault("perMessageDeflate", () -> HttpOptions.builder().perMessageDeflate(-1)),
                fault("bodyTimeout", () -> HttpOptions.builder().bodyTimeout(none)),
                fault("answerTimeout", () -> HttpOptions.builder().answerTimeout(none)),
                fault("maxRequestLine", () -> HttpOptions.builder().maxRequestLine(10)),
                fault("maxHeaders", () -> HttpOptions.builder().maxHeaders(2_000_000)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aRefusedValueNamesItsOption(String option, Runnable setting) {
        assertThatIllegalArgumentException().isThrownBy(setting::run).withMessageStartingWith(option + " ");
    }

    private static Arguments fault(String option, Runnable setting) {
        return Arguments.of(option, setting);
    }
}

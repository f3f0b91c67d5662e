package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ListenException;
import dev.parley.server.ListenException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenFailureAnalyzerTest {
    @ParameterizedTest
    @CsvSource({"PORT_IN_USE, parley.port", "PERMISSION_DENIED, parley.port", "UNKNOWN_ADDRESS, parley.host"})
    void namesThePropertyToChange(Reason reason, String property) {
        var failure = new ListenException(reason, "Port 3001 is already in use. Choose another one.");
        var analysis = new ListenFailureAnalyzer().analyze(failure, failure);
        assertThat(analysis.getDescription())
                .isEqualTo("Socket.IO cannot listen: Port 3001 is already in use.");
        assertThat(analysis.getAction()).contains(property);
    }

    @Test
    void keepsAllThatIsKnownOfOtherReasons() {
        var failure = new ListenException(Reason.OTHER, "It took too long. Nothing listens.");
        var analysis = new ListenFailureAnalyzer().analyze(failure, failure);
        assertThat(analysis.getDescription())
                .isEqualTo("Socket.IO cannot listen: It took too long. Nothing listens.");
        assertThat(analysis.getAction()).contains("parley.port", "parley.host");
    }

    @Test
    void tellsNothingOfOtherFailures() {
        assertThat(new ListenFailureAnalyzer().analyze(new IllegalStateException("other"))).isNull();
    }
}

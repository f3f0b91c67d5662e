package dev.parley.nova;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.ModelEvent.Failed.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"modelTimeoutException|Model has timed out|RECOVERABLE",
            "internalServerException||RECOVERABLE", "InternalServerException||RECOVERABLE",
            "serviceUnavailableException||RECOVERABLE", "modelStreamErrorException||RECOVERABLE",
            "ModelErrorException||RECOVERABLE", "throttlingException||BUSY", "ModelNotReadyException||BUSY",
            "ServiceQuotaExceededException||BUSY",
            "ValidationException|System instability detected.|RECOVERABLE",
            "validationException|… InternalErrorCode=531::RST_STREAM closed stream. HTTP/2 error code: NO_ERROR|RECOVERABLE",
            "validationException|Timed out waiting for input events|RECOVERABLE",
            "validationException|The security token included in the request is expired|RECOVERABLE",
            "validationException|Invalid input request|FATAL",
            "validationException|Tool Response parsing error|FATAL", "AccessDeniedException||FATAL",
            "ResourceNotFoundException||FATAL", "UnrecognizedClientException||FATAL",
            "SomethingNewException||FATAL"})
    void failuresAreClassifiedByTheTable(String code, String message, Kind kind) {
        assertThat(StreamFailure.of(code, message == null ? "" : message).kind()).isEqualTo(kind);
    }

    /** The service says it of a model that another region has, though it has an exception for what does not exist. */
    @Test
    void modelMissingInTheRegionIsNotFound() {
        assertThat(StreamFailure.of("ValidationException", "The provided model identifier is invalid."))
                .isEqualTo(StreamFailure.of("ResourceNotFoundException", ""));
    }

    @Test
    void textOfTheServiceIsNotPassedOn() {
        assertThat(StreamFailure.of("validationException", "the user said: secret").message())
                .doesNotContain("secret");
    }
}

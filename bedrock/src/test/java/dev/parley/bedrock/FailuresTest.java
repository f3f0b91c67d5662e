package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.StreamFailure;
import dev.parley.voice.ModelEvent.Failed.Kind;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tests exceptions that the SDK throws itself, before a stream has begun. */
class FailuresTest {

    private static StreamFailure of(String message) {
        return Failures.of(new CompletionException(SdkClientException.create(message)));
    }

    @Test
    void waitingInVainForARoomOnAConnectionIsBeingBusy() {
        assertThat(of("Unable to execute HTTP request: Acquire operation took longer than the configured "
                + "maximum time. This indicates that …").kind()).isEqualTo(Kind.BUSY);
    }

    @Test
    void theRestIsToldApartByWhatHelps() {
        assertThat(of("Unable to load credentials from any of the providers").kind()).isEqualTo(Kind.FATAL);
        assertThat(of("Received an UnknownHostException when attempting to interact with a service"))
                .isEqualTo(StreamFailure.notFound());
        assertThat(of("Unable to execute HTTP request: Connection reset")).isEqualTo(StreamFailure.lost());
        assertThat(Failures.of(null)).isEqualTo(StreamFailure.lost());
    }
}

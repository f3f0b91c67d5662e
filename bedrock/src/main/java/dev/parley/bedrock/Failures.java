package dev.parley.bedrock;

import dev.parley.nova.StreamFailure;
import dev.parley.voice.ModelEvent.Failed.Kind;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Converts exceptions of the SDK to a {@link StreamFailure}. */
final class Failures {

    private Failures() {}

    /**
     * Returns the failure for an exception.
     *
     * @param thrown null if the stream just ended, which is a failure unless we ended it
     */
    static StreamFailure of(@Nullable Throwable thrown) {
        return switch (unwrapped(thrown)) {
            case AwsServiceException service -> service(service);
            case SdkClientException client -> client(String.valueOf(client.getMessage()));
            case null, default -> StreamFailure.lost();
        };
    }

    private static StreamFailure service(AwsServiceException thrown) {
        var details = thrown.awsErrorDetails();
        String code = details == null || details.errorCode() == null ? "" : details.errorCode();
        if (code.isEmpty()) {
            return StreamFailure.ofStatus(thrown.statusCode());
        }
        return StreamFailure.of(code, String.valueOf(details == null ? "" : details.errorMessage()));
    }

    private static StreamFailure client(String message) {
        if (message.contains("credentials")) {
            return new StreamFailure(Kind.FATAL, "The server has no AWS credentials.");
        }
        if (message.contains("UnknownHostException")) {
            return StreamFailure.notFound();
        }
        if (message.contains("Acquire operation took longer")) {
            return StreamFailure.of("throttling", "");
        }
        return StreamFailure.lost();
    }

    private static @Nullable Throwable unwrapped(@Nullable Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause()
                : thrown;
    }
}

package dev.parley.bedrock;

import dev.parley.nova.RelayOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How Nova Sonic is reached and used.
 *
 * @param modelId     free text, since a model may be newer than this program
 * @param region      where the model is asked; without it AWS's own chain says ({@code AWS_REGION}, the profile, the machine)
 * @param profile     whose credentials and region are taken; without it AWS's default chain
 * @param endpoint    another address than the service's, for a stand-in; {@code http://} is HTTP/2 without TLS, and on this machine
 *                    any certificate is good
 * @param askMachine  whether the machine's own service may be asked where it is, which takes seconds where there is none
 * @param maxStreams  conversations at a time; each may have two streams for a moment
 * @param relay       when streams change
 * @param connectWait how long the service may take to answer a stream's first event
 * @param stallWait   how long it may take nothing of what waits to be sent
 * @param finishWait  how long it may take to end a stream that we ended
 */
public record NovaSonicOptions(String modelId, Optional<String> region, Optional<String> profile,
        Optional<URI> endpoint, boolean askMachine, int maxStreams, RelayOptions relay, Duration connectWait,
        Duration stallWait, Duration finishWait) {

    /** The model that AWS's documentation names. */
    public static final String CURRENT_MODEL = "amazon.nova-2-sonic-v1:0";

    public NovaSonicOptions {
        if (modelId.isBlank() || maxStreams < 1) {
            throw new IllegalArgumentException("a model and room for one conversation are needed");
        }
    }

    /** The current model, twenty conversations (an account's quota of streams), ten seconds to connect, three to end. */
    public static NovaSonicOptions defaults() {
        return new NovaSonicOptions(CURRENT_MODEL, Optional.empty(), Optional.empty(), Optional.empty(), true,
                20, RelayOptions.defaults(), Duration.ofSeconds(10), Duration.ofSeconds(10),
                Duration.ofSeconds(3));
    }

    public NovaSonicOptions withModelId(String value) {
        return new NovaSonicOptions(value, region, profile, endpoint, askMachine, maxStreams, relay,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withRegion(Optional<String> value) {
        return new NovaSonicOptions(modelId, value, profile, endpoint, askMachine, maxStreams, relay,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withProfile(Optional<String> value) {
        return new NovaSonicOptions(modelId, region, value, endpoint, askMachine, maxStreams, relay,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withEndpoint(Optional<URI> value) {
        return new NovaSonicOptions(modelId, region, profile, value, askMachine, maxStreams, relay,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withAskMachine(boolean value) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, value, maxStreams, relay, connectWait,
                stallWait, finishWait);
    }

    public NovaSonicOptions withMaxStreams(int value) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, askMachine, value, relay, connectWait,
                stallWait, finishWait);
    }

    public NovaSonicOptions withRelay(RelayOptions value) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, askMachine, maxStreams, value,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withWaits(Duration connect, Duration stall, Duration finish) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, askMachine, maxStreams, relay,
                connect, stall, finish);
    }
}

package dev.parley.bedrock;

import dev.parley.nova.ChainOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Options for the connection to Nova Sonic and its use.
 *
 * @param modelId     model id; free text, since a model may be newer than this program
 * @param region      AWS region in which the model is called; without it, AWS's own chain decides ({@code AWS_REGION}, the profile, the
 *                    machine)
 * @param profile     AWS profile that supplies credentials and region; without it, AWS's default chain does
 * @param endpoint    address that replaces the service's, for an emulator; {@code http://} is HTTP/2 without TLS, and on this machine any
 *                    certificate is accepted
 * @param askMachine  whether the machine's own metadata service may be asked for the region, which takes seconds where there is none
 * @param maxStreams  maximum number of conversations at a time; each may briefly have two streams
 * @param chain       options for the change of streams
 * @param connectWait timeout for the service's response to the first event of a stream
 * @param stallWait   timeout for a service that accepts none of the events that wait to be sent
 * @param finishWait  timeout for the service to end a stream that we ended
 */
public record NovaSonicOptions(String modelId, Optional<String> region, Optional<String> profile,
        Optional<URI> endpoint, boolean askMachine, int maxStreams, ChainOptions chain, Duration connectWait,
        Duration stallWait, Duration finishWait) {

    /** Id of the current model, from AWS's documentation. */
    public static final String CURRENT_MODEL = "amazon.nova-2-sonic-v1:0";

    public NovaSonicOptions {
        if (modelId.isBlank() || maxStreams < 1) {
            throw new IllegalArgumentException("a model and room for one conversation are needed");
        }
    }

    /**
     * Returns the defaults: {@link #CURRENT_MODEL} and 20 conversations, which is an account's quota of streams. Timeouts: 10 s to connect,
     * 10 s for a stall, 3 s to end.
     */
    public static NovaSonicOptions defaults() {
        return new NovaSonicOptions(CURRENT_MODEL, Optional.empty(), Optional.empty(), Optional.empty(), true,
                20, ChainOptions.defaults(), Duration.ofSeconds(10), Duration.ofSeconds(10),
                Duration.ofSeconds(3));
    }

    public NovaSonicOptions withModelId(String value) {
        return new NovaSonicOptions(value, region, profile, endpoint, askMachine, maxStreams, chain,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withRegion(Optional<String> value) {
        return new NovaSonicOptions(modelId, value, profile, endpoint, askMachine, maxStreams, chain,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withProfile(Optional<String> value) {
        return new NovaSonicOptions(modelId, region, value, endpoint, askMachine, maxStreams, chain,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withEndpoint(Optional<URI> value) {
        return new NovaSonicOptions(modelId, region, profile, value, askMachine, maxStreams, chain,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withAskMachine(boolean value) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, value, maxStreams, chain, connectWait,
                stallWait, finishWait);
    }

    public NovaSonicOptions withMaxStreams(int value) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, askMachine, value, chain, connectWait,
                stallWait, finishWait);
    }

    public NovaSonicOptions withChain(ChainOptions value) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, askMachine, maxStreams, value,
                connectWait, stallWait, finishWait);
    }

    public NovaSonicOptions withWaits(Duration connect, Duration stall, Duration finish) {
        return new NovaSonicOptions(modelId, region, profile, endpoint, askMachine, maxStreams, chain,
                connect, stall, finish);
    }
}

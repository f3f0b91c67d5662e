package dev.parley.bedrock;

import dev.parley.nova.ModelFeatures;
import dev.parley.nova.StreamChain;
import dev.parley.voice.Alarm;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;

/** Provides conversations with Amazon Nova Sonic that continue when a stream of the service ends. Thread-safe. */
public final class NovaSonicModel implements SpeechModel {

    private final NovaSonicOptions options;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final SdkAsyncHttpClient transport;
    private final BedrockRuntimeAsyncClient client;
    private final InstantSource clock;
    private final Alarm alarm;
    private final Set<NovaStream> conversations = ConcurrentHashMap.newKeySet();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean closed;

    private NovaSonicModel(NovaSonicOptions options, Region region, AwsCredentialsProvider credentials,
            Alarm alarm) {
        this.options = options;
        this.region = region;
        this.credentials = credentials;
        this.transport = Clients.transport(options);
        this.client = Clients.open(options, transport, region, credentials);
        this.clock = Clock.systemUTC();
        this.alarm = alarm;
    }

    /**
     * Finds the region and the credentials, without a call to the service. May take seconds where the machine is asked for its role.
     *
     * @param alarm wakes conversations, and ends operations that exceed their timeout; closed with the model
     * @throws NovaSonicException if either is not found, or the model is not in the region
     */
    public static NovaSonicModel create(NovaSonicOptions options, Alarm alarm) {
        Region region = ModelRegions.choose(options);
        // The default chain prefers keys in the environment to a profile, even to one that was explicitly set.
        AwsCredentialsProvider credentials = options.profile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder()
                        .asyncCredentialUpdateEnabled(false)
                        .build());
        return create(options, region, credentials, alarm);
    }

    static NovaSonicModel create(NovaSonicOptions options, Region region, AwsCredentialsProvider credentials,
            Alarm alarm) {
        try {
            credentials.resolveCredentials();
        } catch (RuntimeException _none) { // any type: a chain lists where it looked, on many lines; single sign-on reports a missing file
            throw new NovaSonicException("no AWS credentials were found" + options.profile()
                    .map(name -> " in the profile " + name
                            + ": it must be in ~/.aws/config or ~/.aws/credentials, and signed in to if it uses single sign-on")
                    .orElse(": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with nova-profile"));
        }
        return new NovaSonicModel(options, region, credentials, alarm);
    }

    @Override
    public String name() {
        return "nova-sonic";
    }

    /** Returns the model id and the region in which the model is called. */
    public String where() {
        return options.modelId() + " in " + region.id();
    }

    @Override
    public List<Voice> voices() {
        return NovaVoices.of(options.modelId());
    }

    @Override
    public List<String> languages() {
        return NovaVoices.languages(options.modelId());
    }

    @Override
    public boolean billed() {
        return true;
    }

    @Override
    public boolean renewsStreams() {
        return true;
    }

    @Override
    public boolean takesText() {
        return ModelFeatures.of(options.modelId()).typedInput();
    }

    /** Returns the number of open streams: one for each conversation, two while it changes streams. */
    public int openStreams() {
        return streams.get();
    }

    @Override
    public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
        var known = new StreamSettings(NovaVoices.orFirst(options.modelId(), settings.voiceId()),
                settings.inference(), settings.sensitivity(), settings.tools(), false, settings.replay(),
                settings.portable(), settings.continues());
        var chain = new StreamChain(UUID.randomUUID().toString(), known, ModelFeatures.of(options.modelId()),
                options.chain(), new SplittableRandom());
        var stream = new NovaStream(chain, this, events);
        conversations.add(stream);
        if (closed) {
            stream.fail(new Failed(Failed.Kind.FATAL, "The server is shutting down."));
        } else if (conversations.size() > options.maxStreams()) {
            stream.fail(new Failed(Failed.Kind.BUSY,
                    "All " + options.maxStreams() + " conversations are taken; try again in a moment."));
        }
        return stream;
    }

    /** Cancels every stream first, since closing the client would leave the streams running. */
    @Override
    public void close() {
        closed = true;
        conversations.forEach(stream -> stream.fail(new ModelEvent.Ended()));
        long deadline = System.nanoTime() + options.finishWait().toNanos();
        try {
            while ((streams.get() > 0 || !conversations.isEmpty()) && System.nanoTime() < deadline) {
                Thread.sleep(10);
            }
        } catch (InterruptedException _interrupted) {
            Thread.currentThread().interrupt();
        }
        alarm.close();
        client.close();
        transport.close();
    }

    /** Returns when the credentials of a stream that is opened now expire. */
    Optional<Instant> credentialsEnd() {
        try {
            return credentials.resolveCredentials().expirationTime();
        } catch (RuntimeException _gone) {
            return Optional.empty(); // opening a stream fails with the same error and reports it
        }
    }

    void forget(NovaStream stream) {
        conversations.remove(stream);
    }

    void streamOpened() {
        streams.incrementAndGet();
    }

    void streamOver() {
        streams.decrementAndGet();
    }

    NovaSonicOptions options() {
        return options;
    }

    BedrockRuntimeAsyncClient client() {
        return client;
    }

    InstantSource clock() {
        return clock;
    }

    Alarm alarm() {
        return alarm;
    }
}

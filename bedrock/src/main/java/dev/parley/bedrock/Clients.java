package dev.parley.bedrock;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.auth.scheme.BedrockRuntimeAuthSchemeProvider;
import software.amazon.awssdk.utils.AttributeMap;

/** Creates the SDK's client so that long streams of speech do not disturb each other. */
final class Clients {

    private static final int WINDOW = 1 << 20;
    /** Interval of HTTP/2 pings. A connection that fails silently is detected within two intervals; without pings, never. */
    private static final Duration PING = Duration.ofSeconds(5);

    private Clients() {}

    /**
     * Creates the client.
     *
     * @param transport stays open when the client closes; its creator closes it
     */
    static BedrockRuntimeAsyncClient open(NovaSonicOptions options, SdkAsyncHttpClient transport,
            Region region, AwsCredentialsProvider credentials) {
        BedrockRuntimeAuthSchemeProvider schemes = BedrockRuntimeAuthSchemeProvider.defaultProvider();
        var client = BedrockRuntimeAsyncClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                // A bearer token in the environment would override the credentials, and the service rejects it for this call.
                .authSchemeProvider(parameters -> schemes.resolveAuthScheme(parameters)
                        .stream()
                        .filter(option -> option.schemeId().startsWith("aws.auth#sigv4"))
                        .toList())
                // The SDK would retry a stream that has begun and repeat its words.
                // No timeout: any timeout would end a healthy stream.
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()));
        options.endpoint().ifPresent(client::endpointOverride);
        return client.httpClient(transport).build();
    }

    /** Creates the transport, which owns the connections and the threads that serve them. */
    static SdkAsyncHttpClient transport(NovaSonicOptions options) {
        boolean tls = options.endpoint().map(uri -> "https".equals(uri.getScheme())).orElse(true);
        var transport = NettyNioAsyncHttpClient.builder()
                // By default, a client given as an instance speaks HTTP/1.1, to which the service responds with 464.
                .protocol(Protocol.HTTP2)
                .protocolNegotiation(tls ? ProtocolNegotiation.ALPN : ProtocolNegotiation.ASSUME_PROTOCOL)
                // The read timeout counts only data from the service, and closes the connection with all of its streams.
                .readTimeout(Duration.ZERO)
                .maxConcurrency(2 * options.maxStreams() + 10)
                .connectionAcquisitionTimeout(options.connectWait().dividedBy(2))
                .http2Configuration(
                        http2 -> http2.initialWindowSize(WINDOW).maxStreams(20L).healthCheckPingPeriod(PING));
        return transport.buildWithDefaults(AttributeMap.builder()
                .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES,
                        options.endpoint().map(Clients::onThisMachine).orElse(false))
                .build());
    }

    private static boolean onThisMachine(URI endpoint) {
        String host = String.valueOf(endpoint.getHost());
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
    }
}

package dev.parley.settings;

import dev.parley.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checked settings of the program. {@link SettingsTable} documents each setting; {@link #read} creates them from all sources.
 *
 * @param choices  the profile's defaults, one sentence per setting
 * @param warnings about secrets that others can read, and files that others can write; one sentence each
 */
public record Settings(Profile profile, List<String> choices, Access access, Web web, Connection connection,
        Talk talk, Model model, Money money, Tools tools, Monitoring monitoring, Log log,
        Transcripts transcripts, Optional<Cluster> cluster, Visits visits, List<String> warnings) {

    /** Connections, handshakes in a second, and sessions of one address; packets in a second of one connection. Zero is no limit. */
    public record Visits(int connections, int handshakes, int sessions, int packets) {}

    /** The addresses to listen on, the allowed origins and proxies, and the time to drain. */
    public record Web(List<String> hosts, int port, int eventLoops, List<String> allowedOrigins,
            TrustedProxies trustedProxies, Duration drainTime) {}

    /** The limits of Engine.IO and Socket.IO, and whether the echo is on. Sizes are in bytes. */
    public record Connection(String path, List<Transport> transports, Duration pingInterval,
            Duration pingTimeout, Duration upgradeTimeout, Duration connectTimeout, int maxHttpBufferSize,
            int maxRequestLine, int maxHeaders, boolean echo) {}

    /** The settings of conversations. */
    public record Talk(Path models, Optional<String> voice, List<String> languages, int maxConversations,
            int maxWaiting, int streamQuota, int renewalHeadroom, Duration inactivity, Duration longest,
            Duration audioAhead, Duration reconnectWait, Duration toolTimeout, Optional<String> systemPrompt,
            Optional<Path> personas, String persona, Path data, ZoneId zone, Style style, Visitors visitors) {

        public Talk {
            if (renewalHeadroom >= streamQuota) {
                throw new SettingsException("renewal-headroom " + renewalHeadroom
                        + " leaves no stream for a conversation of stream-quota " + streamQuota
                        + ": set stream-quota above " + renewalHeadroom + ", or renewal-headroom "
                        + (streamQuota == 1 ? "to 0" : "to at most " + (streamQuota - 1)));
            }
        }
    }

    /** The conversations of one user and of one address; zero is no limit. */
    public record Visitors(int perUser, int perAddress, int perKnownAddress, int startsPerMinute,
            Duration timePerDay) {}

    /** The settings of replies, unless the page sets them. */
    public record Style(int maxTokens, double topP, double temperature, TurnDetection turnDetection) {}

    /** The choice of the speech model, and its settings. */
    public record Model(ModelChoice choice, Nova nova, Optional<LlmSettings> llm) {

        public Model {
            if (choice == ModelChoice.NOVA_SONIC && llm.isPresent()) {
                throw new SettingsException(
                        "llm is set, but model is nova-sonic, which replies itself: remove one of them");
            }
        }
    }

    /** The settings of Amazon Nova Sonic. */
    public record Nova(String modelId, Optional<String> region, Optional<String> profile,
            Optional<URI> endpoint, Duration streamLife) {}

    /**
     * The limits of tokens and costs; zero tokens means no limit.
     *
     * @param dayIsGiven whether the limit of a day is set explicitly, so that it holds for every model; the default holds for a model that is paid
     */
    public record Money(int tokensPerConversation, int tokensPerDay, int tokensPerUser, boolean dayIsGiven,
            Optional<Double> costPerConversation, Optional<Double> costPerDay, TokenPrices prices) {

        public Money {
            if ((costPerConversation.isPresent() || costPerDay.isPresent())
                    && prices.equals(TokenPrices.FREE)) {
                throw new SettingsException("a limit of cost is set, but no token-prices: set them too");
            }
        }
    }

    /** The services behind the assistant's tools; a service without an address is off. {@code linkLocal} lets tools reach such addresses. */
    public record Tools(Optional<URI> weather, Optional<URI> places, Optional<Path> mcp, boolean linkLocal) {}

    /** Access to metrics and to the admin page, and the target of OTLP. */
    public record Monitoring(Readers metrics, Optional<String> metricsToken, Optional<URI> otlpUrl,
            Duration otlpInterval, TokenPrices prices, AdminKeys admin) {
        /** Contains no secret. */
        @Override
        public String toString() {
            return "Monitoring[metrics=" + metrics + "]";
        }
    }

    /**
     * The cluster to join.
     *
     * @param address       where other servers reach this one directly; HOST or HOST:PORT
     * @param conversations how long the state of a conversation is kept for other servers; zero is not at all
     */
    public record Cluster(String redisUrl, ClusterAdapter adapter, String prefix, ClusterSecrets secrets,
            Optional<String> address, Duration conversations) {

        public Cluster {
            if (secrets.values().isEmpty()) {
                throw new SettingsException(
                        "redis-url is set, but no cluster-secret or cluster-secret-file: set "
                                + ClusterSecrets.WANTED + ", the same on all servers");
            }
        }

        /** Contains no secret: the URL may have a password. */
        @Override
        public String toString() {
            return "Cluster[adapter=" + adapter + ", prefix=" + prefix + ", address=" + address + "]";
        }
    }

    /** The way of messages through Redis. */
    public enum ClusterAdapter {
        STREAMS,
        PUBSUB,
        SHARDED
    }

    /** Access to metrics. TOKEN requires the token; if none is set, nobody has access. */
    public enum Readers {
        TOKEN,
        PUBLIC,
        OFF
    }

    /** The format, level and scope of the log; {@code content} allows speech, typed text and the like. */
    public record Log(LogFormat format, LogLevel level, LogRequests requests, boolean content) {}

    /** The folder of transcripts, if they are kept, and the number of days. */
    public record Transcripts(Optional<Path> folder, int days) {}

    /** The transports of Engine.IO. */
    public enum Transport {
        POLLING,
        WEBSOCKET
    }

    /** AUTO is NOVA_SONIC if it is available, otherwise LOCAL. */
    public enum ModelChoice {
        AUTO,
        LOCAL,
        NOVA_SONIC
    }

    /** HIGH replies after the shortest pause. */
    public enum TurnDetection {
        HIGH,
        MEDIUM,
        LOW
    }

    /** AUTO is TEXT on a terminal, otherwise JSON. */
    public enum LogFormat {
        AUTO,
        TEXT,
        JSON
    }

    /** The lowest level that is logged. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** NOTABLE omits successful data requests of open polling sessions, which arrive thirty times a second. */
    public enum LogRequests {
        ALL,
        NOTABLE
    }

    /**
     * Reads settings from all sources: defaults, then the file, then the environment, then the command line; later ones override earlier ones.
     *
     * @param flags       setting name to text, as given on the command line; {@code config} names the file
     * @param environment usually {@link System#getenv()}
     * @throws SettingsException for the first setting that is unknown or has an invalid value
     */
    public static Settings read(Map<String, String> flags, Map<String, String> environment) {
        var values = Sources.merge(flags, environment);
        Access access = AccessTable.read(values);
        return new Settings(values.profile(), values.choices(), access,
                new Web(access.hosts(), values.get(SettingsTable.PORT), values.get(SettingsTable.EVENT_LOOPS),
                        values.get(SettingsTable.ALLOWED_ORIGINS), values.get(SettingsTable.TRUSTED_PROXIES),
                        values.get(SettingsTable.DRAIN_TIME)),
                new Connection(values.get(SettingsTable.PATH), values.get(SettingsTable.TRANSPORTS),
                        values.get(SettingsTable.PING_INTERVAL), values.get(SettingsTable.PING_TIMEOUT),
                        values.get(SettingsTable.UPGRADE_TIMEOUT), values.get(SettingsTable.CONNECT_TIMEOUT),
                        values.get(SettingsTable.MAX_HTTP_BUFFER_SIZE),
                        values.get(SettingsTable.MAX_REQUEST_LINE), values.get(SettingsTable.MAX_HEADERS),
                        values.get(SettingsTable.ECHO)),
                new Talk(values.get(SettingsTable.MODELS), values.get(SettingsTable.VOICE),
                        values.get(SettingsTable.LANGUAGES), values.get(SettingsTable.MAX_CONVERSATIONS),
                        values.get(SettingsTable.MAX_WAITING), values.get(SettingsTable.STREAM_QUOTA),
                        values.get(SettingsTable.RENEWAL_HEADROOM), values.get(SettingsTable.INACTIVITY),
                        values.get(SettingsTable.CONVERSATION_TIME), values.get(SettingsTable.AUDIO_AHEAD),
                        values.get(SettingsTable.RECONNECT_WAIT), values.get(SettingsTable.TOOL_TIMEOUT),
                        values.systemPrompt(), values.get(SettingsTable.PERSONAS),
                        values.get(SettingsTable.PERSONA), values.get(SettingsTable.DATA),
                        values.get(SettingsTable.TIME_ZONE),
                        new Style(values.get(SettingsTable.MAX_TOKENS), values.get(SettingsTable.TOP_P),
                                values.get(SettingsTable.TEMPERATURE),
                                values.get(SettingsTable.TURN_DETECTION)),
                        new Visitors(values.get(SettingsTable.CONVERSATIONS_PER_USER),
                                values.get(SettingsTable.CONVERSATIONS_PER_ADDRESS),
                                values.get(SettingsTable.CONVERSATIONS_PER_KNOWN_ADDRESS),
                                values.get(SettingsTable.STARTS_PER_MINUTE),
                                values.get(SettingsTable.TIME_PER_DAY))),
                new Model(values.get(SettingsTable.MODEL), new Nova(values.get(SettingsTable.NOVA_MODEL),
                        values.get(SettingsTable.NOVA_REGION), values.get(SettingsTable.NOVA_PROFILE),
                        values.get(SettingsTable.NOVA_ENDPOINT), values.get(SettingsTable.NOVA_STREAM_LIFE)),
                        LlmSettings.read(values)),
                new Money(values.get(SettingsTable.TOKENS_PER_CONVERSATION),
                        values.get(SettingsTable.TOKENS_PER_DAY), values.tokensPerUser(),
                        values.isGiven(SettingsTable.TOKENS_PER_DAY),
                        values.get(SettingsTable.COST_PER_CONVERSATION),
                        values.get(SettingsTable.COST_PER_DAY), prices(values)),
                new Tools(values.get(SettingsTable.WEATHER_URL), values.get(SettingsTable.PLACES_URL),
                        values.get(SettingsTable.MCP_CONFIG), values.get(SettingsTable.ALLOW_LINK_LOCAL)),
                new Monitoring(values.get(SettingsTable.METRICS), values.get(SettingsTable.METRICS_TOKEN),
                        values.get(SettingsTable.OTLP_URL), values.get(SettingsTable.OTLP_INTERVAL),
                        prices(values),
                        new AdminKeys(values.get(SettingsTable.ADMIN_PASSWORD),
                                values.get(SettingsTable.ADMIN_TOKEN))),
                new Log(values.get(SettingsTable.LOG_FORMAT), values.get(SettingsTable.LOG_LEVEL),
                        values.get(SettingsTable.LOG_REQUESTS), values.get(SettingsTable.LOG_CONTENT)),
                new Transcripts(values.get(SettingsTable.TRANSCRIPTS),
                        values.get(SettingsTable.TRANSCRIPT_DAYS)),
                values.get(SettingsTable.REDIS_URL)
                        .map(url -> new Cluster(url, values.get(SettingsTable.CLUSTER_ADAPTER),
                                values.get(SettingsTable.CLUSTER_PREFIX), values.clusterSecrets(),
                                values.get(SettingsTable.CLUSTER_ADDRESS),
                                values.get(SettingsTable.CLUSTER_CONVERSATIONS))),
                new Visits(values.get(SettingsTable.CONNECTIONS_PER_ADDRESS),
                        values.get(SettingsTable.HANDSHAKES_PER_ADDRESS),
                        values.get(SettingsTable.SESSIONS_PER_ADDRESS),
                        values.get(SettingsTable.PACKETS_PER_SECOND)),
                values.warnings());
    }

    private static TokenPrices prices(Sources values) {
        TokenPrices prices = values.get(SettingsTable.TOKEN_PRICES);
        TokenPrices llm = values.get(LlmSettings.PRICES);
        if (!prices.equals(TokenPrices.FREE) && !llm.equals(TokenPrices.FREE)) {
            throw new SettingsException("token-prices and llm-prices are both set: choose one");
        }
        return llm.equals(TokenPrices.FREE) ? prices : llm;
    }
}

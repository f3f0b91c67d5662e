package dev.parley.app.config;

import dev.parley.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the program was told, checked. {@link Catalogue} documents each setting; {@link #read} is the only way here from outside, and
 * tests change single values with the {@code with…} methods.
 *
 * @param choices what the profile chose, a sentence for each setting
 */
public record Settings(Profile profile, List<String> choices, Web web, Connection connection, Talk talk,
        Model model, Money money, Tools tools, Watch watch, Log log, Transcripts transcripts) {

    /** Where the server listens, who may come, and how it stops. */
    public record Web(String host, int port, int eventLoops, List<String> allowedOrigins,
            TrustedProxies trustedProxies, Duration drainTime) {}

    /** The limits of Engine.IO and Socket.IO, and whether there is an echo. Sizes are in bytes. */
    public record Connection(String path, List<Transport> transports, Duration pingInterval,
            Duration pingTimeout, Duration upgradeTimeout, Duration connectTimeout, int maxHttpBufferSize,
            int maxRequestLine, int maxHeaders, boolean echo) {}

    /** The conversations. */
    public record Talk(Path models, Optional<String> voice, List<String> languages, int maxConversations,
            int maxWaiting, int streamQuota, int renewalHeadroom, Duration inactivity, Duration reconnectWait,
            Duration toolTimeout, Optional<String> systemPrompt, Optional<Path> personas, String persona,
            Path data, ZoneId zone, Style style) {

        public Talk {
            if (renewalHeadroom >= streamQuota) {
                throw new SettingsException("renewal-headroom " + renewalHeadroom
                        + " leaves no stream for a conversation of stream-quota " + streamQuota
                        + ": set stream-quota above " + renewalHeadroom + ", or renewal-headroom "
                        + (streamQuota == 1 ? "to 0" : "to at most " + (streamQuota - 1)));
            }
        }
    }

    /** How the model answers where the page does not say. */
    public record Style(int maxTokens, double topP, double temperature, TurnDetection turnDetection) {}

    /** Which speech model answers, and how. */
    public record Model(ModelChoice choice, Nova nova) {}

    /** How Amazon Nova Sonic is reached. */
    public record Nova(String modelId, Optional<String> region, Optional<String> profile,
            Optional<URI> endpoint, Duration streamLife) {}

    /** What may be used; no tokens is no limit. */
    public record Money(int tokensPerConversation, int tokensPerDay, Optional<Double> costPerConversation,
            Optional<Double> costPerDay, TokenPrices prices) {

        public Money {
            if ((costPerConversation.isPresent() || costPerDay.isPresent())
                    && prices.equals(TokenPrices.FREE)) {
                throw new SettingsException("a limit of cost is set, but no token-prices: set them too");
            }
        }

        /** Whether there is any limit of a day. */
        public boolean limited() {
            return tokensPerDay > 0 || costPerDay.isPresent();
        }
    }

    /** What the assistant can do beside talking; a service without an address is off. */
    public record Tools(Optional<URI> weather, Optional<URI> places, Optional<Path> mcp) {}

    /** Who sees how the server fares, and where figures go. */
    public record Watch(Readers metrics, Optional<String> metricsToken, Optional<URI> otlpUrl,
            Duration otlpInterval, TokenPrices prices, AdminKeys admin) {
        /** Never with its secrets. */
        @Override
        public String toString() {
            return "Watch[metrics=" + metrics + "]";
        }
    }

    /** TOKEN is whoever holds the token; without a token, nobody. */
    public enum Readers {
        TOKEN,
        PUBLIC,
        OFF
    }

    /** What is logged, and how; content is what people say, and the like. */
    public record Log(LogFormat format, LogLevel level, LogRequests requests, boolean content) {}

    /** Where what is said is kept, if anywhere, and for how long. */
    public record Transcripts(Optional<Path> folder, int days) {}

    /** Engine.IO's transports. */
    public enum Transport {
        POLLING,
        WEBSOCKET
    }

    /** AUTO is NOVA_SONIC where it can be had, else LOCAL. */
    public enum ModelChoice {
        AUTO,
        LOCAL,
        NOVA_SONIC
    }

    /** HIGH answers after the shortest pause. */
    public enum TurnDetection {
        HIGH,
        MEDIUM,
        LOW
    }

    /** AUTO is TEXT on a terminal, else JSON. */
    public enum LogFormat {
        AUTO,
        TEXT,
        JSON
    }

    /** The least weight of what is logged. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** NOTABLE leaves out the successful data requests of open polling sessions, which come thirty a second. */
    public enum LogRequests {
        ALL,
        NOTABLE
    }

    /**
     * Settings from all sources: defaults, then the file, then the environment, then the command line; the later wins.
     *
     * @param flags       setting name to text, as given on the command line; {@code config} names the file
     * @param environment usually {@link System#getenv()}
     * @throws SettingsException for the first setting that is unknown or has a value it cannot have
     */
    public static Settings read(Map<String, String> flags, Map<String, String> environment) {
        var values = Sources.merge(flags, environment);
        return new Settings(values.profile(), values.choices(),
                new Web(values.get(Catalogue.HOST), values.get(Catalogue.PORT),
                        values.get(Catalogue.EVENT_LOOPS), values.get(Catalogue.ALLOWED_ORIGINS),
                        values.get(Catalogue.TRUSTED_PROXIES), values.get(Catalogue.DRAIN_TIME)),
                new Connection(values.get(Catalogue.PATH), values.get(Catalogue.TRANSPORTS),
                        values.get(Catalogue.PING_INTERVAL), values.get(Catalogue.PING_TIMEOUT),
                        values.get(Catalogue.UPGRADE_TIMEOUT), values.get(Catalogue.CONNECT_TIMEOUT),
                        values.get(Catalogue.MAX_HTTP_BUFFER_SIZE), values.get(Catalogue.MAX_REQUEST_LINE),
                        values.get(Catalogue.MAX_HEADERS), values.get(Catalogue.ECHO)),
                new Talk(values.get(Catalogue.MODELS), values.get(Catalogue.VOICE),
                        values.get(Catalogue.LANGUAGES), values.get(Catalogue.MAX_CONVERSATIONS),
                        values.get(Catalogue.MAX_WAITING), values.get(Catalogue.STREAM_QUOTA),
                        values.get(Catalogue.RENEWAL_HEADROOM), values.get(Catalogue.INACTIVITY),
                        values.get(Catalogue.RECONNECT_WAIT), values.get(Catalogue.TOOL_TIMEOUT),
                        values.systemPrompt(), values.get(Catalogue.PERSONAS), values.get(Catalogue.PERSONA),
                        values.get(Catalogue.DATA), values.get(Catalogue.TIME_ZONE),
                        new Style(values.get(Catalogue.MAX_TOKENS), values.get(Catalogue.TOP_P),
                                values.get(Catalogue.TEMPERATURE), values.get(Catalogue.TURN_DETECTION))),
                new Model(values.get(Catalogue.MODEL),
                        new Nova(values.get(Catalogue.NOVA_MODEL), values.get(Catalogue.NOVA_REGION),
                                values.get(Catalogue.NOVA_PROFILE), values.get(Catalogue.NOVA_ENDPOINT),
                                values.get(Catalogue.NOVA_STREAM_LIFE))),
                new Money(values.get(Catalogue.TOKENS_PER_CONVERSATION), values.get(Catalogue.TOKENS_PER_DAY),
                        values.get(Catalogue.COST_PER_CONVERSATION), values.get(Catalogue.COST_PER_DAY),
                        values.get(Catalogue.TOKEN_PRICES)),
                new Tools(values.get(Catalogue.WEATHER_URL), values.get(Catalogue.PLACES_URL),
                        values.get(Catalogue.MCP_CONFIG)),
                new Watch(values.get(Catalogue.METRICS), values.get(Catalogue.METRICS_TOKEN),
                        values.get(Catalogue.OTLP_URL), values.get(Catalogue.OTLP_INTERVAL),
                        values.get(Catalogue.TOKEN_PRICES),
                        new AdminKeys(values.get(Catalogue.ADMIN_PASSWORD),
                                values.get(Catalogue.ADMIN_TOKEN))),
                new Log(values.get(Catalogue.LOG_FORMAT), values.get(Catalogue.LOG_LEVEL),
                        values.get(Catalogue.LOG_REQUESTS), values.get(Catalogue.LOG_CONTENT)),
                new Transcripts(values.get(Catalogue.TRANSCRIPTS), values.get(Catalogue.TRANSCRIPT_DAYS)));
    }
}

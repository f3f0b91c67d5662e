package dev.parley.settings;

import dev.parley.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of all settings: command line, help, environment and file are read through it. {@link Settings} is the typed view that
 * the program uses.
 */
public final class SettingsTable {

    /** The maximum length of a page's prompt, too. */
    static final int LONGEST_PROMPT = 40_000;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z]{2})?");

    static final Setting<Integer> PORT = Setting.of("port", ValueType.number(0, 65_535), "3000",
            "The port to listen on; 0 selects a free one.", "PORT");
    static final Setting<Integer> EVENT_LOOPS = Setting.of("event-loops", ValueType.number(1, 1_024),
            Integer.toString(Runtime.getRuntime().availableProcessors()),
            "Number of threads that share the connections; one per processor by default.");
    static final Setting<List<String>> ALLOWED_ORIGINS = Setting.of("allowed-origins", ValueType.origins(100),
            "",
            "Origins of other sites whose pages may connect, separated by commas. Without it only the server's own page may connect.");

    static final Setting<TrustedProxies> TRUSTED_PROXIES = Setting.of("trusted-proxies", ValueType.proxies(),
            "",
            "Proxies whose X-Forwarded-For, -Host, -Proto, -Port and Forwarded headers are used: addresses, ranges like 10.0.0.0/8, or loopback, "
                    + "link-local, private, separated by commas. Without it these headers are ignored.");
    static final Setting<Duration> DRAIN_TIME = Setting.of("drain-time",
            ValueType.time(Duration.ZERO, Duration.ofMinutes(10)), "30s",
            "Maximum time after SIGTERM to move clients to other servers and to finish replies; a second signal ends the server at once.");
    static final Setting<Profile> PROFILE = Setting.of("profile", ValueType.oneOf(Profile.class), "default",
            "The platform: selects defaults for intervals, transports, sizes and trusted proxies, and logs them with their reasons at the start; "
                    + "explicit settings override the profile.");

    static final Setting<String> PATH = Setting.of("path",
            new ValueType<>("PATH", "a path like /socket.io/", SettingsTable::path), "/socket.io/",
            "The path of Socket.IO.");
    static final Setting<List<Settings.Transport>> TRANSPORTS = Setting.of("transports",
            ValueType.someOf(Settings.Transport.class), "polling,websocket", "The transports to offer.");
    static final Setting<Duration> PING_INTERVAL = Setting.of("ping-interval",
            ValueType.time(Duration.ofMillis(100), HOUR), "25s", "Interval between pings on a connection.");
    static final Setting<Duration> PING_TIMEOUT = Setting.of("ping-timeout",
            ValueType.time(Duration.ofMillis(100), HOUR), "60s",
            "Timeout for the pong; a connection without one is closed.");
    static final Setting<Duration> UPGRADE_TIMEOUT = Setting.of("upgrade-timeout",
            ValueType.time(Duration.ofMillis(100), HOUR), "30s", "Timeout for an upgrade to WebSocket.");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.of("connect-timeout",
            ValueType.time(Duration.ofMillis(100), HOUR), "45s",
            "Timeout for a connection to join a namespace.");
    static final Setting<Integer> MAX_HTTP_BUFFER_SIZE = Setting.of("max-http-buffer-size",
            ValueType.size(1_000, 100_000_000), "1MB", "Maximum size of a message from a client.");
    static final Setting<Integer> MAX_REQUEST_LINE = Setting.of("max-request-line",
            ValueType.size(1_000, 1_000_000), "16384",
            "Maximum size of the request line, including path and query; a longer one gets 414.");
    static final Setting<Integer> MAX_HEADERS = Setting.of("max-headers", ValueType.size(1_000, 1_000_000),
            "32768", "Maximum size of all headers of a request, including cookies; larger ones get 431.");
    static final Setting<Integer> CONNECTIONS_PER_ADDRESS = Setting.of("max-connections-per-address",
            ValueType.number(0, 1_000_000), "200",
            "Maximum number of connections of one IP address (of IPv6, one /64) that is no trusted proxy; further ones are closed. 0 is no limit.");
    static final Setting<Integer> HANDSHAKES_PER_ADDRESS = Setting.of("max-handshakes-per-address",
            ValueType.number(0, 1_000_000), "20",
            "Maximum number of handshakes of one IP address in a second, behind trusted proxies of the forwarded one; further ones get 429. 0 is no limit.");
    static final Setting<Integer> SESSIONS_PER_ADDRESS = Setting.of("max-sessions-per-address",
            ValueType.number(0, 1_000_000), "200",
            "Maximum number of sessions of one IP address, likewise. 0 is no limit.");
    static final Setting<Integer> PACKETS_PER_SECOND = Setting.of("max-packets-per-second",
            ValueType.number(0, 10_000_000), "1000",
            "Packets of a WebSocket that are read in a second, each KB counted as one more, two seconds of them at once; what comes faster is read later. "
                    + "A conversation needs about sixty. 0 is no limit.");
    static final Setting<Boolean> ECHO = Setting.of("echo", ValueType.yesOrNo(), "true",
            "Whether the namespace /parley-doctor echoes events of at most 4096 bytes; parley doctor and the page's check use it to measure audio.");

    static final Setting<Settings.ModelChoice> MODEL = Setting.of("model",
            ValueType.oneOf(Settings.ModelChoice.class), "auto",
            "The speech model: local is the embedded one, nova-sonic Amazon's; auto selects Nova Sonic if "
                    + "AWS credentials and a region with the model are found, otherwise the embedded one. With llm, local and auto use that.");
    static final Setting<String> NOVA_MODEL = Setting.of("nova-model", ValueType.text("ID", 200),
            "amazon.nova-2-sonic-v1:0", "Nova Sonic: the model's id.");
    static final Setting<Optional<String>> NOVA_REGION = Setting.of("nova-region",
            ValueType.optionalText("REGION", 50), "",
            "Nova Sonic: the AWS region of the model; without it the region from AWS's default chain.");
    static final Setting<Optional<String>> NOVA_PROFILE = Setting.of("nova-profile",
            ValueType.optionalText("NAME", 200), "",
            "Nova Sonic: the AWS profile for credentials; without it AWS's default chain is used.");
    static final Setting<Optional<URI>> NOVA_ENDPOINT = Setting.of("nova-endpoint", ValueType.optionalUrl(),
            "", "Nova Sonic: a service address other than Amazon's, such as that of parley emulate-bedrock.");
    static final Setting<Duration> NOVA_STREAM_LIFE = Setting.of("nova-stream-life",
            ValueType.time(Duration.ofSeconds(8), Duration.ofMinutes(8)), "8m",
            "Nova Sonic: maximum life of a stream at the service; a conversation changes to a new stream before it.");
    static final Setting<Integer> MAX_TOKENS = Setting.of("max-tokens", ValueType.number(1, 10_000), "1024",
            "Maximum length of a reply, in tokens, unless the page sets it.");
    static final Setting<Double> TOP_P = Setting.of("top-p", ValueType.share(), "0.9",
            "Top-p sampling: the share of likely tokens from which the model chooses, unless the page sets it.");
    static final Setting<Double> TEMPERATURE = Setting.of("temperature", ValueType.share(), "0.7",
            "Sampling temperature: higher values give more varied replies. Used unless the page sets it.");
    static final Setting<Settings.TurnDetection> TURN_DETECTION = Setting.of("turn-detection",
            ValueType.oneOf(Settings.TurnDetection.class), "medium",
            "Sensitivity to pauses that end the user's turn, unless the page sets it; with high the assistant replies soonest.");

    static final Setting<Path> MODELS = Setting.of("models", ValueType.folder(), "~/.cache/parley/models",
            "The folder of the speech models.");
    static final Setting<Optional<String>> VOICE = Setting.of("voice", ValueType.optionalText("ID", 100), "",
            "The voice, unless the page requests one; without it the model's first voice.");
    static final Setting<List<String>> LANGUAGES = Setting.of("languages",
            ValueType.list("LANGUAGES", LANGUAGE, 10,
                    "a list of at most 10 languages like de or en-GB, separated by commas"),
            "",
            "The languages of conversations, separated by commas: the first is the assistant's and selects its voice; the assistant replies in "
                    + "another one if the user speaks it. Without it the model decides.");
    static final Setting<Integer> MAX_CONVERSATIONS = Setting.of("max-conversations",
            ValueType.number(1, 10_000), Integer.toString(4 * Runtime.getRuntime().availableProcessors()),
            "Maximum number of open conversations (a core can serve about four); the next user "
                    + "waits in line and sees their position.");
    static final Setting<Integer> MAX_WAITING = Setting.of("max-waiting", ValueType.number(0, 1_000), "20",
            "Maximum number of users who wait in line for a conversation; the next one gets an error: the server is busy.");
    static final Setting<Integer> STREAM_QUOTA = Setting.of("stream-quota", ValueType.number(1, 10_000), "20",
            "Maximum number of open streams of the account, for a model that renews its streams; it limits conversations to this number minus renewal-headroom.");
    static final Setting<Integer> RENEWAL_HEADROOM = Setting.of("renewal-headroom",
            ValueType.number(0, 10_000), "4",
            "Number of streams of the quota that are reserved for renewals.");
    static final Setting<Integer> TOKENS_PER_CONVERSATION = Setting.of("max-tokens-per-conversation",
            ValueType.number(0, 1_000_000_000), "0",
            "Maximum number of tokens of a conversation, which then ends; 0 is no limit.");
    static final Setting<Integer> TOKENS_PER_DAY = Setting.of("max-tokens-per-day",
            ValueType.number(0, 2_000_000_000), "1000000",
            "Maximum number of tokens of all conversations of a day; 0 is no limit. Unless it is set, it holds for a paid model only.");
    static final Setting<Optional<Integer>> TOKENS_PER_USER = Setting.of("max-tokens-per-user",
            ValueType.optionalNumber(0, 2_000_000_000), "",
            "Maximum number of tokens of one user, or of one address without a user, in a day; 0 is no limit. Without it a tenth of max-tokens-per-day.");
    static final Setting<Integer> CONVERSATIONS_PER_USER = Setting.of("max-conversations-per-user",
            ValueType.number(0, 10_000), "2",
            "Maximum number of conversations of one user at once, with those that wait in line; 0 is no limit.");
    static final Setting<Integer> CONVERSATIONS_PER_ADDRESS = Setting.of("max-conversations-per-address",
            ValueType.number(0, 10_000), "2",
            "The same of one IP address (of IPv6, one /64) whose users did not have to log in; 0 is no limit.");
    static final Setting<Integer> CONVERSATIONS_PER_KNOWN_ADDRESS = Setting.of(
            "max-conversations-per-known-address", ValueType.number(0, 10_000), "20",
            "The same of one IP address whose users had to log in; 0 is no limit.");
    static final Setting<Integer> STARTS_PER_MINUTE = Setting.of("max-starts-per-minute",
            ValueType.number(0, 100_000), "10",
            "Maximum number of conversations that one user, or one address, starts in a minute; an address whose users had to log in ten times as many. 0 is no limit.");
    static final Setting<Duration> TIME_PER_DAY = Setting.of("max-time-per-day",
            ValueType.time(Duration.ZERO, HOUR.multipliedBy(24)), "0s",
            "Maximum time of the conversations of one user, or of one address, in a day; an address whose users had to log in ten times as much. 0s is no limit.");
    static final Setting<Optional<Double>> COST_PER_CONVERSATION = Setting.of("max-cost-per-conversation",
            ValueType.amount(), "", "Maximum cost of a conversation, by token-prices; it then ends.");
    static final Setting<Optional<Double>> COST_PER_DAY = Setting.of("max-cost-per-day", ValueType.amount(),
            "", "Maximum cost of all conversations of a day, by token-prices.");
    static final Setting<Duration> INACTIVITY = Setting.of("inactivity",
            ValueType.time(Duration.ofSeconds(1), HOUR.multipliedBy(24)), "5m",
            "Timeout of a conversation in which the user says and types nothing; an answer or a tool in progress counts too.");
    static final Setting<Duration> CONVERSATION_TIME = Setting.of("max-conversation-time",
            ValueType.time(Duration.ZERO, HOUR.multipliedBy(24)), "60m",
            "Longest conversation; the assistant announces its end a minute before. 0s is without limit.");
    static final Setting<Duration> AUDIO_AHEAD = Setting.of("max-audio-ahead",
            ValueType.time(Duration.ZERO, Duration.ofMinutes(10)), "20s",
            "How far the sound of a conversation may be ahead of real time; more is dropped before the model hears, and bills, it. 0s is without limit.");
    static final Setting<Duration> RECONNECT_WAIT = Setting.of("reconnect-wait",
            ValueType.time(Duration.ZERO, Duration.ofMinutes(10)), "2m",
            "Time for which a conversation waits for a page that lost its connection; the model gets silence meanwhile. 0s ends it at once.");
    static final Setting<Duration> TOOL_TIMEOUT = Setting.of("tool-timeout",
            ValueType.time(Duration.ofMillis(100), Duration.ofMinutes(1)), "8s",
            "Timeout of a tool; the model then gets an error as its result.");
    static final Setting<Optional<String>> SYSTEM_PROMPT = Setting.secret("system-prompt",
            ValueType.optionalText("TEXT", LONGEST_PROMPT), "",
            "The system prompt, unless the page sends one.");
    static final Setting<Optional<Path>> SYSTEM_PROMPT_FILE = Setting.of("system-prompt-file",
            ValueType.optionalFile(), "", "A file with the system prompt.");
    static final Setting<Optional<Path>> PERSONAS = Setting.of("personas", ValueType.optionalFolder(), "",
            "A folder of personas, one YAML file each, in addition to the built-in ones.");
    static final Setting<String> PERSONA = Setting.of("persona", ValueType.text("ID", 40), "assistant",
            "The persona, unless the page requests one.");
    static final Setting<Path> DATA = Setting.of("data", ValueType.folder(), "~/.local/share/parley",
            "The folder for the receptionist's calendar and for the spending of the day.");
    static final Setting<ZoneId> TIME_ZONE = Setting.of("time-zone", ValueType.zone(), "",
            "The time zone of the assistant; without it the machine's.");

    static final Setting<Settings.Readers> METRICS = Setting.of("metrics",
            ValueType.oneOf(Settings.Readers.class), "token",
            "Access to /metrics: token requires the metrics-token (without one, nobody has access), public allows everybody, off nobody.");
    static final Setting<Optional<String>> METRICS_TOKEN = Setting.secret("metrics-token",
            ValueType.optionalText("TOKEN", 200), "",
            "The token for /metrics, sent as \"Authorization: Bearer TOKEN\".");
    static final Setting<Optional<URI>> OTLP_URL = Setting.of("otlp-url", ValueType.optionalUrl(), "",
            "A URL like http://localhost:4318/v1/metrics to which metrics are also sent by OTLP over HTTP.");
    static final Setting<Duration> OTLP_INTERVAL = Setting.of("otlp-interval",
            ValueType.time(Duration.ofSeconds(1), HOUR), "60s",
            "Interval at which metrics are sent by OTLP.");
    static final Setting<TokenPrices> TOKEN_PRICES = Setting.of("token-prices",
            new ValueType<>("PRICES", "four prices like 0.0034,0.00006,0.0136,0.00024", TokenPrices::parse),
            "",
            "Dollars for a thousand tokens of input speech, input text, output speech and output text, to calculate costs.");

    static final Setting<Optional<String>> ADMIN_PASSWORD = Setting.secret("admin-password",
            ValueType.password(), "",
            "The password of the page /admin, and of the official Socket.IO Admin UI for the user admin. Without it and the admin-token both are off.");
    static final Setting<Optional<String>> ADMIN_TOKEN = Setting.secret("admin-token", ValueType.token(), "",
            "The token for programs, sent as \"Authorization: Bearer TOKEN\" to /admin/state, /admin/disconnect and /admin/drain; also valid on the page.");
    static final Setting<Optional<URI>> WEATHER_URL = Setting.of("weather-url", ValueType.service(),
            "https://api.open-meteo.com",
            "The weather service: Open-Meteo or a compatible one. An empty value turns the weather off.");
    static final Setting<Optional<URI>> PLACES_URL = Setting.of("places-url", ValueType.service(),
            "https://geocoding-api.open-meteo.com",
            "The service that finds the places for the weather. An empty value turns the weather off.");

    static final Setting<Optional<Path>> MCP_CONFIG = Setting.of("mcp-config", ValueType.optionalFile(), "",
            "A JSON file with servers of the Model Context Protocol (MCP) whose tools the assistant may use.");

    static final Setting<Boolean> ALLOW_LINK_LOCAL = Setting.of("allow-link-local", ValueType.yesOrNo(),
            "false",
            "Whether tools and MCP servers by URL may be at link-local addresses and at those of a cloud's metadata service, which hands out credentials.");

    static final Setting<Optional<String>> REDIS_URL = Setting.secret("redis-url", ValueType.redis(), "",
            "The Redis that joins several servers into one cluster, like redis://USER:PASSWORD@HOST:6379, or rediss:// for TLS; without it the server is "
                    + "alone.");
    static final Setting<Settings.ClusterAdapter> CLUSTER_ADAPTER = Setting.of("cluster-adapter",
            ValueType.oneOf(Settings.ClusterAdapter.class), "streams",
            "The way of messages between the servers of a cluster; all use the same. Servers on Node.js need their own adapter's.");
    static final Setting<String> CLUSTER_PREFIX = Setting.of("cluster-prefix", ValueType.text("TEXT", 100),
            "socket.io",
            "The beginning of the cluster's names in Redis; clusters with different ones can share a Redis.");
    static final Setting<ClusterSecrets> CLUSTER_SECRET = Setting.secret("cluster-secret",
            new ValueType<>("SECRET", ClusterSecrets.WANTED, ClusterSecrets::parse), "",
            "The secret of the cluster, at least 32 bytes, the same on all servers; required with redis-url. To change it, restart "
                    + "all servers three times: with OLD,NEW, then NEW,OLD, then NEW (the first one signs).");
    static final Setting<Optional<Path>> CLUSTER_SECRET_FILE = Setting.of("cluster-secret-file",
            ValueType.optionalFile(), "",
            "A file with the secret of the cluster, or with two of them, one a line.");
    static final Setting<Optional<String>> CLUSTER_ADDRESS = Setting.of("cluster-address",
            ValueType.hostAndPort(), "",
            "The address at which other servers of the cluster reach this one directly, like 10.0.0.5:7100 (7100 is the port if none is given), on a network that clients cannot reach; "
                    + "without it requests are handed over through Redis.");

    static final Setting<Duration> CLUSTER_CONVERSATIONS = Setting.of("cluster-conversations",
            ValueType.time(Duration.ZERO, HOUR), "2m",
            "How long the state of a conversation is kept in Redis, encrypted, for another server of the cluster to go on with, after the last sign of "
                    + "its own; 0s keeps nothing, and a conversation then ends with its server.");

    static final Setting<Settings.LogFormat> LOG_FORMAT = Setting.of("log-format",
            ValueType.oneOf(Settings.LogFormat.class), "auto",
            "Format of log lines; auto is text on a terminal and json elsewhere.");
    static final Setting<Settings.LogLevel> LOG_LEVEL = Setting.of("log-level",
            ValueType.oneOf(Settings.LogLevel.class), "info", "The lowest level that is logged.");
    static final Setting<Settings.LogRequests> LOG_REQUESTS = Setting.of("log-requests",
            ValueType.oneOf(Settings.LogRequests.class), "all",
            "The requests that are logged; notable omits successful data requests of open polling sessions.");

    static final Setting<Boolean> LOG_CONTENT = Setting.of("log-content", ValueType.yesOrNo(), "false",
            "Whether the log may contain speech and typed text, prompts, arguments and results of tools, and messages of exceptions. "
                    + "Use it to find a fault, with the consent of the speakers.");
    static final Setting<Optional<Path>> TRANSCRIPTS = Setting.of("transcripts", ValueType.optionalFolder(),
            "",
            "A folder for transcripts of spoken and typed text, one file per conversation; without it none are kept.");
    static final Setting<Integer> TRANSCRIPT_DAYS = Setting.of("transcript-days", ValueType.number(1, 3_650),
            "30", "Number of days after which a transcript is removed.");

    private static final List<Setting<?>> TABLE = all(PROFILE, AccessTable.HOST, PORT, EVENT_LOOPS,
            ALLOWED_ORIGINS, TRUSTED_PROXIES, DRAIN_TIME, PATH, TRANSPORTS, PING_INTERVAL, PING_TIMEOUT,
            UPGRADE_TIMEOUT, CONNECT_TIMEOUT, MAX_HTTP_BUFFER_SIZE, MAX_REQUEST_LINE, MAX_HEADERS,
            CONNECTIONS_PER_ADDRESS, HANDSHAKES_PER_ADDRESS, SESSIONS_PER_ADDRESS, PACKETS_PER_SECOND, ECHO,
            MODEL, LlmSettings.LLM, LlmSettings.KEY, LlmSettings.KEY_FILE, LlmSettings.PRICES,
            LlmSettings.WINDOW, LlmSettings.RULES_FILE, LlmSettings.SHOW, NOVA_MODEL, NOVA_REGION,
            NOVA_PROFILE, NOVA_ENDPOINT, NOVA_STREAM_LIFE, MAX_TOKENS, TOP_P, TEMPERATURE, TURN_DETECTION,
            MODELS, VOICE, LANGUAGES, MAX_CONVERSATIONS, MAX_WAITING, STREAM_QUOTA, RENEWAL_HEADROOM,
            TOKENS_PER_CONVERSATION, TOKENS_PER_DAY, TOKENS_PER_USER, COST_PER_CONVERSATION, COST_PER_DAY,
            CONVERSATIONS_PER_USER, CONVERSATIONS_PER_ADDRESS, CONVERSATIONS_PER_KNOWN_ADDRESS,
            STARTS_PER_MINUTE, TIME_PER_DAY, INACTIVITY, CONVERSATION_TIME, AUDIO_AHEAD, RECONNECT_WAIT,
            TOOL_TIMEOUT, SYSTEM_PROMPT, SYSTEM_PROMPT_FILE, PERSONAS, PERSONA, DATA, TIME_ZONE, WEATHER_URL,
            PLACES_URL, MCP_CONFIG, ALLOW_LINK_LOCAL, METRICS, METRICS_TOKEN, OTLP_URL, OTLP_INTERVAL,
            TOKEN_PRICES, ADMIN_PASSWORD, ADMIN_TOKEN, REDIS_URL, CLUSTER_ADAPTER, CLUSTER_PREFIX,
            CLUSTER_SECRET, CLUSTER_SECRET_FILE, CLUSTER_ADDRESS, CLUSTER_CONVERSATIONS, LOG_FORMAT,
            LOG_LEVEL, LOG_REQUESTS, LOG_CONTENT, TRANSCRIPTS, TRANSCRIPT_DAYS);

    /** For each secret without such a setting of its own, the one that names a file with it. */
    static final Map<Setting<?>, Setting<Optional<Path>>> FILES = files();

    /** Every setting, in the order in which {@code --help} shows them. */
    public static final List<Setting<?>> ALL = TABLE.stream()
            .flatMap(setting -> Stream.concat(Stream.of(setting), Stream.ofNullable(FILES.get(setting))))
            .toList();

    /** The option, and with {@code PARLEY_} the variable, that names the settings file. */
    public static final String CONFIG = "config";

    /** Environment variables of the launcher, which are no settings of the program. */
    static final List<String> FOREIGN_VARIABLES = List.of("PARLEY_JAVA_OPTS");

    private SettingsTable() {}

    /** Those of {@link AccessTable} follow the port. */
    private static List<Setting<?>> all(Setting<?>... others) {
        var all = new ArrayList<>(List.of(others));
        all.addAll(all.indexOf(PORT) + 1, AccessTable.ALL);
        return List.copyOf(all);
    }

    private static Map<Setting<?>, Setting<Optional<Path>>> files() {
        Set<String> names = TABLE.stream().map(Setting::name).collect(Collectors.toSet());
        var files = new HashMap<Setting<?>, Setting<Optional<Path>>>();
        TABLE.stream()
                .filter(setting -> setting.isSecret() && !names.contains(setting.name() + "-file"))
                .forEach(setting -> files.put(setting, Setting.of(setting.name() + "-file",
                        ValueType.optionalFile(), "", "A file with the " + setting.name() + ".")));
        return Map.copyOf(files);
    }

    private static String path(String text) {
        if (!text.matches("(/[A-Za-z0-9._~-]{1,50}){1,8}/?")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}

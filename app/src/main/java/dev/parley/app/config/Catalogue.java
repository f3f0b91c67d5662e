package dev.parley.app.config;

import dev.parley.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one table of settings: the command line, its help, the environment and the file are all read through it. {@link Settings} is the
 * typed view of it that the program uses.
 */
public final class Catalogue {

    /** As long as what a page may send. */
    static final int LONGEST_PROMPT = 40_000;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z]{2})?");

    static final Setting<String> HOST = Setting.of("host", ValueType.text("ADDRESS", 255), "0.0.0.0",
            "The address to listen on; 0.0.0.0 is every IPv4 address of the machine, 127.0.0.1 this machine only.");
    static final Setting<Integer> PORT = Setting.of("port", ValueType.number(0, 65_535), "3000",
            "The port to listen on; 0 takes a free one.", "PORT");
    static final Setting<Integer> EVENT_LOOPS = Setting.of("event-loops", ValueType.number(1, 1_024),
            Integer.toString(Runtime.getRuntime().availableProcessors()),
            "The number of threads that share the connections; one for each processor by default.");
    static final Setting<List<String>> ALLOWED_ORIGINS = Setting.of("allowed-origins", ValueType.origins(100),
            "",
            "Which other sites' pages may connect, with commas between; without it only the server's own page.");

    static final Setting<TrustedProxies> TRUSTED_PROXIES = Setting.of("trusted-proxies", ValueType.proxies(),
            "",
            "Whose X-Forwarded-For, -Host, -Proto, -Port and Forwarded are believed: addresses, ranges like 10.0.0.0/8, or loopback, link-local, "
                    + "private, with commas between; without it nobody's.");
    static final Setting<Duration> DRAIN_TIME = Setting.of("drain-time",
            ValueType.time(Duration.ZERO, Duration.ofMinutes(10)), "30s",
            "How long clients are moved away and answers may end after SIGTERM; a second signal ends at once.");
    static final Setting<Profile> PROFILE = Setting.of("profile", ValueType.oneOf(Profile.class), "default",
            "Where it runs: other defaults for intervals, transports, sizes and trusted proxies, printed at the start with their reasons; "
                    + "what is set goes before them.");

    static final Setting<String> PATH = Setting.of("path",
            new ValueType<>("PATH", "a path like /socket.io/", Catalogue::path), "/socket.io/",
            "Where Socket.IO answers.");
    static final Setting<List<Settings.Transport>> TRANSPORTS = Setting.of("transports",
            ValueType.someOf(Settings.Transport.class), "polling,websocket", "The transports to offer.");
    static final Setting<Duration> PING_INTERVAL = Setting.of("ping-interval",
            ValueType.time(Duration.ofMillis(100), HOUR), "25s",
            "How often a connection is asked whether it lives.");
    static final Setting<Duration> PING_TIMEOUT = Setting.of("ping-timeout",
            ValueType.time(Duration.ofMillis(100), HOUR), "60s",
            "How long the answer to a ping may take before the connection is given up.");
    static final Setting<Duration> UPGRADE_TIMEOUT = Setting.of("upgrade-timeout",
            ValueType.time(Duration.ofMillis(100), HOUR), "30s",
            "How long an upgrade to WebSocket may take.");
    static final Setting<Duration> CONNECT_TIMEOUT = Setting.of("connect-timeout",
            ValueType.time(Duration.ofMillis(100), HOUR), "45s",
            "How long a connection may stay without joining a namespace.");
    static final Setting<Integer> MAX_HTTP_BUFFER_SIZE = Setting.of("max-http-buffer-size",
            ValueType.size(1_000, 100_000_000), "1MB", "The largest message a client may send.");
    static final Setting<Integer> MAX_REQUEST_LINE = Setting.of("max-request-line",
            ValueType.size(1_000, 1_000_000), "16384",
            "The longest request line, with path and query; a longer one gets 414.");
    static final Setting<Integer> MAX_HEADERS = Setting.of("max-headers", ValueType.size(1_000, 1_000_000),
            "32768",
            "The largest headers of a request, cookies among them, all together; larger ones get 431.");
    static final Setting<Boolean> ECHO = Setting.of("echo", ValueType.yesOrNo(), "true",
            "Whether the namespace /parley-doctor sends back what it is sent, 4096 bytes at most; parley doctor and the page's check measure sound with it.");

    static final Setting<Settings.ModelChoice> MODEL = Setting.of("model",
            ValueType.oneOf(Settings.ModelChoice.class), "auto",
            "Which speech model answers: local is the embedded one, nova-sonic Amazon's; auto takes Nova Sonic where "
                    + "AWS credentials and a region with the model are found, else the embedded one.");
    static final Setting<String> NOVA_MODEL = Setting.of("nova-model", ValueType.text("ID", 200),
            "amazon.nova-2-sonic-v1:0", "Nova Sonic: the model's id.");
    static final Setting<Optional<String>> NOVA_REGION = Setting.of("nova-region",
            ValueType.optionalText("REGION", 50), "",
            "Nova Sonic: the AWS region of the model; without it the region where AWS's tools find themselves.");
    static final Setting<Optional<String>> NOVA_PROFILE = Setting.of("nova-profile",
            ValueType.optionalText("NAME", 200), "",
            "Nova Sonic: the profile whose credentials are used; without it AWS's default chain is followed.");
    static final Setting<Optional<URI>> NOVA_ENDPOINT = Setting.of("nova-endpoint", ValueType.optionalUrl(),
            "", "Nova Sonic: another address than Amazon's, such as that of parley emulate-bedrock.");
    static final Setting<Duration> NOVA_STREAM_LIFE = Setting.of("nova-stream-life",
            ValueType.time(Duration.ofSeconds(8), Duration.ofMinutes(8)), "8m",
            "Nova Sonic: how long the service lets a stream live; a conversation changes to the next one before.");
    static final Setting<Integer> MAX_TOKENS = Setting.of("max-tokens", ValueType.number(1, 10_000), "1024",
            "The longest answer, in tokens, when the page does not say.");
    static final Setting<Double> TOP_P = Setting.of("top-p", ValueType.share(), "0.9",
            "From which share of likely words the model chooses, when the page does not say.");
    static final Setting<Double> TEMPERATURE = Setting.of("temperature", ValueType.share(), "0.7",
            "How freely the model chooses, when the page does not say.");
    static final Setting<Settings.TurnDetection> TURN_DETECTION = Setting.of("turn-detection",
            ValueType.oneOf(Settings.TurnDetection.class), "medium",
            "How short a pause ends the user's turn, when the page does not say; high answers soonest.");

    static final Setting<Path> MODELS = Setting.of("models", ValueType.folder(), "~/.cache/parley/models",
            "Where the speech models are.");
    static final Setting<Optional<String>> VOICE = Setting.of("voice", ValueType.optionalText("ID", 100), "",
            "The voice that speaks when the page asks for none; without it the model's first.");
    static final Setting<List<String>> LANGUAGES = Setting.of("languages",
            ValueType.list("LANGUAGES", LANGUAGE, 10,
                    "a list of at most 10 languages like de or en-GB, with commas between"),
            "",
            "The languages of conversations, with commas between: the first is the assistant's, and has a voice that speaks it; the others "
                    + "it answers in when it is spoken to in them. Without it the model decides.");
    static final Setting<Integer> MAX_CONVERSATIONS = Setting.of("max-conversations",
            ValueType.number(1, 10_000), Integer.toString(4 * Runtime.getRuntime().availableProcessors()),
            "How many conversations may be open at once (a core carries about four); the next one is told "
                    + "its number in the line.");
    static final Setting<Integer> MAX_WAITING = Setting.of("max-waiting", ValueType.number(0, 1_000), "20",
            "How many may wait in line for a conversation; the next one is told that the server is busy.");
    static final Setting<Integer> STREAM_QUOTA = Setting.of("stream-quota", ValueType.number(1, 10_000), "20",
            "How many streams the account may have open at once, for a model that renews its streams; its limit of conversations is this less the headroom.");
    static final Setting<Integer> RENEWAL_HEADROOM = Setting.of("renewal-headroom",
            ValueType.number(0, 10_000), "4", "How many streams of the quota are kept free for renewals.");
    static final Setting<Integer> TOKENS_PER_CONVERSATION = Setting.of("max-tokens-per-conversation",
            ValueType.number(0, 1_000_000_000), "0",
            "How many tokens a conversation may use before it is ended; 0 is no limit.");
    static final Setting<Integer> TOKENS_PER_DAY = Setting.of("max-tokens-per-day",
            ValueType.number(0, 2_000_000_000), "0",
            "How many tokens all conversations of a day may use together; 0 is no limit.");
    static final Setting<Optional<Double>> COST_PER_CONVERSATION = Setting.of("max-cost-per-conversation",
            ValueType.amount(), "", "What a conversation may cost, by the token-prices, before it is ended.");
    static final Setting<Optional<Double>> COST_PER_DAY = Setting.of("max-cost-per-day", ValueType.amount(),
            "", "What all conversations of a day may cost together.");
    static final Setting<Duration> INACTIVITY = Setting.of("inactivity",
            ValueType.time(Duration.ofSeconds(1), HOUR.multipliedBy(24)), "5m",
            "How long a conversation lives without any event in or out.");
    static final Setting<Duration> RECONNECT_WAIT = Setting.of("reconnect-wait",
            ValueType.time(Duration.ZERO, Duration.ofMinutes(10)), "2m",
            "How long a conversation waits for a page whose connection was lost; its model hears silence meanwhile. 0s ends it at once.");
    static final Setting<Duration> TOOL_TIMEOUT = Setting.of("tool-timeout",
            ValueType.time(Duration.ofMillis(100), Duration.ofMinutes(1)), "8s",
            "How long a tool may take before the model is told that it failed.");
    static final Setting<Optional<String>> SYSTEM_PROMPT = Setting.secret("system-prompt",
            ValueType.optionalText("TEXT", LONGEST_PROMPT), "",
            "How the assistant shall behave when the page does not say.");
    static final Setting<Optional<Path>> SYSTEM_PROMPT_FILE = Setting.of("system-prompt-file",
            ValueType.optionalFile(), "", "A file that holds the system prompt.");
    static final Setting<Optional<Path>> PERSONAS = Setting.of("personas", ValueType.optionalFolder(), "",
            "A folder of personas, a YAML file each, beside the ones that Parley brings.");
    static final Setting<String> PERSONA = Setting.of("persona", ValueType.text("ID", 40), "assistant",
            "Who the assistant is when the page asks for nobody else.");
    static final Setting<Path> DATA = Setting.of("data", ValueType.folder(), "~/.local/share/parley",
            "Where the receptionist's calendar is kept, and how much was spent today.");
    static final Setting<ZoneId> TIME_ZONE = Setting.of("time-zone", ValueType.zone(), "",
            "The zone of \"what time is it\"; without it the machine's.");

    static final Setting<Settings.Readers> METRICS = Setting.of("metrics",
            ValueType.oneOf(Settings.Readers.class), "token",
            "Who may read /metrics: token is whoever sends the metrics-token (nobody, without one), public is everybody, off is nobody.");
    static final Setting<Optional<String>> METRICS_TOKEN = Setting.secret("metrics-token",
            ValueType.optionalText("TOKEN", 200), "",
            "What a reader of /metrics sends as \"Authorization: Bearer TOKEN\".");
    static final Setting<Optional<URI>> OTLP_URL = Setting.of("otlp-url", ValueType.optionalUrl(), "",
            "Where figures are sent by OTLP over HTTP too, like http://localhost:4318/v1/metrics; nowhere, without it.");
    static final Setting<Duration> OTLP_INTERVAL = Setting.of("otlp-interval",
            ValueType.time(Duration.ofSeconds(1), HOUR), "60s", "How often figures are sent by OTLP.");
    static final Setting<TokenPrices> TOKEN_PRICES = Setting.of("token-prices",
            new ValueType<>("PRICES", "four prices like 0.0034,0.00006,0.0136,0.00024", TokenPrices::parse),
            "",
            "Dollars for a thousand tokens of input speech, input text, output speech and output text, for the figure of costs.");

    static final Setting<Optional<String>> ADMIN_PASSWORD = Setting.secret("admin-password",
            ValueType.password(), "",
            "Opens the page /admin, and the official Socket.IO Admin UI for the user admin; without it and the admin-token both are off.");
    static final Setting<Optional<String>> ADMIN_TOKEN = Setting.secret("admin-token", ValueType.token(), "",
            "What a program sends as \"Authorization: Bearer TOKEN\" to /admin/state, /admin/disconnect and /admin/drain; opens the page too.");
    static final Setting<Optional<URI>> WEATHER_URL = Setting.of("weather-url", ValueType.service(),
            "https://api.open-meteo.com",
            "The service, Open-Meteo or one that speaks like it, that is asked for the weather; none turns the weather off.");
    static final Setting<Optional<URI>> PLACES_URL = Setting.of("places-url", ValueType.service(),
            "https://geocoding-api.open-meteo.com",
            "The service that finds the places whose weather is asked for; none turns the weather off.");

    static final Setting<Optional<Path>> MCP_CONFIG = Setting.of("mcp-config", ValueType.optionalFile(), "",
            "A JSON file of servers of the Model Context Protocol whose tools the assistant may use.");

    static final Setting<Settings.LogFormat> LOG_FORMAT = Setting.of("log-format",
            ValueType.oneOf(Settings.LogFormat.class), "auto",
            "How log lines look; auto is text on a terminal and json elsewhere.");
    static final Setting<Settings.LogLevel> LOG_LEVEL = Setting.of("log-level",
            ValueType.oneOf(Settings.LogLevel.class), "info", "The least weight of what is logged.");
    static final Setting<Settings.LogRequests> LOG_REQUESTS = Setting.of("log-requests",
            ValueType.oneOf(Settings.LogRequests.class), "all",
            "Which requests are logged; notable leaves out the successful data requests of open polling sessions.");

    static final Setting<Boolean> LOG_CONTENT = Setting.of("log-content", ValueType.yesOrNo(), "false",
            "Whether the log may hold what people say, type and hear, prompts, what tools are asked and answer, and the texts of exceptions; "
                    + "to find a fault, with the consent of those who speak.");
    static final Setting<Optional<Path>> TRANSCRIPTS = Setting.of("transcripts", ValueType.optionalFolder(),
            "",
            "A folder in which what is said and typed is kept, a file for each conversation; without it nothing is kept.");
    static final Setting<Integer> TRANSCRIPT_DAYS = Setting.of("transcript-days", ValueType.number(1, 3_650),
            "30", "After how many days a transcript is removed.");

    /** Every setting, in the order in which {@code --help} shows them. */
    public static final List<Setting<?>> ALL = List.of(PROFILE, HOST, PORT, EVENT_LOOPS, ALLOWED_ORIGINS,
            TRUSTED_PROXIES, DRAIN_TIME, PATH, TRANSPORTS, PING_INTERVAL, PING_TIMEOUT, UPGRADE_TIMEOUT,
            CONNECT_TIMEOUT, MAX_HTTP_BUFFER_SIZE, MAX_REQUEST_LINE, MAX_HEADERS, ECHO, MODEL, NOVA_MODEL,
            NOVA_REGION, NOVA_PROFILE, NOVA_ENDPOINT, NOVA_STREAM_LIFE, MAX_TOKENS, TOP_P, TEMPERATURE,
            TURN_DETECTION, MODELS, VOICE, LANGUAGES, MAX_CONVERSATIONS, MAX_WAITING, STREAM_QUOTA,
            RENEWAL_HEADROOM, TOKENS_PER_CONVERSATION, TOKENS_PER_DAY, COST_PER_CONVERSATION, COST_PER_DAY,
            INACTIVITY, RECONNECT_WAIT, TOOL_TIMEOUT, SYSTEM_PROMPT, SYSTEM_PROMPT_FILE, PERSONAS, PERSONA,
            DATA, TIME_ZONE, WEATHER_URL, PLACES_URL, MCP_CONFIG, METRICS, METRICS_TOKEN, OTLP_URL,
            OTLP_INTERVAL, TOKEN_PRICES, ADMIN_PASSWORD, ADMIN_TOKEN, LOG_FORMAT, LOG_LEVEL, LOG_REQUESTS,
            LOG_CONTENT, TRANSCRIPTS, TRANSCRIPT_DAYS);

    /** The option, and with {@code PARLEY_} the variable, that names the settings file. */
    public static final String CONFIG = "config";

    /** Environment variables that belong to the launcher, and so are not settings of the program. */
    static final List<String> FOREIGN_VARIABLES = List.of("PARLEY_JAVA_OPTS");

    private Catalogue() {}

    private static String path(String text) {
        if (!text.matches("(/[A-Za-z0-9._~-]{1,50}){1,8}/?")) {
            throw new IllegalArgumentException();
        }
        return text;
    }
}

package dev.parley.settings;

import dev.parley.server.CorsOptions;
import dev.parley.server.http.TrustedProxies;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The type of a setting's values, with its parser.
 *
 * @param label  the placeholder for the value in {@code --help}
 * @param wanted the description of a valid value, which follows the words "is not" in messages
 * @param reader parses a value; throws IllegalArgumentException if the text is not valid
 */
record ValueType<T>(String label, String wanted, Function<String, T> reader) {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");

    T parse(String text) {
        return reader.apply(text);
    }

    static ValueType<String> text(String label, int longest) {
        return new ValueType<>(label, "a text of 1 to " + longest + " characters", text -> {
            require(!text.isEmpty() && text.length() <= longest);
            return text;
        });
    }

    static ValueType<Optional<String>> optionalText(String label, int longest) {
        return new ValueType<>(label, "a text of at most " + longest + " characters", text -> {
            require(text.length() <= longest);
            return Optional.of(text).filter(t -> !t.isEmpty());
        });
    }

    static ValueType<Integer> number(int least, int most) {
        return new ValueType<>("NUMBER", "a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    static ValueType<Optional<Integer>> optionalNumber(int least, int most) {
        return new ValueType<>("NUMBER", "a whole number from " + least + " to " + most + ", or nothing",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(number(least, most).parse(text)));
    }

    static ValueType<Boolean> yesOrNo() {
        return new ValueType<>("true|false", "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** A time such as {@code 500ms}, {@code 25s}, {@code 5m} or {@code 1h}; a number without a unit is rejected. */
    static ValueType<Duration> time(Duration least, Duration most) {
        return new ValueType<>("TIME", "a time from " + written(least) + " to " + written(most)
                + " with its unit, like 500ms, 25s or 5m", text -> {
                    var amount = AMOUNT.matcher(text);
                    require(amount.matches());
                    long number = Long.parseLong(amount.group(1));
                    Duration value = switch (amount.group(2).toLowerCase(Locale.ROOT)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m", "min" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        default -> throw new IllegalArgumentException(text);
                    };
                    require(value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
                    return value;
                });
    }

    /** A size such as {@code 64KB} or {@code 1MB} (powers of ten); a number without a unit means bytes. */
    static ValueType<Integer> size(int least, int most) {
        return new ValueType<>("SIZE",
                "a size from " + least + " to " + most + " bytes, like 1000000, 500KB or 1MB", text -> {
                    var amount = AMOUNT.matcher(text);
                    require(amount.matches());
                    long unit = switch (amount.group(2).toUpperCase(Locale.ROOT)) {
                        case "", "B" -> 1;
                        case "KB" -> 1_000;
                        case "MB" -> 1_000_000;
                        default -> throw new IllegalArgumentException(text);
                    };
                    long value = Long.parseLong(amount.group(1)) * unit;
                    require(value >= least && value <= most);
                    return (int) value;
                });
    }

    static ValueType<Path> folder() {
        return new ValueType<>("FOLDER", "a folder", text -> {
            require(!text.isEmpty());
            return Path.of(text.replaceFirst("^~(?=/|$)", home()));
        });
    }

    static ValueType<Optional<Path>> optionalFolder() {
        return new ValueType<>("FOLDER", "a folder",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(folder().parse(text)));
    }

    static ValueType<Optional<Path>> optionalFile() {
        return new ValueType<>("FILE", "a file",
                text -> Optional.of(text).filter(t -> !t.isEmpty()).map(Path::of));
    }

    /** A number from 0 to 1 with a point, such as {@code 0.7}. */
    static ValueType<Double> share() {
        return new ValueType<>("NUMBER", "a number from 0 to 1, like 0.7", text -> {
            require(text.matches("\\d(\\.\\d{1,6})?") && Double.parseDouble(text) <= 1);
            return Double.parseDouble(text);
        });
    }

    /** An HTTP or HTTPS URL; an empty text means none. */
    static ValueType<Optional<URI>> optionalUrl() {
        return new ValueType<>("URL", "an address like http://host:4318/path", text -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            var url = URI.create(text);
            require(("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null);
            return Optional.of(url);
        });
    }

    /** The URL of a Redis; an empty text means none. The driver reads the rest of it. */
    static ValueType<Optional<String>> redis() {
        return new ValueType<>("URL",
                "an address like redis://USER:PASSWORD@HOST:6379, rediss:// for TLS, redis-sentinel:// or redis-cluster://",
                text -> {
                    require(text.isEmpty() || (text.length() <= 2_000
                            && text.matches("rediss?(?:-sentinel|-cluster)?://\\S+")));
                    return Optional.of(text).filter(t -> !t.isEmpty());
                });
    }

    /** A host or an IP address, with a port or without; an empty text means none. */
    static ValueType<Optional<String>> hostAndPort() {
        return new ValueType<>("ADDRESS",
                "a host or an address, like 10.0.0.5, 10.0.0.5:7100 or [fd00::5]:7100", text -> {
                    if (text.isEmpty()) {
                        return Optional.empty();
                    }
                    var url = URI.create("http://" + text);
                    require(url.getHost() != null && url.getPort() != 0 && url.getPort() <= 65_535
                            && url.getRawPath().isEmpty() && url.getRawUserInfo() == null
                            && url.getRawQuery() == null && url.getRawFragment() == null);
                    return Optional.of(text);
                });
    }

    /** Addresses, ranges, or names of ranges, separated by commas; an empty text means none. */
    static ValueType<TrustedProxies> proxies() {
        return new ValueType<>("LIST",
                "a list of addresses, ranges like 10.0.0.0/8, or loopback, link-local, private",
                text -> text.isEmpty() ? TrustedProxies.NONE
                        : TrustedProxies.of(
                                Arrays.stream(text.split(",", -1)).map(String::strip).limit(100).toList()));
    }

    /** A password of at least eight characters; an empty text means none. */
    static ValueType<Optional<String>> password() {
        return secret("PASSWORD", 8);
    }

    /** A token for programs: too long to guess, so that failures need not be counted. */
    static ValueType<Optional<String>> token() {
        return secret("TOKEN", 16);
    }

    private static ValueType<Optional<String>> secret(String placeholder, int shortest) {
        return new ValueType<>(placeholder, "a text of at least " + shortest + " characters, at most 200",
                text -> {
                    require(text.isEmpty() || (text.length() >= shortest && text.length() <= 200));
                    return Optional.of(text).filter(t -> !t.isEmpty());
                });
    }

    /** The URL of a web service, without a query; an empty text means none. */
    static ValueType<Optional<URI>> service() {
        return new ValueType<>("URL", "an address like https://host/path, or nothing", text -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            var address = URI.create(text.replaceFirst("/+$", ""));
            require(("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null && address.getRawQuery() == null
                    && address.getRawFragment() == null && address.getRawUserInfo() == null);
            return Optional.of(address);
        });
    }

    /** An amount of money; an empty text means none. */
    static ValueType<Optional<Double>> amount() {
        return new ValueType<>("AMOUNT", "an amount above 0 like 0.50 or 20, or nothing", text -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            require(text.matches("\\d{1,9}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0);
            return Optional.of(Double.valueOf(text));
        });
    }

    static ValueType<ZoneId> zone() {
        return new ValueType<>("ZONE", "a time zone, like Europe/Dublin or UTC", text -> {
            try {
                return text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(unknown);
            }
        });
    }

    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> choices) {
        var names = Arrays.stream(choices.getEnumConstants()).map(ValueType::written).toList();
        return new ValueType<>(String.join("|", names), "one of " + String.join(", ", names),
                text -> chosen(choices, text));
    }

    /** At least one of the choices, each at most once, separated by commas. */
    static <E extends Enum<E>> ValueType<List<E>> someOf(Class<E> choices) {
        var names = Arrays.stream(choices.getEnumConstants())
                .map(ValueType::written)
                .collect(Collectors.joining(", "));
        return new ValueType<>("LIST", "one or more of " + names + ", separated by commas", text -> {
            var list = Arrays.stream(text.split(",", -1)).map(one -> chosen(choices, one.strip())).toList();
            require(list.stream().distinct().count() == list.size());
            return list;
        });
    }

    /** Values that all match {@code each}, separated by commas; an empty text means the empty list. */
    static ValueType<List<String>> list(String label, Pattern each, int most, String wanted) {
        return new ValueType<>(label, wanted, text -> {
            if (text.isEmpty()) {
                return List.of();
            }
            var list = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            require(list.size() <= most && list.stream().allMatch(one -> each.matcher(one).matches()));
            return list;
        });
    }

    /** Origins, normalised, separated by commas; an empty text means none. */
    static ValueType<List<String>> origins(int most) {
        return new ValueType<>("ORIGINS",
                "a list of at most " + most + " origins like https://example.com, separated by commas",
                text -> {
                    if (text.isEmpty()) {
                        return List.of();
                    }
                    var list = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
                    require(list.size() <= most);
                    return List.copyOf(CorsOptions.builder().allowedOrigins(list).build().allowedOrigins());
                });
    }

    private static <E extends Enum<E>> E chosen(Class<E> choices, String text) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(one -> written(one).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static String written(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String written(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String home() {
        return java.util.regex.Matcher.quoteReplacement(System.getProperty("user.home"));
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}

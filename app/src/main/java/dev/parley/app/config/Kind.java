package dev.parley.app.config;

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
 * The values a setting can have.
 *
 * @param label  what stands for the value in {@code --help}
 * @param wanted what a value must be, to follow the words "is not"
 * @param reader turns text into a value; throws IllegalArgumentException for any other text
 */
record Kind<T>(String label, String wanted, Function<String, T> reader) {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]*)");

    T parse(String text) {
        return reader.apply(text);
    }

    static Kind<String> text(String label, int longest) {
        return new Kind<>(label, "a text of 1 to " + longest + " characters", text -> {
            require(!text.isEmpty() && text.length() <= longest);
            return text;
        });
    }

    static Kind<Optional<String>> optionalText(String label, int longest) {
        return new Kind<>(label, "a text of at most " + longest + " characters", text -> {
            require(text.length() <= longest);
            return Optional.of(text).filter(t -> !t.isEmpty());
        });
    }

    static Kind<Integer> number(int least, int most) {
        return new Kind<>("NUMBER", "a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            require(value >= least && value <= most);
            return value;
        });
    }

    static Kind<Boolean> yesOrNo() {
        return new Kind<>("true|false", "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** A time such as {@code 500ms}, {@code 25s}, {@code 5m} or {@code 1h}; a bare number is not accepted, since its unit is a guess. */
    static Kind<Duration> time(Duration least, Duration most) {
        return new Kind<>("TIME", "a time from " + written(least) + " to " + written(most)
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

    /** A size such as {@code 64KB} or {@code 1MB} (powers of ten); a bare number is bytes. */
    static Kind<Integer> size(int least, int most) {
        return new Kind<>("SIZE",
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

    static Kind<Path> folder() {
        return new Kind<>("FOLDER", "a folder", text -> {
            require(!text.isEmpty());
            return Path.of(text.replaceFirst("^~(?=/|$)", home()));
        });
    }

    static Kind<Optional<Path>> optionalFolder() {
        return new Kind<>("FOLDER", "a folder",
                text -> text.isEmpty() ? Optional.empty() : Optional.of(folder().parse(text)));
    }

    static Kind<Optional<Path>> optionalFile() {
        return new Kind<>("FILE", "a file",
                text -> Optional.of(text).filter(t -> !t.isEmpty()).map(Path::of));
    }

    /** A number from 0 to 1 with a point, such as {@code 0.7}. */
    static Kind<Double> share() {
        return new Kind<>("NUMBER", "a number from 0 to 1, like 0.7", text -> {
            require(text.matches("\\d(\\.\\d{1,6})?") && Double.parseDouble(text) <= 1);
            return Double.parseDouble(text);
        });
    }

    /** The address of something that speaks HTTP; empty is none. */
    static Kind<Optional<URI>> optionalUrl() {
        return new Kind<>("URL", "an address like http://host:4318/path", text -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            var url = URI.create(text);
            require(("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                    && url.getHost() != null);
            return Optional.of(url);
        });
    }

    /** Addresses and ranges, or words for them, with commas between; empty is nobody. */
    static Kind<TrustedProxies> proxies() {
        return new Kind<>("LIST",
                "a list of addresses, ranges like 10.0.0.0/8, or loopback, link-local, private",
                text -> text.isEmpty() ? TrustedProxies.NONE
                        : TrustedProxies.of(
                                Arrays.stream(text.split(",", -1)).map(String::strip).limit(100).toList()));
    }

    /** Something to be kept secret, hard enough to guess; empty is none. */
    static Kind<Optional<String>> password() {
        return secret("PASSWORD", 8);
    }

    /** For programs: so long that guessing is hopeless without counting failures. */
    static Kind<Optional<String>> token() {
        return secret("TOKEN", 16);
    }

    private static Kind<Optional<String>> secret(String placeholder, int shortest) {
        return new Kind<>(placeholder, "a text of at least " + shortest + " characters, at most 200",
                text -> {
                    require(text.isEmpty() || (text.length() >= shortest && text.length() <= 200));
                    return Optional.of(text).filter(t -> !t.isEmpty());
                });
    }

    /** The address of a web service, without a query; empty is none. */
    static Kind<Optional<URI>> service() {
        return new Kind<>("URL", "an address like https://host/path, or nothing", text -> {
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

    /** An amount of money; empty is none. */
    static Kind<Optional<Double>> amount() {
        return new Kind<>("AMOUNT", "an amount above 0 like 0.50 or 20, or nothing", text -> {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            require(text.matches("\\d{1,9}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0);
            return Optional.of(Double.valueOf(text));
        });
    }

    static Kind<ZoneId> zone() {
        return new Kind<>("ZONE", "a time zone, like Europe/Dublin or UTC", text -> {
            try {
                return text.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(text);
            } catch (DateTimeException unknown) {
                throw new IllegalArgumentException(unknown);
            }
        });
    }

    static <E extends Enum<E>> Kind<E> oneOf(Class<E> choices) {
        var names = Arrays.stream(choices.getEnumConstants()).map(Kind::written).toList();
        return new Kind<>(String.join("|", names), "one of " + String.join(", ", names),
                text -> chosen(choices, text));
    }

    /** At least one of the choices, each once, with commas between. */
    static <E extends Enum<E>> Kind<List<E>> someOf(Class<E> choices) {
        var names = Arrays.stream(choices.getEnumConstants())
                .map(Kind::written)
                .collect(Collectors.joining(", "));
        return new Kind<>("LIST", "one or more of " + names + ", with commas between", text -> {
            var list = Arrays.stream(text.split(",", -1)).map(one -> chosen(choices, one.strip())).toList();
            require(list.stream().distinct().count() == list.size());
            return list;
        });
    }

    /** Values that all match {@code each}, with commas between; empty is the empty list. */
    static Kind<List<String>> list(String label, Pattern each, int most, String wanted) {
        return new Kind<>(label, wanted, text -> {
            if (text.isEmpty()) {
                return List.of();
            }
            var list = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            require(list.size() <= most && list.stream().allMatch(one -> each.matcher(one).matches()));
            return list;
        });
    }

    /** Origins in one spelling, with commas between; empty is none. */
    static Kind<List<String>> origins(int most) {
        return new Kind<>("ORIGINS",
                "a list of at most " + most + " origins like https://example.com, with commas between",
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

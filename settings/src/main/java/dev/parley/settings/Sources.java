package dev.parley.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of settings from the source with the highest precedence. Values of the other sources are checked too. */
final class Sources {

    private static final int LARGEST_FILE = 1_000_000;

    private final Map<Setting<?>, Object> given = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private Sources() {}

    static Sources merge(Map<String, String> flags, Map<String, String> environment) {
        var sources = new Sources();
        String file = flags.getOrDefault(SettingsTable.CONFIG, environment.getOrDefault("PARLEY_CONFIG", ""));
        if (!file.isEmpty()) {
            sources.file(Path.of(file));
        }
        sources.environment(environment);
        flags.forEach((name, text) -> {
            if (!name.equals(SettingsTable.CONFIG)) {
                sources.flag(name, text);
            }
        });
        return sources;
    }

    @SuppressWarnings("unchecked") // put() stores only values that the setting's own type has parsed
    <T> T get(Setting<T> setting) {
        var value = (T) given.get(setting);
        var file = SettingsTable.FILES.get(setting);
        if (file != null && given.containsKey(file)) {
            return secret(setting, file, value);
        }
        return value != null ? value
                : chosen(setting.name()).map(choice -> setting.parse(choice.value(), "the profile"))
                        .orElseGet(() -> setting.parse(setting.defaultText(), "the default"));
    }

    /** The secret in its file; setting both is an error. */
    private <T> T secret(Setting<T> setting, Setting<Optional<Path>> file, @Nullable T value) {
        Optional<Path> path = get(file);
        if (path.isEmpty()) {
            return value != null ? value : setting.parse(setting.defaultText(), "the default");
        }
        if (value != null) {
            throw new SettingsException(setting.name() + " and " + file.name() + " are both set: choose one");
        }
        String content = content(file.name(), path.get()).strip();
        if (content.isEmpty()) {
            throw new SettingsException(file.name() + ": " + path.get() + " is empty");
        }
        warnOfWriters(path.get());
        return setting.parse(content, "the file " + path.get());
    }

    /** Returns whether a source other than the defaults has the setting. */
    boolean isGiven(Setting<?> setting) {
        return given.containsKey(setting);
    }

    /** A tenth of the tokens of a day, unless it is set. */
    int tokensPerUser() {
        return get(SettingsTable.TOKENS_PER_USER)
                .orElseGet(() -> (int) ((get(SettingsTable.TOKENS_PER_DAY) + 9L) / 10));
    }

    Profile profile() {
        var value = (Profile) given.get(SettingsTable.PROFILE);
        return value == null ? Profile.DEFAULT : value;
    }

    /** The profile's defaults with their reasons, or a note that a setting overrides one. */
    List<String> choices() {
        return profile().choices()
                .stream()
                .map(choice -> given.keySet()
                        .stream()
                        .anyMatch(setting -> setting.name().equals(choice.setting()))
                                ? choice.setting() + " is set explicitly, instead of " + choice.value() + " ("
                                        + choice.why() + ")"
                                : choice.setting() + " " + choice.value() + ": " + choice.why())
                .toList();
    }

    private Optional<ProfileDefault> chosen(String setting) {
        return setting.equals(SettingsTable.PROFILE.name()) ? Optional.empty() : profile().choice(setting);
    }

    /** The prompt itself, or the content of its file; setting both is an error. */
    Optional<String> systemPrompt() {
        Optional<String> prompt = get(SettingsTable.SYSTEM_PROMPT);
        Optional<Path> file = get(SettingsTable.SYSTEM_PROMPT_FILE);
        if (prompt.isPresent() && file.isPresent()) {
            throw new SettingsException("system-prompt and system-prompt-file are both set: choose one");
        }
        return file.map(path -> {
            String content = content("system-prompt-file", path);
            if (content.length() > SettingsTable.LONGEST_PROMPT) {
                throw new SettingsException("system-prompt-file: " + path + " is longer than "
                        + SettingsTable.LONGEST_PROMPT + " characters");
            }
            return content;
        }).or(() -> prompt);
    }

    /** A secret itself, or the first line of its file; setting both is an error. */
    Optional<String> secret(Setting<Optional<String>> setting, Setting<Optional<Path>> inFile) {
        Optional<String> secret = get(setting);
        Optional<Path> file = get(inFile);
        if (secret.isPresent() && file.isPresent()) {
            throw new SettingsException(
                    setting.name() + " and " + inFile.name() + " are both set: choose one");
        }
        file.ifPresent(this::warnOfWriters);
        return file.map(path -> setting.parse(content(inFile.name(), path).lines().findFirst().orElse(""),
                "the file " + path)).orElse(secret);
    }

    /** The secrets of the cluster. */
    ClusterSecrets clusterSecrets() {
        return given(SettingsTable.CLUSTER_SECRET, SettingsTable.CLUSTER_SECRET_FILE);
    }

    /** The value itself, or the one in its file; setting both is an error. */
    <T> T given(Setting<T> setting, Setting<Optional<Path>> inFile) {
        Optional<Path> file = get(inFile);
        if (file.isEmpty()) {
            return get(setting);
        }
        if (given.containsKey(setting) && !get(setting).equals(setting.parse("", "nothing"))) {
            throw new SettingsException(
                    setting.name() + " and " + inFile.name() + " are both set: choose one");
        }
        warnOfWriters(file.get());
        return setting.parse(content(inFile.name(), file.get()), "the file " + file.get());
    }

    /** The content of a file that a setting names. */
    Optional<String> text(Setting<Optional<Path>> inFile) {
        return get(inFile).map(path -> content(inFile.name(), path));
    }

    /** The key of the language model, or that in its file; setting both is an error. */
    String llmKey() {
        Optional<String> key = get(LlmSettings.KEY);
        Optional<Path> file = get(LlmSettings.KEY_FILE);
        if (key.isPresent() && file.isPresent()) {
            throw new SettingsException("llm-key and llm-key-file are both set: choose one");
        }
        return file.map(path -> content(LlmSettings.KEY_FILE.name(), path).strip()).or(() -> key).orElse("");
    }

    /** The instructions for the language model in a file. */
    String rules(Path path) {
        String content = content(LlmSettings.RULES_FILE.name(), path);
        if (content.length() > SettingsTable.LONGEST_PROMPT) {
            throw new SettingsException("llm-rules-file: " + path + " is longer than "
                    + SettingsTable.LONGEST_PROMPT + " characters");
        }
        return content;
    }

    private void file(Path file) {
        var properties = new Properties();
        warnOfWriters(file);
        try {
            properties.load(new StringReader(content(SettingsTable.CONFIG, file)));
        } catch (IOException | IllegalArgumentException wrong) {
            throw new SettingsException("config: " + file + " is not a file of lines \"name = value\"");
        }
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            require(name, names(Setting::name), "setting " + name + " in the file " + file);
            put(name, properties.getProperty(name), "the file " + file);
        }
    }

    private void environment(Map<String, String> environment) {
        for (Setting<?> setting : SettingsTable.ALL) {
            Stream.concat(setting.aliases().stream(), Stream.of(setting.variable()))
                    .filter(environment::containsKey)
                    .forEach(variable -> put(setting.name(), environment.getOrDefault(variable, ""),
                            "the environment variable " + variable));
        }
        var known = Stream
                .concat(SettingsTable.FOREIGN_VARIABLES.stream(),
                        Stream.concat(Stream.of("PARLEY_CONFIG"), names(Setting::variable).stream()))
                .toList();
        for (String variable : new TreeSet<>(environment.keySet())) {
            if (variable.startsWith("PARLEY_")) {
                require(variable, known, "environment variable " + variable);
            }
        }
    }

    private void flag(String name, String text) {
        require(name, names(Setting::name), "option --" + name);
        put(name, text, "the option --" + name);
        SettingsTable.ALL.stream()
                .filter(setting -> setting.name().equals(name) && setting.isSecret()
                        && !setting.equals(SettingsTable.SYSTEM_PROMPT))
                .forEach(setting -> warnings.add(setting.flag()
                        + " is seen by every user of this machine who lists its processes: use "
                        + setting.variable() + ", or " + setting.flag() + "-file"));
    }

    /** Sentences about secrets that others can read, and files that others can write. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Warns of a file that everybody may write. */
    private void warnOfWriters(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                warnings.add(
                        "every user of this machine may change the file " + file + ": chmod o-w " + file);
            }
        } catch (IOException | UnsupportedOperationException noPermissions) {
            return; // the file system has none
        }
    }

    private void put(String name, String text, String origin) {
        SettingsTable.ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .forEach(setting -> given.put(setting, setting.parse(text, origin)));
    }

    private static void require(String name, List<String> known, String what) {
        if (!known.contains(name)) {
            throw new SettingsException("unknown " + what
                    + Suggestions.nearest(name, known)
                            .map(n -> "; did you mean " + n + "?")
                            .orElse("; parley serve --help lists all"));
        }
    }

    private static List<String> names(Function<Setting<?>, String> naming) {
        return SettingsTable.ALL.stream().map(naming).toList();
    }

    private static String content(String setting, Path file) {
        @Nullable String problem;
        try {
            if (!Files.exists(file)) {
                problem = "does not exist";
            } else if (!Files.isRegularFile(file)) {
                problem = "is not a file";
            } else if (Files.size(file) > LARGEST_FILE) {
                problem = "is larger than 1 MB";
            } else {
                return Files.readString(file);
            }
        } catch (CharacterCodingException notText) {
            problem = "is not UTF-8 text";
        } catch (IOException unreadable) {
            problem = "cannot be read";
        }
        throw new SettingsException(setting + ": " + file + " " + problem);
    }
}

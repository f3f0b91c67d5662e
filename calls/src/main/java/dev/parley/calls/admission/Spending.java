package dev.parley.calls.admission;

import dev.parley.voice.ModelEvent.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the tokens and the money that the conversations of a day use, against the limits of a day and of a conversation. The day's sum is kept in
 * a file, so that a restart does not forget it. Thread-safe.
 */
public final class Spending {

    private static final Logger LOG = LoggerFactory.getLogger(Spending.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final ReentrantLock lock = new ReentrantLock();
    private final SpendingLimits limits;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Path file;
    private LocalDate day;
    private long tokens;
    private double cost;

    public Spending(SpendingLimits limits, InstantSource clock, ZoneId zone, Path file) {
        this.limits = limits;
        this.clock = clock;
        this.zone = zone;
        this.file = file;
        this.day = today();
        read();
    }

    /** Counts the tokens of one stream. Not thread-safe. */
    final class Meter {
        private final Usage carried;
        private Usage before = new Usage(0, 0, 0, 0);

        private Meter(Usage carried) {
            this.carried = carried;
        }

        /** Returns the tokens of the stream, and of the one before it at another server. */
        Usage total() {
            return plus(carried, before);
        }

        /** Counts the stream's totals. Returns the message for the user if a limit is reached. */
        Optional<String> read(Usage total) {
            add(total, before);
            before = total;
            Usage all = total();
            if (over(tokens(all), cost(all), limits.tokensPerConversation(),
                    limits.costPerConversation())) {
                return Optional.of("This conversation has reached its limit.");
            }
            return dayOver();
        }
    }

    /** @param carried tokens that the conversation has used at another server, which has counted them for its day */
    Meter meter(Usage carried) {
        return new Meter(carried);
    }

    /** Returns the message for the user if the limit of the day is reached. */
    Optional<String> dayOver() {
        lock.lock();
        try {
            roll();
            return over(tokens, cost, limits.tokensPerDay(), limits.costPerDay())
                    ? Optional.of("Today's limit of this server is reached. Come back tomorrow.")
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Writes the day's sum to the file; a file that cannot be written is logged and does no other harm. */
    void save() {
        if (!limits.limitsDays()) {
            return;
        }
        lock.lock();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh,
                    JSON.writeValueAsBytes(JSON.createObjectNode()
                            .put("day", day.toString())
                            .put("tokens", tokens)
                            .put("cost", cost)));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            LOG.atError()
                    .addKeyValue("error", unwritable.getClass().getSimpleName())
                    .log("the day's spending cannot be kept");
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        if (!limits.limitsDays() || !Files.exists(file)) {
            return;
        }
        try {
            var kept = JSON.readTree(Files.readAllBytes(file));
            if (kept.path("day").asString("").equals(day.toString())) {
                tokens = kept.path("tokens").asLong(0);
                cost = kept.path("cost").asDouble(0);
            }
        } catch (IOException | JacksonException unreadable) {
            LOG.atError()
                    .addKeyValue("error", unreadable.getClass().getSimpleName())
                    .log("the day's spending cannot be read");
        }
    }

    private void add(Usage total, Usage before) {
        lock.lock();
        try {
            roll();
            tokens += Math.max(0, tokens(total) - tokens(before));
            cost += Math.max(0, cost(total) - cost(before));
        } finally {
            lock.unlock();
        }
    }

    private void roll() {
        var now = today();
        if (!now.equals(day)) {
            day = now;
            tokens = 0;
            cost = 0;
        }
    }

    private LocalDate today() {
        return clock.instant().atZone(zone).toLocalDate();
    }

    private static boolean over(long tokens, double cost, long mostTokens, Optional<Double> mostCost) {
        return (mostTokens > 0 && tokens >= mostTokens) || (mostCost.isPresent() && cost >= mostCost.get());
    }

    private static Usage plus(Usage a, Usage b) {
        return new Usage(a.inputSpeech() + b.inputSpeech(), a.inputText() + b.inputText(),
                a.outputSpeech() + b.outputSpeech(), a.outputText() + b.outputText());
    }

    private static long tokens(Usage usage) {
        return (long) usage.inputSpeech() + usage.inputText() + usage.outputSpeech() + usage.outputText();
    }

    private double cost(Usage usage) {
        return limits.price().applyAsDouble(usage);
    }
}

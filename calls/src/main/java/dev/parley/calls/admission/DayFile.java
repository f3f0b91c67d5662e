package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The spending of the day in a file, so that a restart does not forget it. A file that cannot be written is logged, and does no other harm. Not
 * thread-safe.
 */
final class DayFile {

    private static final Logger LOG = LoggerFactory.getLogger(DayFile.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    DayFile(Path file) {
        this.file = file;
    }

    /**
     * Returns what the file says of this day.
     *
     * @throws UnknownSpendingException if it does not say it: nobody knows then what may still be spent
     */
    Spent read(LocalDate day) {
        if (!Files.exists(file)) {
            return Spent.NOTHING;
        }
        try {
            var kept = JSON.readTree(Files.readAllBytes(file));
            var tokens = kept.path("tokens");
            var cost = kept.path("cost");
            var written = LocalDate.parse(kept.path("day").asString(""));
            if (!tokens.canConvertToLong() || !tokens.isIntegralNumber() || tokens.asLong() < 0
                    || !cost.isNumber() || !Double.isFinite(cost.asDouble()) || cost.asDouble() < 0) {
                throw new UnknownSpendingException(file);
            }
            return written.equals(day) ? new Spent(tokens.asLong(), cost.asDouble()) : Spent.NOTHING;
        } catch (IOException | JacksonException | DateTimeException unreadable) {
            throw new UnknownSpendingException(file);
        }
    }

    void write(LocalDate day, Spent spent) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.write(fresh,
                    JSON.writeValueAsBytes(JSON.createObjectNode()
                            .put("day", day.toString())
                            .put("tokens", spent.tokens())
                            .put("cost", spent.cost())));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            LOG.atError()
                    .addKeyValue("error", unwritable.getClass().getSimpleName())
                    .log("the day's spending cannot be kept");
        }
    }
}

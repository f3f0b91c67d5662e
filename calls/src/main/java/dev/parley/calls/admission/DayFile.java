package dev.parley.calls.admission;

import dev.parley.calls.admission.CallBudget.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
     * What a file says of a day.
     *
     * @param users by the digests of their names
     */
    record Day(Spent spent, Map<String, Spent> users) {
        static final Day EMPTY = new Day(Spent.NOTHING, Map.of());
    }

    /**
     * Returns what the file says of this day.
     *
     * @throws UnknownSpendingException if it does not say it: nobody knows then what may still be spent
     */
    Day read(LocalDate day) {
        if (!Files.exists(file)) {
            return Day.EMPTY;
        }
        try {
            var kept = JSON.readTree(Files.readAllBytes(file));
            var written = LocalDate.parse(kept.path("day").asString(""));
            Spent all = spent(kept);
            var users = new LinkedHashMap<String, Spent>();
            for (var user : kept.path("users").properties()) {
                users.put(user.getKey(), spent(user.getValue()));
            }
            return written.equals(day) ? new Day(all, users) : Day.EMPTY;
        } catch (IOException | JacksonException | DateTimeException unreadable) {
            throw new UnknownSpendingException(file);
        }
    }

    private Spent spent(JsonNode kept) {
        var tokens = kept.path("tokens");
        var cost = kept.path("cost");
        if (!tokens.canConvertToLong() || !tokens.isIntegralNumber() || tokens.asLong() < 0
                || !cost.isNumber() || !Double.isFinite(cost.asDouble()) || cost.asDouble() < 0) {
            throw new UnknownSpendingException(file);
        }
        return new Spent(tokens.asLong(), cost.asDouble());
    }

    void write(LocalDate day, Day now) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var fresh = file.resolveSibling(file.getFileName() + ".new");
            var json = put(JSON.createObjectNode().put("day", day.toString()), now.spent());
            var users = json.putObject("users");
            now.users().forEach((user, spent) -> put(users.putObject(user), spent));
            Files.write(fresh, JSON.writeValueAsBytes(json));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            LOG.atError()
                    .addKeyValue("error", unwritable.getClass().getSimpleName())
                    .log("the day's spending cannot be kept");
        }
    }

    private static ObjectNode put(ObjectNode node, Spent spent) {
        return node.put("tokens", spent.tokens()).put("cost", spent.cost());
    }
}

package dev.parley.doctor.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server of Parley says of itself.
 *
 * @param message why the model is not there; empty if it is
 */
public record Readiness(Model model, boolean draining, int conversations, int connections, String message) {

    /** Whether the model can hold conversations. */
    public enum Model {
        LOADING,
        READY,
        FAILED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Empty if this is not how Parley says it. */
    public static Optional<Readiness> read(String body) {
        if (!body.contains("\"draining\"")) {
            return Optional.empty();
        }
        try {
            JsonNode said = JsonMapper.shared().readTree(body);
            var model = Arrays.stream(Model.values())
                    .filter(one -> one.word().equals(said.path("model").asString("")))
                    .findFirst();
            boolean ours = said.path("draining").isBoolean() && said.path("activeSessions").isInt()
                    && said.path("socketConnections").isInt();
            return model.filter(known -> ours)
                    .map(state -> new Readiness(state, said.path("draining").booleanValue(),
                            said.path("activeSessions").intValue(), said.path("socketConnections").intValue(),
                            said.path("message").asString("")));
        } catch (JacksonException _notJson) {
            return Optional.empty();
        }
    }
}

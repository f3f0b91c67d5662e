package dev.parley.doctor.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The readiness that a Parley server reports.
 *
 * @param message why the model is not ready; empty if it is
 */
public record ParleyReadiness(Model model, boolean draining, int conversations, int connections,
        String message) {

    /** Whether the model can hold conversations. */
    public enum Model {
        LOADING,
        READY,
        FAILED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the body of {@code /health/ready}; empty if its format is not that of Parley. */
    public static Optional<ParleyReadiness> read(String body) {
        if (!body.contains("\"draining\"")) {
            return Optional.empty();
        }
        try {
            JsonNode said = JsonMapper.shared().readTree(body);
            var model = Arrays.stream(Model.values())
                    .filter(one -> one.code().equals(said.path("model").asString("")))
                    .findFirst();
            boolean ours = said.path("draining").isBoolean() && said.path("activeSessions").isInt()
                    && said.path("socketConnections").isInt();
            return model.filter(known -> ours)
                    .map(state -> new ParleyReadiness(state, said.path("draining").booleanValue(),
                            said.path("activeSessions").intValue(), said.path("socketConnections").intValue(),
                            said.path("message").asString("")));
        } catch (JacksonException _notJson) {
            return Optional.empty();
        }
    }
}
